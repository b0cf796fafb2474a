"""Every page, for every role, on a desktop and a phone: sound HTML, no axe violation, no sideways scroll, no word in
the console, nothing that the content policy blocks."""

from collections.abc import Iterator

import pytest
from browser.addresses import ADDRESSES, FILES, views_that_answer_get
from browser.conftest import OpenPage, Site
from browser.looking import GOAL, Looking
from browser.test_forms_with_errors import SENT_AS_THEY_STAND
from browser.world import freshen
from flask import Flask
from telling import FULL, Tell

from licensing.permissions import Permission, Role, declared_by, permissions_of

# Cases, consultations and settings are the designated officer's; what is released of one is the manager's.
TO_ONE_PERSON = {f"allegations.{one}" for one in ("show_released", "answer_released", "name_decision", "rely")}
OF_ONE_CASE = {one for one, addresses in ADDRESSES.items() if any("{lado_" in each for each in addresses)}
# The one proposal there is was made by the administrator, and is decided by whoever approves roles.
ONLY_FOR = {
    "approvals.show_proposal": {
        Role.ADMINISTRATOR,
        Role.LICENSING_MANAGER,
        Role.DESIGNATED_OFFICER,
        Role.AUDITOR,
    },
    # The named contact, who is the briefing reader.
    **{
        f"concerns.{view}": {Role.BRIEFING_READER}
        for view in ("show_staff", "acknowledge_staff", "note_staff", "close_staff")
    },
    **{key: {Role.DESIGNATED_OFFICER} for key in OF_ONE_CASE - TO_ONE_PERSON},
    **{key: {Role.LICENSING_MANAGER} for key in TO_ONE_PERSON},
    # Of the roles that have tasks, those who know the report; of a note, what a reader may open is the issued one's.
    **{
        f"need_to_know.{view}": {Role.BRIEFING_AUTHOR, Role.BRIEFING_READER}
        for view in ("show_request", "finish_request")
    },
    "allegations.acknowledge_noticed": {Role.INDEPENDENT_REVIEWER},
    "need_to_know.show_note": {Role.BRIEFING_AUTHOR, Role.BRIEFING_APPROVER, Role.DESIGNATED_OFFICER},
}
# Files of the registers: whoever works on disruption brings in others.
ONLY_FOR["imports.show_import"] = {Role.LICENSING_OFFICER, Role.LICENSING_MANAGER}
ANYBODY: tuple[Role | None, ...] = (None, *Role)


# They lead on to the page of the one licence where there is only one.
LEADING_ON = {"suitability.add_consideration_of_person", "suitability.add_consideration_of_complaint"}
# Whose pages are looked at by axe on a phone too: together they may open every one. Every sixth by `make test`, which
# is to take minutes; every one by `make assurance`. Whether a page scrolls sideways is asked of each.
ON_A_PHONE = (
    None,
    Role.LICENSING_MANAGER,
    Role.ADMINISTRATOR,
    Role.AUDITOR,
    Role.DESIGNATED_OFFICER,
    Role.DISRUPTION_OFFICER,
)


# Forms that axe looks at with errors on them (test_forms_with_errors.py), which have all that they have without.
JUDGED_WITH_ERRORS = SENT_AS_THEY_STAND.keys()
# Every page of an officer's is a manager's too, with the same parts and more to do; these differ most.
OFFICERS = {
    "accounts.home",
    "decisions.show_decision",
    "driver_check.show_check",
    "register.show_licence",
    "register.show_person",
    "suitability.show_consideration",
}
# What is open to all is the same for all.
OPEN_TO_ALL_SEEN_BY = {Role.LICENSING_MANAGER, Role.DESIGNATED_OFFICER, Role.BRIEFING_READER}


def is_seen_elsewhere(endpoint: str, needed: frozenset[Permission], role: Role | None) -> bool:
    """Whether somebody else's walk has this very page."""
    if role is Role.LICENSING_OFFICER:
        return endpoint not in OFFICERS
    if needed == {Permission.DISRUPT}:
        return role is not Role.DISRUPTION_OFFICER
    to_all = needed == {Permission.SIGNED_IN} and endpoint not in ("accounts.home", *ONLY_FOR)
    return to_all and role not in OPEN_TO_ALL_SEEN_BY


def pages_of(site: Site, role: Role | None) -> Iterator[tuple[str, str]]:
    """The views and addresses of every page that this role, or nobody signed in, may open."""
    for endpoint, addresses in ADDRESSES.items():
        needed = declared_by(site.app.view_functions[endpoint])
        if endpoint in LEADING_ON or (endpoint in ONLY_FOR and role not in ONLY_FOR[endpoint]):
            continue
        if is_seen_elsewhere(endpoint, needed, role):
            continue
        if not needed if role is None else needed & permissions_of({role}):
            yield from ((endpoint, address.format(**site.world.names[role])) for address in addresses)


def judged_by(site: Site) -> dict[str, Role | None]:
    """Who looks at an address with axe: the first who may open it, of whose pages others see every third.

    By `make assurance` everybody sees every page, and axe with them.
    """
    return {address: role for role in reversed(ANYBODY) for _, address in pages_of(site, role)}


def test_every_view_has_an_address_here(only_app: Flask) -> None:
    assert views_that_answer_get(only_app) == ADDRESSES.keys() | FILES


@pytest.mark.parametrize("role", ANYBODY)
def test_every_page_that_a_role_may_open_is_sound(
    site: Site, open_page: OpenPage, tell: Tell, role: Role | None
) -> None:
    if role:
        freshen(site.world.tokens[role])
    judges = judged_by(site)
    looking, faults, count = Looking(open_page(site.world.tokens[role] if role else "")), [], 0
    for number, (endpoint, address) in enumerate(pages_of(site, role)):
        is_first = judges[address] is role or endpoint in OFFICERS
        if not (FULL or is_first or number % 3 == 0):
            continue
        looking.axe = FULL or (is_first and endpoint not in JUDGED_WITH_ERRORS)
        looking.axe_on_a_phone = role in ON_A_PHONE and (FULL or number % 6 == 0)
        faults += looking.open(address)
        count += 1
    tell(GOAL, count=count, unexpected=faults, control=None)
