"""Domain story 1: revoked by one council, a driver applies to another, under a shorter name and from a new address."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from accounts import browsers
from accounts.signing_in import as_owner
from clients import CheckingClient
from factories import accounts, register, training, vetting
from flask import Flask
from journeys.checking import answer_to
from journeys.deciding import answers, decide, notify, of_a_driver, refused, send
from journeys.reading import boxes, links, words
from sharing.exchanging import acting

from licensing import dates
from licensing.deadlines.codes import ClockCode
from licensing.permissions import Role
from licensing.register.catalogue import LicenceKind
from licensing.register.details import LicenceDetails, PersonDetails
from licensing.register.events import Event, EventKind
from licensing.sharing.clocks import due_on
from licensing.vetting.rules import CheckKind

TODAY = dates.today()
BORN = date(1980, 3, 4)
TOLD = "Two complaints of threats, upheld in May."
GRANT = {"decided_on": TODAY, "maker": "manager", "reasons": "Considered.", "starts_on": TODAY}
REFUSE = {"power": "S51_59", "grounds": "not_fit_and_proper", "relevant_information": "wholly", "limbs": "harm"}


def holder_in_cherwell() -> str:
    """The licence of Mohammed Aslam Khan in Cherwell, in force."""
    granted = Event(
        EventKind.GRANTED, decided_on=date(2024, 3, 1), starts_on=date(2024, 3, 1), expires_on=TODAY + timedelta(500)
    )
    licence = LicenceDetails(LicenceKind.DUAL_DRIVER, "CHE/DD/0417", "417", (granted,))
    details = PersonDetails(
        "Mohammed Aslam", "Khan", BORN, address="1 Sample Street", postcode="OX99 1AA", licences=(licence,)
    )
    person_id = register.add(details, accounts.CHERWELL)
    return str(as_owner("SELECT id FROM licence WHERE person_id = :id", id=person_id)[0][0])


def applicant() -> UUID:
    return register.add(
        PersonDetails("M. A.", "Khan", BORN, address="9 Other Road", postcode="OX99 7ZZ"), accounts.OXFORD
    )


def offered(client: CheckingClient, address: str, question: str) -> str:
    """Whom a list of colleagues offers: the one it has chosen already, else the first."""
    [(listed)] = re.findall(rf'<select[^>]*name="{question}".*?</select>', client.get(address).text, re.DOTALL)
    values = re.findall(r'<option value="([^"]+)"( selected)?', listed)
    return next((value for value, chosen in values if chosen), values[0][0])


def to_decide(officer: CheckingClient, application: str) -> str:
    """The page of an application, as read."""
    return words(officer.get(application).text)


def ask_in_writing(officer: CheckingClient, licence: str) -> str:
    address = f"{licence}/nr3s-request"
    asked = {"full_name": "M. A. Khan", "date_of_birth": BORN, "partner": str(accounts.authority_id(accounts.CHERWELL))}
    asked |= {"method": "service", "words": "On what does your revocation rest?"}
    return send(officer, address, **asked, authorised_by=offered(officer, address, "authorised_by"))


def twenty_working_days() -> date:
    """The last day for the answer, which begins with the day of receipt (2022 Act s.3(2)(b))."""
    with acting(Role.LICENSING_OFFICER):
        return due_on(ClockCode.NR3S_ANSWER, accounts.authority_id(accounts.OXFORD), TODAY)


def answered_by(cherwell: CheckingClient) -> None:
    """Cherwell finds the request in its own list, and answers it."""
    received = next(one for one in links(cherwell.get("/nr3s/requests").text) if "/requests/received/" in one)
    assert dates.in_words(twenty_working_days()) in words(cherwell.get(received).text)
    told = {"outcome": "disclosed", "words": TOLD, "fields_told": "The decision notice", "to_name": "Test Officer"}
    by = offered(cherwell, f"{received}/answer", "authorised_by")
    send(cherwell, f"{received}/answer", **told, method="secure_email", authorised_by=by)


def everything_else_is_in_order(officer: CheckingClient, application: str, person_id: UUID) -> None:
    """What the council itself asks before a grant."""
    shown = to_decide(officer, application).lower()
    for check in (one for one in CheckKind if f"{one.label}: not started".lower() in shown):
        vetting.record(accounts.OXFORD, person_id, vetting.satisfied(check, TODAY))
    training.record(accounts.OXFORD, person_id)
    page = officer.get(application).text
    for item in sorted(set(re.findall(r"item=(\w+)", page))):
        address = next(one for one in links(page) if f"item={item}" in one)
        send(officer, address, state="done", on_day=TODAY, words="Seen.")


def test_story_1_who_was_revoked_elsewhere_is_found_asked_about_and_may_still_be_granted(app: Flask) -> None:
    accounts.agree(accounts.OXFORD, accounts.CHERWELL)
    cherwell = browsers.of_role(app, Role.LICENSING_MANAGER, accounts.CHERWELL)
    revoked = decide(cherwell, holder_in_cherwell(), "revoke", of_a_driver(TODAY, immediate="y", public_safety="Harm."))
    notify(cherwell, revoked, TODAY)

    officer, manager = (browsers.of_role(app, role) for role in (Role.LICENSING_OFFICER, Role.LICENSING_MANAGER))
    person_id = applicant()
    received: dict[str, Any] = {"kind": "private_hire_driver", "number": "PHD/9", "received_on": TODAY}
    application = send(officer, f"/people/{person_id}/application", **received)
    licence = next(one for one in links(officer.get(application).text) if re.fullmatch(r"/licences/[0-9a-f-]{36}", one))

    found = answer_to(officer, name="M. A. Khan", **boxes("date_of_birth", BORN.day, BORN.month, BORN.year))
    assert "Mohammed Aslam Khan, Cherwell District Council" in words(found)
    assert "Revoked" in found

    # Neither a grant nor a refusal before the search is recorded: nothing refuses by itself.
    grant = {**GRANT, "expires_on": TODAY + timedelta(days=365)}
    refusal = {"decided_on": TODAY, "maker": "manager", "reasons": "Considered.", **REFUSE}
    for kind, asked in (("grant", grant), ("refuse", refusal)):
        said = refused(manager, f"{licence}/decide?kind={kind}", **asked)
        assert "Search NR3S and record the search" in said
    address = f"{licence}/nr3s-search"
    searched = {"purpose": "grant", "searched_on": TODAY, "terms": ["name"], "result": "entries"}
    by = offered(officer, address, "searched_by")
    send(officer, address, **searched, authorities="Cherwell District Council", searched_by=by)
    assert "Cherwell District Council has an entry: ask it in writing" in to_decide(officer, application)

    asked_of_them = ask_in_writing(officer, licence)
    assert dates.in_words(twenty_working_days()) in words(officer.get(asked_of_them).text)
    assert "has not answered yet" in to_decide(officer, application)
    answered_by(cherwell)
    assert TOLD in officer.get(asked_of_them).text
    assert "Record how regard was had" in refused(manager, f"{licence}/decide?kind=refuse", **refusal)
    send(officer, f"{asked_of_them}/regard", regard_on=TODAY, words="Weighed with the applicant’s own account.")
    assert as_owner("SELECT status FROM licence_period WHERE licence_id = :id", id=licence[-36:]) == [("applied",)]

    everything_else_is_in_order(officer, application, person_id)
    granted = decide(manager, licence[-36:], "grant", answers(**grant))
    assert "Grant" in words(manager.get(granted).text)
    assert "In force" in words(officer.get(licence).text)
