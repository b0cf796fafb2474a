"""The flag: met where an officer meets the person, on the screen alone, and kept in the designated officer's log."""

import re
from uuid import UUID

import pytest
from accounts import browsers
from accounts.signing_in import as_owner, masked
from clients import CheckingClient
from conftest import SignIn
from factories import accounts, allegations, register, shared_cases, suitability
from flask import Flask
from journeys.checking import make_check
from journeys.reading import change_browser, pdf_text, words
from sqlalchemy import event, text

from licensing import dates
from licensing.allegations import finding
from licensing.allegations.changes import cases as changes
from licensing.allegations.changes import sharing
from licensing.allegations.queries import cases
from licensing.allegations.queries import sharing as queries
from licensing.allegations.subject import Subject
from licensing.allegations.words_of_sharing import Level
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import acting_as, db
from licensing.permissions import Role

SENTENCE = "Contact the designated officer at Oxfordshire County Council before any decision on this person."
PETRA = {
    "name": "Petra Example Sampleová",
    **{f"date_of_birth-{k}": v for k, v in zip(("day", "month", "year"), ["23", "7", "1991"], strict=True)},
}


@pytest.fixture
def lado(app: Flask) -> UUID:
    accounts.agree(accounts.OXFORD, accounts.CHERWELL)
    return allegations.officer()


@pytest.fixture
def person(lado: UUID) -> UUID:
    return register.add(register.PLAIN, accounts.OXFORD)


def licence_of(person_id: UUID) -> UUID:
    return as_owner("SELECT id FROM licence WHERE person_id = :id", id=person_id)[0][0]


def flagged(lado: UUID, person_id: UUID, *codes: str) -> UUID:
    case_id = allegations.open_case(lado, person_id)
    shared_cases.share(lado, case_id, *(codes or (accounts.OXFORD,)))
    return case_id


def pages_of(person_id: UUID) -> list[str]:
    """Every page on which the person is met before a decision."""
    officer, licence = accounts.user(Role.LICENSING_OFFICER), licence_of(person_id)
    company = register.add_things(accounts.OXFORD, person_id, officer).organisation_id
    made = suitability.record_all(accounts.OXFORD, officer, person_id, licence, company)
    return [
        f"/people/{person_id}",
        f"/licences/{licence}",
        f"/applications/{made.application_id}",
        f"/considerations/{made.consideration_id}",
        f"/licences/{licence}/decide",
        f"/licences/{licence}/decide?kind=warning",
        f"/people/{person_id}/application",
        f"/licences/{licence}/application",
        f"/licences/{licence}/consideration",
    ]


def test_it_is_read_on_every_page_where_the_person_is_met_and_each_is_in_the_log(
    signed_in: SignIn, lado: UUID, person: UUID
) -> None:
    pages, case_id = pages_of(person), flagged(lado, person)
    officer = signed_in(Role.LICENSING_OFFICER)
    for page in pages:
        assert SENTENCE in words(officer.get(page).text), page
    with shared_cases.opened(lado, case_id):
        through = [one.through.value for one in queries.flags_seen(case_id)]
    before_deciding = ["person", "licence", "application", "consideration", "licence", "licence"]
    assert through == [*before_deciding, "person", "licence", "licence"]


def test_without_one_nothing_differs_and_the_same_is_asked(signed_in: SignIn, lado: UUID, person: UUID) -> None:
    pages, officer = pages_of(person), signed_in(Role.LICENSING_OFFICER)
    without = {page: asked_for(officer, page) for page in pages}
    flagged(lado, person)
    for page, (statements, shown) in without.items():
        with_flag, warned = asked_for(officer, page)
        assert with_flag == statements, page
        # Whatever the page says otherwise is the same.
        assert unwarned(warned) == unwarned(shown), page
        assert SENTENCE not in words(shown)


def asked_for(client: CheckingClient, page: str) -> tuple[list[str], str]:
    """The statements that a page asked, and the page."""
    asked: list[str] = []

    def keep(*given: object) -> None:
        asked.append(str(given[2]))

    engine = db.engine
    event.listen(engine, "before_cursor_execute", keep)
    try:
        shown = client.get(page).text
    finally:
        event.remove(engine, "before_cursor_execute", keep)
    return asked, shown


def unwarned(page: str) -> str:
    """A page without the flag, however it is spaced."""
    flag = r'<div class="no-print"><div class="govuk-warning-text">.*?</div></div>'
    return " ".join(re.sub(flag, "", masked(page), flags=re.DOTALL).split())


def test_it_is_told_to_the_authority_for_which_it_is_set_alone(signed_in: SignIn, lado: UUID, person: UUID) -> None:
    elsewhere = register.add(register.PLAIN, accounts.CHERWELL)
    register.link(person, elsewhere)
    flagged(lado, person, accounts.CHERWELL)
    assert SENTENCE not in words(signed_in(Role.LICENSING_OFFICER).get(f"/people/{person}").text)
    change_browser()
    theirs = signed_in(Role.LICENSING_OFFICER, accounts.CHERWELL).get(f"/people/{elsewhere}")
    assert SENTENCE in words(theirs.text)


def test_a_link_that_ended_ends_the_flag_on_the_other_record(signed_in: SignIn, lado: UUID, person: UUID) -> None:
    elsewhere = register.add(register.PLAIN, accounts.CHERWELL)
    link = register.link(person, elsewhere)
    flagged(lado, person, accounts.CHERWELL)
    register.unlink(link)
    theirs = signed_in(Role.LICENSING_OFFICER, accounts.CHERWELL)
    assert SENTENCE not in words(theirs.get(f"/people/{elsewhere}").text)


def test_a_check_says_it_on_the_screen_and_neither_its_receipt_nor_the_kept_answer_does(
    signed_in: SignIn, lado: UUID, person: UUID
) -> None:
    flagged(lado, person, accounts.OXFORD, accounts.CHERWELL)
    for code in (accounts.OXFORD, accounts.CHERWELL):  # their own record, and another council's
        change_browser()
        officer = signed_in(Role.LICENSING_OFFICER, code)
        address = make_check(officer, **PETRA)
        assert SENTENCE in words(officer.get(address).text)
        assert "designated officer" not in pdf_text(officer.get(f"{address}/receipt.pdf").data)
    kept = as_owner("SELECT t::text FROM driver_check t") + as_owner("SELECT t::text FROM audit_entry t")
    assert "designated" not in str(kept)


def test_somebody_who_may_be_a_namesake_is_not_flagged(signed_in: SignIn, lado: UUID, person: UUID) -> None:
    flagged(lado, person, accounts.CHERWELL)
    officer = signed_in(Role.LICENSING_OFFICER, accounts.CHERWELL)
    page = officer.get(make_check(officer, name="Petra Example Sampleová")).text
    assert "Possible match" in page
    assert SENTENCE not in words(page)


def test_lists_searches_and_files_never_say_it(signed_in: SignIn, lado: UUID, person: UUID) -> None:
    flagged(lado, person)
    officer = signed_in(Role.LICENSING_MANAGER)
    found = officer.post("/find", data={"q": "Sampleová"}).location
    for page in (
        "/people",
        found,
        "/vetting/holders",
        "/training/people",
        f"/people/{person}/duplicates",
        "/work",
        "/",
    ):
        assert "designated officer" not in words(officer.get(page).text).lower(), page
    assert "designated" not in officer.post("/vetting/holders.csv", data={}).text.lower()


def test_a_printed_page_leaves_it_out(signed_in: SignIn, lado: UUID, person: UUID) -> None:
    flagged(lado, person)
    page = signed_in(Role.LICENSING_OFFICER).get(f"/people/{person}").text
    assert re.search(r'<div class="no-print">\s*<div class="govuk-warning-text">', page)


def test_the_contact_that_the_office_wrote_down_is_told(signed_in: SignIn, lado: UUID, person: UUID) -> None:
    flagged(lado, person)
    as_owner(
        "INSERT INTO lado_office (authority_id, contact, meeting_name, changed_by)"
        " SELECT authority_id, '01865 000000', 'JEM', id FROM user_account WHERE id = :id RETURNING contact",
        id=lado,
    )
    page = words(signed_in(Role.LICENSING_OFFICER).get(f"/people/{person}").text)
    assert "Oxfordshire County Council (01865 000000) before any decision" in page


def test_it_goes_with_a_merge_that_licensing_approves_alone_and_can_be_kept_to_the_former_record(
    signed_in: SignIn, lado: UUID, person: UUID
) -> None:
    """Domain story 26."""
    kept = register.add(register.numbered(7), accounts.OXFORD)
    case_id = flagged(lado, person)
    officer_id = accounts.user(Role.LICENSING_OFFICER)
    officer = signed_in(Role.LICENSING_OFFICER)
    merging = officer.get(f"/people/{kept}/merge?with={person}").text
    assert "designated officer" not in words(merging)
    merge_id = register.merge(accounts.OXFORD, kept, person, officer_id)
    assert SENTENCE in words(officer.get(f"/people/{kept}").text)

    with shared_cases.opened(lado, case_id) as case:
        subject = finding.holders([person])[person]
        assert subject.merged_into_id == kept
        sharing.follow_merges(allegations.acting(), case, False)
    change_browser()
    assert SENTENCE not in words(officer.get(f"/people/{kept}").text)
    register.unmerge(accounts.OXFORD, merge_id)
    change_browser()
    assert SENTENCE in words(officer.get(f"/people/{person}").text)
    assert SENTENCE not in words(officer.get(f"/people/{kept}").text)


def test_a_merge_waits_in_the_office_until_somebody_looks_at_the_case(lado: UUID, person: UUID) -> None:
    kept = register.add(register.numbered(7), accounts.OXFORD)
    case_id = flagged(lado, person)
    assert waiting(lado) == []
    register.merge(accounts.OXFORD, kept, person, accounts.user(Role.LICENSING_OFFICER))
    assert waiting(lado) == [("merge", case_id)]
    assert waiting(allegations.officer()) == [("merge", case_id)]
    with shared_cases.opened(lado, case_id):
        pass
    assert waiting(lado) == []


def test_a_record_that_is_merged_into_theirs_or_into_another_of_theirs_waits_too(
    app: Flask, lado: UUID, person: UUID
) -> None:
    merged, also = (register.add(register.numbered(number), accounts.OXFORD) for number in (7, 8))
    case_id, officer_id = flagged(lado, person), accounts.user(Role.LICENSING_OFFICER)
    register.merge(accounts.OXFORD, person, merged, officer_id)
    assert waiting(lado) == [("merge", case_id)]
    told = f"On {dates.in_words(dates.today())} licensing merged another record into this person’s."
    assert told in words(browsers.of_user(app, lado).get(f"/allegations/{case_id}").text)
    assert waiting(lado) == []
    with shared_cases.opened(lado, case_id) as case:
        changes.name_subject(allegations.acting(), case, Subject("Sample Subject", person, also=(also,)))
    register.merge(accounts.OXFORD, register.add(register.numbered(9), accounts.OXFORD), also, officer_id)
    assert waiting(lado) == [("merge", case_id)]


def waiting(officer_id: UUID) -> list[tuple[str, UUID | None]]:
    with acting_as(accounts.open_session(officer_id)):
        audit.record_alone(Action.LISTED, ObjectKind.ALLEGATION)
        return [(one.source, one.case_id) for one in cases.due() if one.source == "merge"]


def test_nothing_is_not_a_flag(signed_in: SignIn, lado: UUID, person: UUID) -> None:
    case_id = flagged(lado, person)
    shared_cases.share(lado, case_id, accounts.OXFORD, level=Level.NOTHING)
    assert SENTENCE not in words(signed_in(Role.LICENSING_OFFICER).get(f"/people/{person}").text)


def test_a_consultation_or_a_case_that_is_not_shared_reaches_nobody(
    signed_in: SignIn, lado: UUID, person: UUID
) -> None:
    """Domain story 12."""
    allegations.advise(lado)
    allegations.open_case(lado, person)
    assert SENTENCE not in words(signed_in(Role.LICENSING_OFFICER).get(f"/people/{person}").text)


def test_nobody_learns_of_a_merge_or_a_link_from_a_record_that_is_not_theirs_to_ask_of(
    signed_in: SignIn, lado: UUID, person: UUID
) -> None:
    elsewhere = register.add(register.PLAIN, accounts.CHERWELL)
    register.link(person, elsewhere)
    accounts.agree(accounts.WEST)
    third = accounts.user(Role.LICENSING_OFFICER, accounts.WEST)
    with acting_as(accounts.open_session(third)):
        assert finding.same_records([person]) == {person: [person]}
        db.session.rollback()
    with acting_as(accounts.open_session(lado)):
        assert finding.same_records([person]) == {person: [person]}  # no search or look is kept yet
        audit.record_alone(Action.SEARCHED, ObjectKind.ALLEGATION)
        assert set(finding.same_records([person])[person]) == {person, elsewhere}
    change_browser()
    make_check(signed_in(Role.LICENSING_OFFICER, accounts.WEST), **PETRA)
    with acting_as(accounts.open_session(third)):  # of whom their check told
        assert set(finding.same_records([person])[person]) == {person, elsewhere}


def test_that_a_flag_was_met_shows_in_no_transactions_number(lado: UUID, person: UUID) -> None:
    met = text("CALL meet_flags('{}', 'person', gen_random_uuid())")
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_OFFICER))):
        db.session.execute(met)
        assert db.session.scalar(text("SELECT pg_current_xact_id_if_assigned() IS NOT NULL"))
        db.session.rollback()
