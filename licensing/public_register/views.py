"""The public pages and files, which anybody may read; and the page on which an administrator chooses them."""

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.accounts.step_up import fresh_second_factor
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.forms import tidy
from licensing.permissions import Permission, public, requires
from licensing.public_register import changes, files, presenting, queries
from licensing.public_register.forms import SearchForm, SettingsForm
from licensing.public_register.limits import for_anybody
from licensing.public_register.queries import Published
from licensing.public_register.rules import FILE_UNITS, PAGE_UNITS, REGISTERS, registers_of
from licensing.register.queries import kinds_issued_by

public_register = Blueprint("public_register", __name__)

_LAW = "The law makes these registers public, and the authority has chosen to publish them"


@public_register.get("/public-registers")
@public(_LAW)
@for_anybody(PAGE_UNITS)
def list_registers() -> ResponseReturnValue:
    return _kept(render_template("public_register/list_registers.html", published=queries.published()))


@public_register.get("/public-registers/<code>/<register>")
@public(_LAW)
@for_anybody(PAGE_UNITS)
def show_register(code: str, register: str) -> ResponseReturnValue:
    asked = _published(code, register)
    form = SearchForm(request.args)
    words = form.q.data or "" if form.validate() else ""
    found = queries.page(asked, words, tidy(request.args.get("after")))
    return _kept(
        render_template(
            "public_register/show_register.html",
            asked=asked,
            register=REGISTERS[asked.register],
            form=form,
            words=words,
            columns=presenting.page_columns(asked.register),
            rows=[presenting.page_row(asked.register, entry) for entry in found.entries],
            next_after=found.next_after,
            today=dates.today(),
        )
    )


@public_register.get("/public-registers/<code>/<register>.csv")
@public(_LAW)
@for_anybody(FILE_UNITS)
def download_csv(code: str, register: str) -> ResponseReturnValue:
    return files.csv_file(_published(code, register))


@public_register.get("/public-registers/<code>/<register>.json")
@public(_LAW)
@for_anybody(FILE_UNITS)
def download_json(code: str, register: str) -> ResponseReturnValue:
    return files.json_file(_published(code, register))


@public_register.get("/settings/public-registers")
@requires(Permission.SETTINGS_CHANGE)
def show_settings() -> ResponseReturnValue:
    return _show(_form())


@public_register.post("/settings/public-registers")
@requires(Permission.SETTINGS_CHANGE)
@fresh_second_factor
def change_settings() -> ResponseReturnValue:
    form = _form()
    if form.validate_on_submit():
        try:
            changes.choose(signed_in_user(), form.answered(), form.seen.data or "")
        except RuleBroken as broken:
            db.session.rollback()
            form.add_error(broken.message, broken.field)
            if isinstance(broken, changes.ChosenMeanwhile):
                # The page shows what is set now; what was ticked stays, and is saved by sending it again.
                form.seen.data = changes.written(queries.choices())
        else:
            db.session.commit()
            flash("What is published is changed.", "success")
            return redirect(url_for("public_register.show_settings"))
    return _show(form), 422


def _published(code: str, register: str) -> Published:
    """One that is not published is as one that there is not."""
    return queries.one_published(code, register) or abort(404)


def _kept(page: str) -> Response:
    """A page with its fingerprint, answered by 304 to whoever has it already."""
    response = Response(page, mimetype="text/html")
    response.add_etag()
    response.make_conditional(request)
    return response


def _form() -> SettingsForm:
    chosen = queries.choices()
    now = {
        "seen": changes.written(chosen),
        "published": [one.value for one in chosen.published],
        "individuals_marks": chosen.individuals_marks,
        "individuals_addresses": chosen.individuals_addresses,
    }
    form = SettingsForm() if request.method == "POST" else SettingsForm(formdata=None, data=now)
    form.offer(registers_of(kinds_issued_by(signed_in_user().authority.id)))
    return form


def _show(form: SettingsForm) -> str:
    chosen = queries.choices()
    mine = signed_in_user().authority
    live = [Published(mine.code, mine.name, one) for one in sorted(chosen.published)]
    return render_template("public_register/settings.html", form=form, live=live, chosen=chosen)
