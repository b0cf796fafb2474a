"""Bringing a file in on the web: upload, preview, apply, receipt."""

import json
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.datastructures import FileStorage

from licensing.accounts.acting import signed_in_user
from licensing.accounts.step_up import fresh_second_factor
from licensing.audit import changes as audit
from licensing.audit.changes import records_look
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.imports import changes, limits, mapping, presenting, queries
from licensing.imports.forms import ApplyForm, BringInForm
from licensing.imports.making_plans import READ_DAY_FIRST
from licensing.imports.options import Options
from licensing.imports.refused import FileRefused
from licensing.imports.rows_fhrs import HOTEL
from licensing.imports.rules import ImportKind
from licensing.imports.whose import kinds_of
from licensing.permissions import Permission, requires
from licensing.register import queries as register
from licensing.register.by_reference import Referred, finds_references

imports = Blueprint("imports", __name__)

SHOWN_REJECTIONS = 100


@imports.get("/imports")
@requires(Permission.IMPORT, Permission.DISRUPT)
def list_imports() -> ResponseReturnValue:
    audit.record_alone(Action.LISTED, ObjectKind.IMPORT)
    kinds = _kinds()
    kind = request.args.get("kind", None, ImportKind)
    page = queries.imports_page(request.args.get("page", 1, int), kind)
    who = queries.staged_by(page.items)
    rows = [presenting.history_row(one, who[one.staged_by]) for one in page.items]
    return render_template("imports/list_imports.html", page=page, rows=rows, kinds=kinds, kind=kind)


@imports.route("/imports/new", methods=["GET", "POST"])
@requires(Permission.IMPORT, Permission.DISRUPT)
def bring_in() -> ResponseReturnValue:
    form = BringInForm()
    form.offer(_kinds())
    if form.validate_on_submit():
        try:
            with _kept_for_now(form.file.data) as path:
                import_id, _ = changes.stage(
                    signed_in_user(), path, _safe_name(form.file.data), form.kind.data, _options(form), limits.WEB
                )
        except FileRefused as refused:
            db.session.rollback()
            form.add_error(refused.message, "file")
        else:
            db.session.commit()
            return redirect(url_for("imports.show_import", import_id=import_id))
    status = 422 if form.is_submitted() else 200
    return render_template("imports/bring_in.html", form=form), status


@imports.get("/imports/<uuid:import_id>")
@requires(Permission.IMPORT, Permission.DISRUPT)
@records_look(ObjectKind.IMPORT, "import_id", queries.import_exists)
def show_import(import_id: UUID) -> ResponseReturnValue:
    return _show(import_id)


@imports.post("/imports/<uuid:import_id>/apply")
@requires(Permission.IMPORT, Permission.DISRUPT)
@records_look(ObjectKind.IMPORT, "import_id", queries.import_exists)
def apply(import_id: UUID) -> ResponseReturnValue:
    try:
        changes.apply(signed_in_user(), import_id)
    except RuleBroken as broken:
        db.session.commit()  # the renewed preview is kept; nothing of the file was written
        return _show(import_id, broken.message), 422
    db.session.commit()
    flash("The file was brought in. This is its receipt.", "success")
    return redirect(url_for("imports.show_import", import_id=import_id))


@imports.post("/imports/<uuid:import_id>/abandon")
@requires(Permission.IMPORT, Permission.DISRUPT)
@records_look(ObjectKind.IMPORT, "import_id", queries.import_exists)
def abandon(import_id: UUID) -> ResponseReturnValue:
    try:
        changes.abandon(import_id)
    except RuleBroken as broken:
        db.session.rollback()
        return _show(import_id, broken.message), 422
    db.session.commit()
    flash("Nothing was brought in.", "important")
    return redirect(url_for("imports.list_imports"))


@imports.get("/imports/<uuid:import_id>/rejected.csv")
@requires(Permission.IMPORT, Permission.DISRUPT)
@fresh_second_factor
@records_look(ObjectKind.IMPORT, "import_id", queries.import_exists)
def download_rejected(import_id: UUID) -> ResponseReturnValue:
    audit.record_alone(Action.EXPORTED, ObjectKind.IMPORT, import_id)
    one = queries.one_import(import_id)
    return _download(presenting.rejected_file(one), "text/csv", f"rejected-rows-{one.reference}.csv")


@imports.get("/imports/<uuid:import_id>/missing.csv")
@requires(Permission.IMPORT, Permission.DISRUPT)
@fresh_second_factor
@records_look(ObjectKind.IMPORT, "import_id", queries.import_exists)
def download_missing(import_id: UUID) -> ResponseReturnValue:
    audit.record_alone(Action.EXPORTED, ObjectKind.IMPORT, import_id)
    one = queries.one_import(import_id)
    return _download(presenting.missing_file(one), "text/csv", f"missing-{one.reference}.csv")


@imports.get("/imports/<uuid:import_id>/receipt.json")
@requires(Permission.IMPORT, Permission.DISRUPT)
@records_look(ObjectKind.IMPORT, "import_id", queries.import_exists)
def download_receipt(import_id: UUID) -> ResponseReturnValue:
    audit.record_alone(Action.EXPORTED, ObjectKind.IMPORT, import_id)
    one = queries.one_import(import_id)
    return _download(json.dumps(one.receipt, indent=1), "application/json", f"receipt-{one.reference}.json")


def _show(import_id: UUID, problem: str = "") -> str:
    one = queries.one_import(import_id)
    return render_template(
        "imports/show_import.html",
        one=one,
        receipt=one.receipt,
        rejected=one.receipt["rejected"][:SHOWN_REJECTIONS],
        staged_by=queries.staged_by([one])[one.staged_by],
        form=ApplyForm(formdata=None),
        problem=problem,
        read_day_first=READ_DAY_FIRST,
        **presenting.as_shown(one),
    )


def _kinds() -> list[ImportKind]:
    """What the acting user can bring in."""
    user = signed_in_user()
    return kinds_of(user, register.functions_of(user.authority.id))


def _options(form: BringInForm) -> Options:
    """How the officer says the file is to be read. Raises FileRefused."""
    said = {"columns": _columns(form.columns.data or ""), "encoding": form.encoding.data or None}
    order = form.date_order.data or "DMY"
    types = tuple(int(number) for number in form.business_types.data or ()) or (HOTEL,)
    return Options(mapping.from_json(json.dumps({**said, "date_order": order})), types)


def _columns(written: str) -> dict[str, str]:
    pairs = [line.rpartition("=") for line in written.splitlines() if line.strip()]
    return {heading.strip(): name.strip() for heading, _, name in pairs}


def _safe_name(upload: FileStorage) -> str:
    """The file's own name for people to know it by; it is never used as a path."""
    return re.sub(r"[^\w .()-]", "_", (upload.filename or "file").replace("\\", "/").rpartition("/")[2])[:100]


@contextmanager
def _kept_for_now(upload: FileStorage) -> Iterator[Path]:
    """The upload in a file that only this process can read and that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="licensing-upload-") as folder:
        path = Path(folder) / "upload"
        upload.save(path)
        yield path


def _download(content: str, kind: str, name: str) -> Response:
    return Response(
        content,
        mimetype=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Content-Security-Policy": "sandbox"},
    )


@finds_references("IM")
def import_found(reference: str) -> Referred | None:
    """A file that the acting authority brought in, for the search box."""
    may = current_user.may(Permission.IMPORT) or current_user.may(Permission.DISRUPT)
    one = queries.import_of_reference(reference) if may else None
    return one and Referred("Imported file", reference, url_for("imports.show_import", import_id=one.id))
