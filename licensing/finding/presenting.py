"""What was found, as groups of rows: exact finds first and marked so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import url_for
from markupsafe import Markup

from licensing.finding import queries
from licensing.finding.queries import Reasons
from licensing.finding.rules import MOST_ROWS, MOST_SIMILAR, Sought
from licensing.register import presenting
from licensing.register import queries as register
from licensing.register.by_reference import Referred, referred
from licensing.register.events import RecordKind
from licensing.register.models import Licence
from licensing.register.names import licence_name

Row = dict[str, Any]

_LINK = Markup('<a class="govuk-link" href="{}">{}</a>')
_EXACT = Markup('<strong class="govuk-tag govuk-tag--green">Exact</strong> {}')
_WHY = {"key": "why", "text": "Found by", "short": True}


@dataclass(frozen=True)
class Group:
    """Finds of one kind. `more` is the list's address, asked the same, where there is more than is shown."""

    title: str
    columns: Sequence[Mapping[str, Any]]
    rows: Sequence[Row]
    exact: int
    more: str = ""


def groups_found(sought: Sought, search_id: UUID, day: date) -> list[Group]:
    """All that fits, group by group; groups with an exact find first, empty ones left out."""
    exact = queries.exact(sought)
    found = [
        _people(sought, exact[RecordKind.PERSON], search_id, day),
        _organisations(sought, exact[RecordKind.ORGANISATION], search_id, day),
        _vehicles(sought, exact[RecordKind.VEHICLE], search_id, day),
        _premises(sought, exact[RecordKind.PREMISES], search_id),
        _licences(exact[RecordKind.LICENCE], day),
        _others(sought),
    ]
    return sorted((group for group in found if group.rows), key=lambda group: not group.exact)


def _people(sought: Sought, exact: Reasons, search_id: UUID, day: date) -> Group:
    spelt = queries.people_at(sought) | queries.people_named(sought)
    shown, more = _cut(exact, spelt)
    sounding = (one for one in queries.people_sounding(sought).items() if one[0] not in shown)
    shown |= dict(list(sounding)[:MOST_SIMILAR])
    found = _ordered(register.people(list(shown)).values(), shown) if shown else []
    return Group(
        "People",
        [
            {"key": "name", "text": "Name"},
            {"key": "born", "text": "Date of birth", "short": True},
            {"key": "licences", "text": "Licences today"},
            _WHY,
        ],
        _explained(presenting.people_rows(found, day), [one.id for one in found], shown, exact),
        len(exact),
        url_for("register.list_people", search=search_id) if more else "",
    )


def _organisations(sought: Sought, exact: Reasons, search_id: UUID, day: date) -> Group:
    shown, more = _cut(exact, queries.organisations_named(sought))
    found = _ordered(queries.organisations_to_show(shown), shown)
    rows = presenting.organisations_rows(found, register.held_by(found, day))
    return Group(
        "Organisations",
        [
            {"key": "name", "text": "Name"},
            {"key": "kind", "text": "Kind"},
            {"key": "licences", "text": "Licences today"},
            _WHY,
        ],
        _explained(rows, [one.id for one in found], shown, exact),
        len(exact),
        url_for("register.list_organisations", search=search_id) if more else "",
    )


def _vehicles(sought: Sought, exact: Reasons, search_id: UUID, day: date) -> Group:
    shown, more = _cut(exact, queries.vehicles_beginning(sought))
    found = _ordered(queries.vehicles_to_show(shown), shown)
    return Group(
        "Vehicles",
        [
            {"key": "vrm", "text": "Registration", "short": True},
            {"key": "vehicle", "text": "Vehicle"},
            {"key": "licences", "text": "Licences today"},
            _WHY,
        ],
        _explained(presenting.vehicles_rows(found, day), [one.id for one in found], shown, exact),
        len(exact),
        url_for("register.list_vehicles", search=search_id) if more else "",
    )


def _premises(sought: Sought, exact: Reasons, search_id: UUID) -> Group:
    shown, more = _cut(exact, queries.premises_named(sought))
    found = _ordered(queries.premises_to_show(shown), shown)
    return Group(
        "Premises",
        [
            {"key": "name", "text": "Name"},
            {"key": "kind", "text": "Kind"},
            {"key": "address", "text": "Address"},
            _WHY,
        ],
        _explained(presenting.premises_rows(found), [one.id for one in found], shown, exact),
        len(exact),
        url_for("register.list_premises", search=search_id) if more else "",
    )


def _licences(exact: Reasons, day: date) -> Group:
    found = queries.licences_to_show(exact) if exact else []
    return Group(
        "Licences",
        [
            {"key": "licence", "text": "Licence"},
            {"key": "whose", "text": "Held by, and for"},
            {"key": "status", "text": "Status today", "status": True},
            _WHY,
        ],
        _explained([_licence_row(one, day) for one in found], [one.id for one in found], exact, exact),
        len(exact),
    )


def _licence_row(licence: Licence, day: date) -> Row:
    address = url_for("register.show_licence", licence_id=licence.id)
    whose = (_LINK.format(where, name) for _, name, where in presenting.whose(licence))
    return {
        "licence": _LINK.format(address, licence_name(licence)),
        "whose": Markup("<br>").join(whose),
        "status": licence.status_on(day).label,
    }


def _others(sought: Sought) -> Group:
    """What has a reference and is no part of a register: a check, a file that was brought in."""
    one: Referred | None = referred(sought.reference) if sought.reference else None
    columns = [{"key": "reference", "text": "Reference", "short": True}, {"key": "kind", "text": "What it is"}, _WHY]
    rows = []
    if one:
        found_by = _EXACT.format(queries.EXACT_REFERENCE)
        rows = [{"reference": _LINK.format(one.address, one.reference), "kind": one.kind, "why": found_by}]
    return Group("Checks and files", columns, rows, len(rows))


def _cut(exact: Reasons, others: Reasons) -> tuple[Reasons, bool]:
    """What is shown, exact finds first; and whether there is more."""
    rest = {one: why for one, why in others.items() if one not in exact}
    return exact | dict(list(rest.items())[:MOST_ROWS]), len(rest) > MOST_ROWS


def _ordered(found: Iterable[Any], shown: Reasons) -> list[Any]:
    """In the order in which they were found."""
    by_id = {one.id: one for one in found}
    return [by_id[one] for one in shown if one in by_id]


def _explained(rows: Sequence[Row], ids: Sequence[UUID], shown: Reasons, exact: Reasons) -> list[Row]:
    """Each row with why it was found."""
    reasons = {**shown, **{one: _EXACT.format(why) for one, why in exact.items()}}
    return [{**row, "why": reasons[one]} for row, one in zip(rows, ids, strict=True)]
