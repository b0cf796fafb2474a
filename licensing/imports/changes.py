"""Bringing a file in: staged with its preview, then applied as a whole, in one transaction, or not at all.

Applying plans again from the staged rows. If the register has changed in between so that the plan is another
one, nothing is written and the new preview is shown: what was seen is what is done.
"""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask import current_app
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError

from licensing import jobs
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.imports import queries
from licensing.imports.defendants import NO_FILE_NAME, without_names
from licensing.imports.headings import Layout
from licensing.imports.limits import Limits
from licensing.imports.making_plans import make_plan
from licensing.imports.models import Import, ImportChunk
from licensing.imports.options import Options
from licensing.imports.plan import Plan
from licensing.imports.reading import read_table
from licensing.imports.rules import ImportKind, ImportStatus
from licensing.imports.tables import Row, Table
from licensing.imports.units import packed
from licensing.references import new_reference
from licensing.register.jobs import renew_name_statistics
from licensing.register.models import Freshness
from licensing.suitability.jobs import seek_markers

_ROWS_A_CHUNK = 500

CHANGED_AT_ONCE = (
    "Somebody changed your register while the file was being brought in, so nothing was brought in. Try again."
)
CHANGED_MEANWHILE = (
    "Your register has changed since this preview was made, so nothing was brought in. "
    "This is the preview as it is now: look at it, then apply it."
)


def plan_file(user: ActingUser, path: Path, kind: ImportKind, options: Options, limits: Limits) -> tuple[Plan, Table]:
    """What the file would do. Raises FileRefused with words for the officer."""
    table = read_table(path, kind.value, limits, options.mapping)
    if kind is ImportKind.COURTS:
        table = without_names(table, current_app.config["KEYS"])
    return make_plan(user, table, kind, options), table


def stage(
    user: ActingUser, path: Path, file_name: str, kind: ImportKind, options: Options, limits: Limits
) -> tuple[UUID, Plan]:
    """Read and plan a file, keep its rows sealed, and return what would happen. Raises FileRefused."""
    plan, table = plan_file(user, path, kind, options, limits)
    sha256 = file_hash(path)
    file_name = NO_FILE_NAME if kind is ImportKind.COURTS else file_name
    staged = Import(
        id=uuid4(),
        authority_id=user.authority.id,
        reference=new_reference("IM"),
        kind=kind,
        status=ImportStatus.STAGED,
        file_name=file_name,
        sha256=sha256,
        options={
            **options.as_kept(),
            "layout": asdict(table.layout),
            "facts": dict(table.facts),
            "warnings": list(table.warnings),
        },
        receipt=plan.receipt(file_name, sha256, kind.value, user.authority.code),
        changed_rows=plan.changed_rows(),
        fingerprint=plan.fingerprint(),
        missing=packed(plan.missing),
        staged_by=user.id,
    )
    db.session.add(staged)
    db.session.flush()
    _keep_rows(staged, table.rows)
    audit.record(Action.IMPORT_STAGED, ObjectKind.IMPORT, staged.id, details=_counts(staged.receipt))
    return staged.id, plan


def apply(user: ActingUser, import_id: UUID, plan: Plan | None = None, *, counts_later: bool = True) -> None:
    """Carry a staged import out. Raises RuleBroken when it was done before, or would now do something else.

    Names and dates are then counted anew in the background; without `counts_later` the caller does it.
    """
    queries.lock_register(user.authority.id)
    staged = queries.import_for_update(import_id)
    _refuse_settled(staged)
    plan = plan or make_plan(user, staged_table(staged), staged.kind, Options.from_kept(_read_options(staged)))
    if plan.fingerprint() != staged.fingerprint:
        staged.receipt = plan.receipt(staged.file_name, staged.sha256, staged.kind.value, user.authority.code)
        staged.changed_rows, staged.fingerprint = plan.changed_rows(), plan.fingerprint()
        staged.missing = packed(plan.missing)
        raise RuleBroken(CHANGED_MEANWHILE)
    _carry_out(plan)
    staged.status, staged.applied_at = ImportStatus.APPLIED, db.func.now()
    staged.seen = packed(sorted(plan.units.union(plan.steps.written)))
    if staged.kind.is_of_register:
        _note_freshness(user, staged.kind)
    if staged.kind.brings_people and counts_later:
        jobs.defer(renew_name_statistics)
    if staged.kind in (ImportKind.DRIVERS, ImportKind.ADVERSE_DECISIONS):
        jobs.defer(seek_markers)
    audit.record(Action.IMPORT_APPLIED, ObjectKind.IMPORT, staged.id, details=_counts(staged.receipt))
    db.session.flush()


def _carry_out(plan: Plan) -> None:
    """All of it, or nothing where somebody has typed one of its numbers in since it was planned."""
    try:
        with db.session.begin_nested():
            plan.steps.apply()
    except IntegrityError as error:
        raise RuleBroken(CHANGED_AT_ONCE) from error


def abandon(import_id: UUID) -> None:
    """Let a staged import go; it is kept as a record that it was not applied. RuleBroken when it was applied."""
    staged = queries.import_for_update(import_id)
    _refuse_settled(staged)
    staged.status = ImportStatus.ABANDONED


def _refuse_settled(staged: Import) -> None:
    if staged.status is ImportStatus.APPLIED:
        raise RuleBroken("This file was brought in already. Nothing was done again.")
    if staged.status is ImportStatus.ABANDONED:
        raise RuleBroken("This file was discarded, so nothing of it was brought in. Upload it again to bring it in.")


def staged_table(staged: Import) -> Table:
    """The staged rows, as if the file were read again."""
    kept = staged.options
    return Table(Layout(**kept["layout"]), _StagedRows(staged.id), kept["facts"], tuple(kept["warnings"]))


def file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class _StagedRows:
    """The rows of a staged import, opened chunk by chunk each time they are iterated."""

    def __init__(self, import_id: UUID) -> None:
        self.import_id = import_id

    def __iter__(self) -> Iterator[Row]:
        for chunk in queries.chunks(self.import_id):
            plain = current_app.config["KEYS"].open(chunk.sealed, "import_chunk", "sealed", chunk.id)
            for number, cells in json.loads(zlib.decompress(plain)):
                yield Row(number, cells)


def _keep_rows(staged: Import, rows: Iterable[Row]) -> None:
    keys, remaining = current_app.config["KEYS"], iter(rows)
    for number in range(1_000_000):
        some = list(islice(remaining, _ROWS_A_CHUNK))
        if not some:
            return
        row_id = uuid4()
        plain = zlib.compress(json.dumps(some).encode(), level=1)
        db.session.add(
            ImportChunk(
                id=row_id,
                authority_id=staged.authority_id,
                import_id=staged.id,
                number=number,
                sealed=keys.seal(plain, "import_chunk", "sealed", row_id),
            )
        )
        db.session.flush()
        db.session.expunge_all()


def _read_options(staged: Import) -> dict[str, Any]:
    return {"mapping": staged.options["mapping"], "business_types": staged.options["business_types"]}


def _note_freshness(user: ActingUser, kind: ImportKind) -> None:
    """From when a check's receipt says the register is."""
    renewed = insert(Freshness).values(authority_id=user.authority.id, kind=kind.value)
    db.session.execute(
        renewed.on_conflict_do_update(
            index_elements=[Freshness.authority_id, Freshness.kind], set_={"imported_at": db.func.now()}
        )
    )


def _counts(receipt: dict[str, Any]) -> dict[str, Any]:
    counted = ("kind", "rows", "accepted", "left_out", "new", "changed", "unchanged", "missing")
    return {**{name: receipt[name] for name in counted}, "rejected": len(receipt["rejected"])}
