"""What an officer keeps by hand, from the form to the record's page, over HTTP."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from clients import CheckingClient
from conftest import SignIn
from factories import accounts, jobs, register
from flask import Flask
from journeys.keeping import fill_and_keep, fill_in, keep, seen
from journeys.reading import boxes, links

from licensing import dates
from licensing.permissions import Role
from licensing.register.catalogue import LicenceKind
from licensing.register.details import LicenceDetails

AGREED = {"checked": "y"}
PUB = {"name": "The Sample Arms", "kind": "pub", "address_lines": "2 Sample Street", "postcode": "OX99 1AB"}
ALCOHOL = {
    "kind": "premises_licence",
    "number": "24/01234/PREM",
    "activities": ["alcohol_on_sales"],
    **boxes("granted_on", 1, 3, 2024),
    **boxes("starts_on", 1, 3, 2024),
}


@pytest.fixture
def officer(app: Flask, signed_in: SignIn) -> CheckingClient:
    return signed_in(Role.LICENSING_OFFICER)


def licence_of(page: str) -> str:
    """The address of the first licence on a record's page."""
    return next(link for link in links(page) if re.fullmatch(r"/licences/[0-9a-f-]{36}", link))


def status_of(page: str) -> str:
    return re.findall(r"govuk-tag[^>]*>([^<]+)</strong>", page.partition("</h1>")[2])[0]


def test_a_pub_its_licence_and_its_supervisor(officer: CheckingClient) -> None:
    pub = fill_and_keep(officer, "/premises/add", **PUB)
    page = keep(officer, f"{pub}/licence", **ALCOHOL)
    assert "Premises licence 24/01234/PREM" in page
    assert "No designated premises supervisor is recorded" in page
    licence = licence_of(officer.get(pub).text)
    page = keep(
        officer,
        f"{licence}/part",
        kind="premises_supervisor",
        holder="Petra Sampleová",
        **boxes("from_on", 1, 4, 2024),
    )
    assert "No designated premises supervisor" not in page
    assert "Petra Sampleová" in page
    # One at a time: the next supervisor ends the one before.
    page = keep(
        officer, f"{licence}/part", kind="premises_supervisor", holder="Jan Příklad", **boxes("from_on", 1, 6, 2025)
    )
    assert "1 April 2024 to 31 May 2025" in page
    page = keep(officer, f"{licence}/event?event=varied", **boxes("decided_on", 2, 6, 2025))
    assert status_of(page) == "In force"


def test_a_driver_who_owns_a_guesthouse_and_holds_a_personal_licence_is_one_person_with_three_parts(
    officer: CheckingClient,
) -> None:
    person = register.add(register.PLAIN, accounts.OXFORD)
    page = keep(
        officer,
        f"/people/{person}/licence",
        kind="personal_licence",
        number="PERS/77",
        **boxes("granted_on", 5, 5, 2022),
        **boxes("starts_on", 5, 5, 2022),
    )
    assert "Personal licence PERS/77" in page
    reference = re.search(r"P-[0-9A-Z]{4}-[0-9A-Z]{4}", officer.get(f"/people/{person}").text)
    assert reference
    guesthouse = fill_and_keep(
        officer, "/premises/add", name="Sample Guesthouse", kind="guesthouse", address_lines="3 Sample Street"
    )
    page = keep(officer, f"{guesthouse}/part", kind="owner", holder=reference[0].lower())
    assert "Petra Example Sampleová" in page
    assert "Not checked" in page
    assert "unlicensed" not in page.lower()
    page = officer.get(f"/people/{person}").text
    assert "Private hire driver" in page
    assert "Personal licence" in page
    assert re.search(r"Owner:\s*<a[^>]*>Sample Guesthouse</a>", page)


def test_a_licence_ceases_when_permission_to_work_ends_without_a_revocation(officer: CheckingClient) -> None:
    person = register.add(register.PLAIN, accounts.OXFORD)
    licence = licence_of(officer.get(f"/people/{person}").text)
    page = keep(
        officer,
        f"{licence}/event?event=leave_recorded",
        **boxes("decided_on", 1, 3, 2026),
        **boxes("ends_on", 15, 11, 2026),
    )
    assert status_of(page) == "Ceased: permission to work ended"
    assert "Revoked" not in page
    listed = officer.get("/people?status=ceased_immigration").text
    assert "Petra Example Sampleová" in listed


def watched(app: Flask) -> None:
    from licensing.register.jobs import watch_registers

    jobs.do(app, watch_registers)


def test_what_ceased_by_itself_is_on_the_officers_list_once(app: Flask, officer: CheckingClient) -> None:
    person = register.add(register.PLAIN, accounts.OXFORD)
    licence = licence_of(officer.get(f"/people/{person}").text)
    sunday = dates.today() - timedelta(days=1)
    keep(
        officer,
        f"{licence}/event?event=leave_recorded",
        **boxes("decided_on", 1, 3, 2026),
        **boxes("ends_on", sunday.day, sunday.month, sunday.year),
    )
    watched(app)
    watched(app)
    work = officer.get("/work").text
    assert work.count("A licence ceased by itself") == 2  # the row, and the filter
    assert "Private hire driver PHD0001" in work


def test_alcohol_without_a_supervisor_is_a_task_until_there_is_one(app: Flask, officer: CheckingClient) -> None:
    pub = fill_and_keep(officer, "/premises/add", **PUB)
    keep(officer, f"{pub}/licence", **ALCOHOL)
    watched(app)
    assert officer.get("/work").text.count("Alcohol without a premises supervisor") == 2


def test_a_driver_with_other_parts_is_told_to_the_licensing_lead_alone(
    app: Flask, signed_in: SignIn, officer: CheckingClient
) -> None:
    person = register.add(register.PLAIN, accounts.OXFORD)
    reference = re.search(r"P-[0-9A-Z]{4}-[0-9A-Z]{4}", officer.get(f"/people/{person}").text)
    assert reference
    inn = fill_and_keep(officer, "/premises/add", **{**PUB, "kind": "guesthouse"})
    keep(officer, f"{inn}/part", kind="owner", holder=reference[0])
    watched(app)
    assert officer.get("/work").text.count("A driver with a part in other licences") == 1  # the filter alone
    assert signed_in(Role.LICENSING_MANAGER).get("/work").text.count("A driver with a part in other licences") == 2


def test_when_a_holder_dies_their_licences_end_and_their_premises_licences_lapse(officer: CheckingClient) -> None:
    alcohol = LicenceDetails(LicenceKind.PERSONAL_LICENCE, "PERS/1", events=register.PLAIN.licences[0].events)
    person = register.add(replace(register.PLAIN, licences=(*register.PLAIN.licences, alcohol)), accounts.OXFORD)
    reference = re.search(r"P-[0-9A-Z]{4}-[0-9A-Z]{4}", officer.get(f"/people/{person}").text)
    assert reference
    pub = fill_and_keep(officer, "/premises/add", **PUB)
    page = keep(officer, f"{pub}/licence", **ALCOHOL)
    licence = licence_of(officer.get(pub).text)
    page = keep(officer, f"{licence}/transfer", holder=reference[0], **boxes("on", 1, 2, 2025))
    assert "Transferred" in page

    page = keep(officer, f"/people/{person}/death", **boxes("deceased_on", 2, 11, 2026))
    assert "Died on 2 November 2026. Do not write to them." in page
    assert page.count("Ceased: holder died") >= 2
    page = officer.get(licence).text
    assert status_of(page) == "Lapsed"
    assert "Cause: death" in page
    page = keep(
        officer,
        f"{licence}/event?event=interim_authority_given",
        **boxes("decided_on", 10, 11, 2026),
        **boxes("ends_on", 9, 1, 2027),
    )
    assert status_of(page) == "In force under an interim authority notice"


def test_what_happened_is_asked_first_and_only_what_it_has_after_that(officer: CheckingClient) -> None:
    person = register.add(register.PLAIN, accounts.OXFORD)
    address = licence_of(officer.get(f"/people/{person}").text) + "/event"
    assert "Select what happened" in officer.post(address, data={"event": ""}).text
    second = officer.post(address, data={"event": "leave_recorded"}).location
    page = officer.get(second).text
    assert "Date it ends" in page
    assert "First day of the new term" not in page
    ends = boxes("ends_on", 1, 6, 2027)
    check = fill_in(officer, second, **boxes("decided_on", 1, 6, 2026), **ends)
    answers = officer.get(check).text
    assert re.search(r"What happened</dt>\s*<dd[^>]*>Permission to work recorded", answers)
    again = next(link for link in links(answers) if "answers=" in link)
    assert 'value="2026"' in officer.get(again).text


@pytest.mark.parametrize("event", ["granted", "revoked", "suspended", "suspension_ended", "reinstated_by_court"])
def test_what_is_decided_is_not_recorded_as_something_that_happened(officer: CheckingClient, event: str) -> None:
    person = register.add(register.PLAIN, accounts.OXFORD)
    address = licence_of(officer.get(f"/people/{person}").text) + "/event"
    assert f'value="{event}"' not in officer.get(address).text
    answer = officer.post(f"{address}?event={event}", data={"event": event, **boxes("decided_on", 1, 6, 2026)})
    assert answer.status_code == 422
    assert "In force" in status_of(officer.get(address.removesuffix("/event")).text)


def test_a_badge_returned_ends_nothing_and_a_drivers_licence_cannot_be_surrendered(officer: CheckingClient) -> None:
    person = register.add(register.PLAIN, accounts.OXFORD)
    licence = licence_of(officer.get(f"/people/{person}").text)
    page = keep(officer, f"{licence}/event?event=badge_returned", **boxes("decided_on", 1, 6, 2026))
    assert status_of(page) == "In force"
    check = fill_in(officer, f"{licence}/event?event=surrendered", **boxes("decided_on", 2, 6, 2026))
    refused = officer.post(check)
    assert refused.status_code == 422
    assert "The law has no “surrendered” for a private hire driver licence" in refused.text
    page = keep(officer, f"{licence}/event?event=surrendered", irregular="y", **boxes("decided_on", 2, 6, 2026))
    assert "Irregular" in page


def test_a_vehicle_keeps_its_former_registration_and_plate_and_is_found_by_them(officer: CheckingClient) -> None:
    vehicle = fill_and_keep(officer, "/vehicles/add", vrm="ab12 cde", make="Škoda", wheelchair="no")
    keep(
        officer,
        f"{vehicle}/licence",
        kind="private_hire_vehicle",
        number="PHV045",
        badge_no="045",
        **boxes("granted_on", 1, 3, 2026),
        **boxes("starts_on", 1, 3, 2026),
        **boxes("expires_on", 28, 2, 2027),
    )
    licence = licence_of(officer.get(vehicle).text)
    page = keep(officer, f"{licence}/number", badge_no="P-99", **boxes("from_on", 1, 6, 2026))
    assert "045 until 31 May 2026" in page
    page = keep(officer, f"{vehicle}/registration", vrm="XY99 ZZZ", **boxes("from_on", 1, 7, 2026))
    assert "AB12 CDE until 30 June 2026" in page
    for words in ("AB12CDE", "xy99zzz", "PHV 045", "p99"):
        found = officer.post("/vehicles/search", data={"words": words}).location
        assert "XY99 ZZZ" in officer.get(found).text, words


def test_a_term_longer_than_the_law_allows_is_refused_unless_it_was_issued_so(officer: CheckingClient) -> None:
    person = register.add(register.PLAIN, accounts.OXFORD)
    granted = {**boxes("granted_on", 1, 3, 2024), **boxes("starts_on", 1, 3, 2024), **boxes("expires_on", 1, 3, 2027)}
    answers = {"kind": "hackney_carriage_driver", "number": "HC9", **granted}
    refused = officer.post(f"/people/{person}/licence", data=answers)
    assert refused.status_code == 422
    assert "Last day must be within 3 years of the first day" in refused.text
    assert 'value="HC9"' in refused.text
    page = keep(officer, f"/people/{person}/licence", irregular="y", **answers)
    assert "Irregular" in page


def test_a_correction_keeps_what_was_said_and_why(officer: CheckingClient) -> None:
    person = register.add(register.KHAN, accounts.OXFORD)
    address = f"/people/{person}/correct"
    said = {"given_names": "Mohammed Aslam", "family_name": "Khan", **boxes("date_of_birth", 4, 3, 1981)}
    page = keep(officer, address, reason="Typed wrong: the passport says 1981", nino="QQ123456C", **said)
    assert "“4 March 1980” became “4 March 1981”" in page
    assert "Typed wrong: the passport says 1981" in page
    check = fill_in(officer, address, reason="again", nino="QQ123456C", **said)
    refused = officer.post(check)
    assert refused.status_code == 422
    assert "Nothing is different from what is recorded" in refused.text
    page = keep(officer, address, reason="It was another person’s", nino="", **said)
    assert "QQ123456C” became “not recorded”" in page


def test_of_two_who_correct_a_record_at_once_the_second_is_shown_what_changed_and_loses_nothing(
    app: Flask, signed_in: SignIn
) -> None:
    person = register.add(register.KHAN, accounts.OXFORD)
    first, second = signed_in(Role.LICENSING_OFFICER), signed_in(Role.LICENSING_OFFICER)
    address = f"/people/{person}/correct"
    born = boxes("date_of_birth", 4, 3, 1980)
    opened = seen(second.get(address).text)
    keep(first, address, given_names="Mohammad", family_name="Khan", reason="As on the passport", **born)

    check = second.post(
        address,
        data={"seen": opened, "given_names": "Muhammad", "family_name": "Khan", "reason": "As he says", **born},
    ).location
    told = second.post(check)
    assert told.status_code == 422
    assert "Somebody changed this record while you were typing" in told.text
    assert "was: Mohammed Aslam" in told.text
    assert "is now: Mohammad" in told.text
    assert 'value="Muhammad"' in told.text
    assert "As he says" in told.text
    again = second.post(
        address,
        data={
            "seen": seen(told.text),
            "given_names": "Muhammad",
            "family_name": "Khan",
            "reason": "As he says",
            **born,
        },
    ).location
    assert second.post(again).status_code == 302
    assert "Muhammad Khan" in second.get(f"/people/{person}").text


def test_a_revocation_date_typed_wrong_is_superseded_once_a_second_person_agrees(app: Flask, signed_in: SignIn) -> None:
    person = register.add(register.KHAN, accounts.OXFORD)
    officer, manager = signed_in(Role.LICENSING_OFFICER), signed_in(Role.LICENSING_MANAGER)
    licence = licence_of(officer.get(f"/people/{person}").text)
    page = officer.get(licence).text
    correcting = [link for link in links(page) if link.startswith("/events/")]
    address = next(link for link in correcting if "revoked" in page.partition(link)[2][:200])
    answers = {
        "event": "revoked",
        "immediate": "y",
        "relevant_information": "wholly",
        **boxes("decided_on", 24, 5, 2025),
        **boxes("notified_on", 24, 5, 2025),
        "reason": "Typed wrong: the notice says 24 May",
    }
    assert officer.post(address, data=answers).status_code == 302
    assert "14 May 2025" in officer.get(licence).text
    again = officer.post(address, data=answers)
    assert again.status_code == 422
    assert "It is waiting for approval" in again.text

    listed = manager.get("/approvals").text
    [proposal] = {link for link in links(listed) if re.fullmatch(r"/approvals/[0-9a-f-]{36}", link)}
    shown = manager.get(proposal).text
    assert "was: 14 May 2025; would be: 24 May 2025" in shown
    assert officer.post(f"{proposal}/approve").status_code in (403, 404, 422)
    assert manager.post(f"{proposal}/approve", data=AGREED).status_code == 302

    page = officer.get(licence).text
    assert "Corrected, approved by a second person" in page
    assert "“14 May 2025” became “24 May 2025”" in page
    assert "Test Licensing officer" in page
    trail = signed_in(Role.AUDITOR).get("/audit?action=corrected").text
    assert "2025-05-14" in trail
    assert "Tell others of a correction" in officer.get("/work").text


def test_a_licence_issued_by_mistake_is_void_once_a_second_person_agrees(app: Flask, signed_in: SignIn) -> None:
    person = register.add(register.PLAIN, accounts.OXFORD)
    officer, manager = signed_in(Role.LICENSING_OFFICER), signed_in(Role.LICENSING_MANAGER)
    licence = licence_of(officer.get(f"/people/{person}").text)
    status = "Void: issued by mistake"
    assert "voided" not in officer.get(f"{licence}/event").text
    assert "What happened" in officer.get(f"{licence}/event?event=voided").text  # asked first, as if nothing was chosen

    answers = {**boxes("decided_on", 1, 6, 2026), "reason": "The wrong applicant's papers were on the file"}
    assert "A second person has been asked to agree" in keep(officer, f"{licence}/void", **answers)
    assert status not in officer.get(licence).text
    [proposal] = {
        one for one in links(manager.get("/approvals").text) if re.fullmatch(r"/approvals/[0-9a-f-]{36}", one)
    }
    assert "1 June 2026" in manager.get(proposal).text
    assert manager.post(f"{proposal}/approve", data=AGREED).status_code == 302
    assert status in officer.get(licence).text

    checking = officer.post(f"{licence}/void", data=answers).location
    again = officer.post(checking)
    assert again.status_code == 422
    assert "This licence is void already" in again.text


def test_a_county_issues_badges_and_no_licences(app: Flask, signed_in: SignIn) -> None:
    person = register.add(replace(register.PLAIN, licences=()), accounts.COUNTY)
    officer = signed_in(Role.LICENSING_OFFICER, accounts.COUNTY)
    offered = officer.get(f"/people/{person}/licence").text
    assert "County transport badge" in offered
    assert "Private hire driver" not in offered
    page = keep(
        officer,
        f"/people/{person}/licence",
        kind="county_transport_badge",
        number="B-1",
        **boxes("granted_on", 1, 3, 2026),
        **boxes("starts_on", 1, 3, 2026),
    )
    assert "It is not a licence" in page
