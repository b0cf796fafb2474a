"""Domain story 14: a driver whom two councils license, and one of them suspends."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from accounts import browsers
from accounts.signing_in import as_owner
from factories import accounts, register
from flask import Flask
from journeys.checking import PURPOSE
from journeys.deciding import decide, notify, of_a_driver
from journeys.reading import boxes, pdf_text

from licensing import dates
from licensing.permissions import Role
from licensing.register.details import PersonDetails

TODAY = dates.today()
SECRET = "What was found in Cherwell."
LICENSED_TWICE = replace(register.KHAN, licences=(replace(register.PLAIN.licences[0], number="OX/PH/9"),))


def licence_of(person_id: UUID) -> str:
    return str(as_owner("SELECT id FROM licence WHERE person_id = :id", id=person_id)[0][0])


def licensed(details: PersonDetails, number: str, code: str) -> UUID:
    return register.add(replace(details, licences=(replace(details.licences[0], number=number),)), code)


def test_story_14_one_council_suspends_and_the_other_sees_it_and_requests_the_details(app: Flask) -> None:
    accounts.agree(accounts.CHERWELL, accounts.OXFORD)
    ours = licensed(LICENSED_TWICE, "OX/PH/9", accounts.OXFORD)
    theirs = licensed(LICENSED_TWICE, "CH/PH/9", accounts.CHERWELL)
    register.link(ours, theirs)
    officer = browsers.of_role(app, Role.LICENSING_OFFICER)
    page = f"/people/{ours}"
    assert "Action taken by" not in officer.get(page).text

    manager = browsers.of_role(app, Role.LICENSING_MANAGER, accounts.CHERWELL)
    given = of_a_driver(TODAY, reasons=SECRET, ends_on=TODAY + timedelta(days=30))
    notify(manager, decide(manager, licence_of(theirs), "suspend_fixed", given), TODAY)

    shown = officer.get(page).text
    assert f"Action taken by Cherwell District Council on {dates.in_words(TODAY)} (suspended)" in shown
    assert f'href="/people/{ours}/nr3s-request">request details</a>' in shown
    assert SECRET not in shown
    entered = as_owner("SELECT authority_id FROM nr3s_entry WHERE state = 'due'")
    assert entered == [(accounts.authority_id(accounts.CHERWELL),)]
    # Nothing asks for a report under section 5, and the licence here stands as it did.
    assert (
        as_owner(
            "SELECT FROM task t JOIN authority a ON a.id = t.authority_id WHERE a.code = :code", code=accounts.OXFORD
        )
        == []
    )
    assert as_owner("SELECT FROM request_out") == []

    checked = officer.post(
        "/checks/new", data={**PURPOSE, "name": "Mohammed Aslam Khan", **boxes("date_of_birth", 4, 3, 1980)}
    )
    answer = officer.get(checked.location).text
    receipt = pdf_text(officer.get(f"{checked.location}/receipt.pdf").data)
    for told in (answer, receipt):
        assert "Ask Cherwell District Council in writing for the information relied on" in told
        assert SECRET not in told
    assert "Suspended by Cherwell District Council" in answer


def test_a_council_without_the_link_sees_nothing_of_it(app: Flask) -> None:
    accounts.agree(accounts.CHERWELL, accounts.OXFORD, accounts.WEST)
    theirs = register.add(register.KHAN, accounts.CHERWELL)
    ours, linked = (licensed(LICENSED_TWICE, "PH/9", code) for code in (accounts.WEST, accounts.OXFORD))
    link = register.link(linked, theirs)
    west = browsers.of_role(app, Role.LICENSING_OFFICER, accounts.WEST)
    assert "Action taken by" not in west.get(f"/people/{ours}").text
    oxford = browsers.of_role(app, Role.LICENSING_OFFICER)
    assert "Action taken by Cherwell District Council on 14 May 2025 (revoked)" in oxford.get(f"/people/{linked}").text
    register.unlink(link)
    assert "Action taken by" not in oxford.get(f"/people/{linked}").text
