"""The pages of returns: their list, the figures of a period, the vehicles, and what NR3S is owed."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from licensing.accounts.acting import signed_in_user
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.downloads import csv_of_list, xlsx_of_list
from licensing.permissions import Permission, requires
from licensing.returns import presenting
from licensing.returns.catalogue import RETURNS
from licensing.workbooks import Cell

returns = Blueprint("returns", __name__)


@returns.get("/returns")
@requires(Permission.RETURNS)
def list_returns() -> ResponseReturnValue:
    return render_template("returns/list_returns.html", returns=RETURNS.values())


def send_list(
    name: str,
    title: str,
    headings: Sequence[str],
    lines: Iterable[Sequence[Cell]],
    more: Sequence[tuple[str, str]],
) -> Response:
    """The list as the file that was asked for, CSV where nothing was; kept with its rows and their hash."""
    if request.form.get("format") == "xlsx":
        about = presenting.about(signed_in_user(), title, datetime.now(UTC), more)
        file, told = xlsx_of_list(name, headings, lines, about)
    else:
        file, told = csv_of_list(name, headings, ([str(cell) for cell in line] for line in lines))
    audit.record_alone(Action.EXPORTED, ObjectKind.RETURN, details=told | {"return": name} | dict(more[:1]))
    return file


from licensing.returns.views import entries, figures, vehicles  # noqa: E402  (they need the blueprint)

_PAGES = (entries, figures, vehicles)  # they add their parts
