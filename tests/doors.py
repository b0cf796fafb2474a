"""Every way into the service: who comes, through which route and method, with whose records in the address."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from uuid import UUID, uuid4

from accounts import browsers
from accounts.browsers import Browser
from accounts.two_councils import Council
from factories import accounts, allegations
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from licensing.permissions import Permission, Role, permissions_of

PUBLIC = {
    "accounts.sign_in",
    "accounts.sign_out",
    "accounts.accept_invitation",
    "accounts.forgotten_password",
    "accounts.reset_password",
    "accounts.reset_authenticator",
    "public_register.list_registers",
    "public_register.show_register",
    "public_register.download_csv",
    "public_register.download_json",
    "static",
}
# What stands in an address and names no record: the same for everybody.
WORDS = {
    "code": "SUSPENSION_REVIEW",
    "measure": "training.in_date_percent",
    "template": "revocation",
    "step": "caller",
    "kind": "authorised",
    "days": "30",
    "power_code": "PREMVISIT",
    "rule_code": "complaints-person-90",
    "which": "freedom-of-information",
    "report_year": "2025",
}
OF_OPERATIONS = (
    "operation_id",
    "finding_id",
    "purchase_id",
    "hotel_notice_id",
    "requirement_id",
    "hotel_service_id",
    "place_id",
    "signal_id",
    "subject_meeting_id",
)
OF_NOTES = ("note_id", "reader_id", "notes_report_id", "request_id", "fact_id")
WRITE_NOTES = (Role.LICENSING_MANAGER, Role.BRIEFING_AUTHOR, Role.BRIEFING_APPROVER)
OF_ALLEGATIONS = {one.name for one in fields(allegations.Filled)}


def walked(app: Flask) -> list[Rule]:
    """Every route that is not public; an import is applied before it is let go."""
    return sorted((rule for rule in app.url_map.iter_rules() if rule.endpoint not in PUBLIC), key=str, reverse=True)


@dataclass
class Visitor:
    """Somebody at a browser; nobody signed in has no role. `part` says how they stand to what they look for."""

    browser: Browser
    role: Role | None = None
    user_id: UUID | None = None
    refused: set[UUID] = field(default_factory=set)
    part: str = ""


@dataclass(frozen=True)
class Door:
    """One route and method with the ids of somebody's records filled in."""

    endpoint: str
    address: str
    method: str
    record: str = ""
    record_id: UUID | None = None
    is_own: bool = False


def visitor(app: Flask, role: Role | None, user_id: UUID | None = None) -> Visitor:
    if role is None:
        return Visitor(browsers.of_nobody(app))
    user_id = user_id or accounts.user(role)
    return Visitor(browsers.of_user(app, user_id), role, user_id)


def doors(app: Flask, own: Council, other: Council, one: Visitor) -> Iterator[Door]:
    """Every way in for somebody of `own`: each route, each method, with own, the other council's and nobody's ids."""
    for rule in walked(app):
        names = sorted(rule.arguments - WORDS.keys())
        written = re.sub(r"<(\w+)>", lambda found: WORDS[found[1]], rule.rule)
        for method in sorted(set(rule.methods or ()) & {"GET", "POST"}):
            if not names:
                yield Door(rule.endpoint, written, method, is_own=True)
                continue
            for council in (own, other, None):
                ids = {name: getattr(council, field_of(rule, name)) if council else uuid4() for name in names}
                is_own = council is own and all(is_for(one, field_of(rule, name), own) for name in names)
                address = re.sub(r"<uuid:(\w+)>", lambda found, ids=ids: str(ids[found[1]]), written)
                yield Door(rule.endpoint, address, method, field_of(rule, names[0]), ids[names[0]], is_own)


def field_of(rule: Rule, name: str) -> str:
    """Where a council's record is found by the name in an address: a designated officer's cases are not a court's."""
    if rule.endpoint.startswith(("disruption.", "links.")):
        of_actions = {"action_id": "disruption_action_id", "event_id": "disruption_event_id"}
        return (of_actions | {"task_id": "partner_task_id"}).get(name, name)
    if rule.endpoint.startswith("need_to_know."):
        return {"report_id": "notes_report_id"}.get(name, name)
    if rule.endpoint.startswith("allegations."):
        return {"case_id": "lado_case_id", "draft_id": "subject_draft_id"}.get(name, name)
    return name


def is_for(one: Visitor, name: str, own: Council) -> bool:
    """Whether a record of somebody's own council is for them.

    Cases are the designated officers', who are asked for the purpose first.
    Drafts are their writer's, approvals their approvers', a task its team's and whoever's who opened it, a
    concern that was raised whoever's who raised it, one about staff the contact's alone.
    """
    if name in ("draft_id", "answers_id", "search_id", "decision_draft_id"):
        return one.user_id == own.officer
    if name == "proposal_id":
        return one.role is not None and Permission.ROLES_APPROVE in permissions_of({one.role})
    if name == "raised_id":
        return one.user_id == own.officer
    if name == "briefing_id":
        return one.role in (Role.BRIEFING_AUTHOR, Role.BRIEFING_APPROVER)
    if name == "staff_concern_id":
        return one.user_id == own.contact
    if name == "release_id":
        return one.user_id == own.officer
    if name == "alert_id":
        return one.role is Role.INDEPENDENT_REVIEWER
    if name in OF_ALLEGATIONS:
        return one.role is Role.DESIGNATED_OFFICER
    if name in ("disruption_action_id", "disruption_event_id", "partner_task_id"):
        return one.role in (Role.LICENSING_OFFICER, Role.LICENSING_MANAGER)  # for the agency that considers it
    if name in OF_OPERATIONS:
        return one.role in (Role.LICENSING_OFFICER, Role.LICENSING_MANAGER)  # for the agency that leads
    if name == "import_id":
        return one.role is not Role.DISRUPTION_OFFICER  # a file of drivers
    if name in OF_NOTES:  # a designated officer is asked for a part of the note
        return one.role in WRITE_NOTES or (one.role is Role.DESIGNATED_OFFICER and name == "note_id")
    if name == "task_id":
        return one.role is own.task_for or one.user_id == own.officer
    return True


def visit(one: Visitor, door: Door) -> TestResponse:
    response = one.browser.open(door.address, method=door.method, data={} if door.method == "POST" else None)
    if response.status_code == 302:
        one.browser.get("/")  # takes up the message of what was done, which would stand on the next page
    return response
