"""Applications in words."""

from collections.abc import Sequence
from typing import Any

from flask import url_for

from licensing.suitability.applying import Item, Readiness
from licensing.suitability.models import Application
from licensing.suitability.presenting.words import LINK, Row, colleague, day, holder_link, holder_name, licence_link

# As the task list of the design system says it, where it has a word for it.
_STATUS = {"Not started": "To do", "Done": "Completed", "Satisfied": "Completed", "In date": "Completed"}


def application_title(application: Application) -> str:
    return f"{application.kind.label}: {holder_name(application.licence)}"


def application_rows(applications: Sequence[Application]) -> list[dict[str, Any]]:
    """A list of applications, each leading to its page."""
    return [
        {
            "what": LINK.format(url_for("suitability.show_application", application_id=one.id), application_title(one)),
            "licence": one.licence.kind.label,
            "received": day(one.received_on),
            "state": one.state.label,
            "reference": one.reference,
        }
        for one in applications
    ]


def application_facts(application: Application) -> list[Row]:
    """The summary card of an application."""
    facts: list[Row] = [
        ("Applicant", holder_link(application.licence)),
        ("Licence", licence_link(application.licence)),
        ("What for", application.kind.label),
        ("State", application.state.label),
        ("Received", day(application.received_on)),
        ("Complete", day(application.complete_on) or "Not yet"),
        ("Officer", colleague(application.officer_id)),
    ]
    if application.decided_on:
        facts.append(("Decided", day(application.decided_on)))
    if application.withdrawn_on:
        facts += [("Withdrawn", day(application.withdrawn_on)), ("Why", application.opened("withdrawn_sealed"))]
    return facts


def item_tasks(application: Application, ready: Readiness) -> list[dict[str, str]]:
    """The lines of the task list; each leads to where it is settled."""
    return [
        {
            "text": item.label,
            "status": _STATUS.get(item.status, item.status),
            "hint": item.words,
            "href": _address(application, item),
        }
        for item in ready.items
    ]


def _address(application: Application, item: Item) -> str:
    if item.where:
        endpoint, values = item.where
        return url_for(endpoint, **values)  # pyright: ignore[reportArgumentType]
    return url_for("suitability.say_item", application_id=application.id, item=item.kind)
