"""The register's pages: a file for each kind of record, adding.py (a person with a licence), and entries.py, which
keeps everything else that is kept by hand."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from licensing import dates
from licensing.accounts.acting import signed_in_user
from licensing.audit import changes as audit
from licensing.audit import queries as trail
from licensing.audit.presenting import looker_row
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.permissions import Permission
from licensing.register import drafts, queries
from licensing.register.drafts import DraftKind
from licensing.register.events import RecordKind
from licensing.register.forms.filters import WordsForm
from licensing.register.presenting import correction_entries
from licensing.register.sections import sections_of

register = Blueprint("register", __name__)


# Lists of other rooms that lead to people's pages: their endpoints, and what the way back to each is called.
_lists: dict[str, tuple[str, str]] = {}


def leads_to_people(of: str, endpoint: str, words: str) -> None:
    """Declares such a list, for `with_query_of_list(address, of=...)` and `back_from_person`."""
    _lists[of] = endpoint, words


def with_query_of_list(address: str, of: str = "") -> str:
    """The address with this request's query: a list gives its filters to a record's page, which gives them back.

    `of` names a list that is not the register's own.
    """
    query = urlencode([*_filters(), *([("of", of)] if of else [])])
    return f"{address}?{query}" if query else address


def _filters() -> list[tuple[str, str]]:
    return [(name, value) for name, value in request.args.items(multi=True) if name != "of"]


def back_to(endpoint: str) -> str:
    """The list from which this page was opened, filtered, sorted and turned to as it was left."""
    return with_query_of_list(url_for(endpoint))


def back_from_person() -> tuple[str, str]:
    """The list from which a person's page was opened, and what the way back is called."""
    endpoint, words = _lists.get(request.args.get("of", ""), ("register.list_people", "Back to people"))
    return back_to(endpoint), words


def sought() -> dict[str, Any]:
    """What a list is searched for: the words are kept sealed, and only their key stands in the address."""
    search = request.args.get("search", type=UUID)
    return {"search": search, "words": (drafts.find(search, DraftKind.SEARCH) or {}).get("words", "")}


def seek(kind: ObjectKind, list_endpoint: str) -> ResponseReturnValue:
    """Keep the words that were typed above a list, and show the list searched for them."""
    search = drafts.keep(signed_in_user(), DraftKind.SEARCH, {"words": WordsForm().words.data or ""})
    audit.record(Action.SEARCHED, kind, search)
    db.session.commit()
    return redirect(url_for(list_endpoint, search=search))


def shared_by_records(kind: RecordKind, record_id: UUID) -> dict[str, Any]:
    """What every record's page shows: what was corrected, and who looked, for those who may ask."""
    lookers = trail.who_looked(record_id) if current_user.may(Permission.AUDIT_OF_RECORD) else None
    return {
        "record_kind": kind,
        "corrections": correction_entries(queries.corrections_of(record_id)),
        "lookers": None if lookers is None else [looker_row(entry) for entry in lookers],
        "may_edit": current_user.may(Permission.REGISTER_EDIT),
        "today": dates.today(),
        "added": sections_of(kind, record_id),
    }


from licensing.register.views import (  # noqa: E402  (they need the blueprint)
    adding,
    correcting,
    entries,
    licences,
    links,
    merging,
    organisations,
    people,
    premises,
    vehicles,
)

_PAGES = (
    adding,
    correcting,
    entries,
    licences,
    links,
    merging,
    organisations,
    people,
    premises,
    vehicles,
)  # they add their routes
