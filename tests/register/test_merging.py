"""Two records of one person made one, and made two again exactly as they were."""

import re
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest
from accounts.signing_in import as_owner
from approvals.proposals import REFUSED, sqlstate_of
from clients import CheckingClient
from conftest import SignIn
from factories import accounts, register
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from journeys.reading import first_column, links
from sqlalchemy import text

from licensing.db import acting_as
from licensing.matching.identifiers import IdentifierKind
from licensing.permissions import Role
from licensing.register.catalogue import LicenceKind
from licensing.register.details import LicenceDetails, OtherName, PersonDetails
from licensing.register.events import NameKind
from licensing.setup import owner_session

AGREED = {"checked": "y"}
CHOICES = {"name": "kept", "date_of_birth": "kept", "deceased_on": "kept", "source_id": "kept"}
NINO = (IdentifierKind.NI_NUMBER, "QQ123456C")
PLAIN = replace(register.PLAIN, licences=())
ONE = replace(register.KHAN, source_id="S1", identifiers=(NINO,))
OTHER = replace(
    register.KHAN,
    given_names="Mohd.",
    family_name="Kahn",
    source_id="S2",
    address="9 Sample Street",
    other_names=(OtherName(NameKind.ALIAS, "Aslam", "Sampleson"),),
    identifiers=(NINO, (IdentifierKind.DRIVER_NUMBER, "KHAN9803040MA9AA")),
    licences=(LicenceDetails(LicenceKind.PRIVATE_HIRE_DRIVER, "PHD0042", "42", (register.GRANTED,)),),
)
# Everything of a person that a merge touches; what is written again when it is undone (keys, periods) included.
WHOLE = {
    "person": "SELECT * FROM person ORDER BY id",
    "person_name": "SELECT * FROM person_name ORDER BY id",
    "person_address": "SELECT * FROM person_address ORDER BY id",
    "person_identifier": "SELECT * FROM person_identifier ORDER BY id",
    "licence": "SELECT * FROM licence ORDER BY id",
    "licence_event": "SELECT * FROM licence_event ORDER BY id",
    "licence_period": "SELECT * FROM licence_period ORDER BY licence_id, from_on",
    "position_held": "SELECT * FROM position_held ORDER BY id",
    "person_match": "SELECT person_id, names, date_of_birth, postcodes, identifiers, keys FROM person_match"
    " ORDER BY person_id",
    "match_key": "SELECT * FROM match_key ORDER BY key, person_id",
    "same_person": "SELECT * FROM same_person ORDER BY id",
    "verdict": "SELECT * FROM verdict ORDER BY id",
    "verdict_ground": "SELECT * FROM verdict_ground ORDER BY verdict_id",
    "check_result": "SELECT * FROM check_result ORDER BY check_id, number, rank",
}


def whole_register() -> dict[str, Any]:
    with owner_session() as session:
        found = {table: [tuple(row) for row in session.execute(text(sql))] for table, sql in WHOLE.items()}
    found["person_match"] = [
        tuple(sorted(v) if isinstance(v, list) else v for v in row) for row in found["person_match"]
    ]
    return found


def agree(manager: CheckingClient) -> Any:
    listed = manager.get("/approvals").text
    waiting = listed.partition("Waiting")[2] or listed
    address = next(link for link in links(waiting) if re.fullmatch(r"/approvals/[0-9a-f-]{36}", link))
    return manager.post(f"{address}/approve", data=AGREED)


def ask(officer: CheckingClient, kept: UUID, merged: UUID, **choices: str) -> Any:
    data = {**CHOICES, **choices, "reason": "Same driving licence and photograph"}
    return officer.post(f"/people/{kept}/merge?with={merged}", data=data)


@pytest.fixture
def two(app: Flask, signed_in: SignIn) -> tuple[CheckingClient, CheckingClient, UUID, UUID]:
    kept, merged = register.add(ONE, accounts.OXFORD), register.add(OTHER, accounts.OXFORD)
    return signed_in(Role.LICENSING_OFFICER), signed_in(Role.LICENSING_MANAGER), kept, merged


Two = tuple[CheckingClient, CheckingClient, UUID, UUID]


def test_duplicates_are_suggested_with_reasons_and_compared_field_by_field(two: Two) -> None:
    officer, _, kept, merged = two
    page = officer.get("/people/duplicates").text
    assert "National Insurance number agrees" in page
    page = officer.get(f"/people/{kept}/duplicates").text
    assert "Mohd. Kahn" in page
    assert "ate of birth agrees" in page
    page = officer.get(f"/people/{kept}/merge?with={merged}").text
    assert "Private hire driver PHD0042" in page


def test_records_become_one_once_a_second_person_agrees_and_both_names_still_find_it(two: Two) -> None:
    officer, manager, kept, merged = two
    assert ask(officer, kept, merged).status_code == 302
    assert "PHD0042" not in officer.get(f"/people/{kept}").text
    assert agree(officer).status_code in (403, 404)
    assert agree(manager).status_code == 302

    page = officer.get(f"/people/{kept}").text
    assert "PHD0042" in page
    assert "Aslam Sampleson" in page
    moved = officer.get(f"/people/{merged}")
    assert moved.status_code == 302
    assert moved.location.endswith(str(kept))
    assert first_column(officer.get("/people").text) == ["Mohammed Aslam Khan"]
    found = officer.post("/people/find", data={"given_names": "Mohd", "family_name": "Kahn"}).location
    assert first_column(officer.get(found).text) == ["Mohammed Aslam Khan"]


def test_the_other_records_answers_can_be_chosen_field_by_field(two: Two) -> None:
    officer, manager, kept, merged = two
    ask(officer, kept, merged, name="merged", source_id="merged")
    agree(manager)
    page = officer.get(f"/people/{kept}").text
    assert "Mohd. Kahn" in page
    assert ">S2<" in page.replace(" ", "").replace("\n", "")


def test_who_asked_and_may_not_read_records_any_more_is_told_that_much(two: Two) -> None:
    officer, _, kept, merged = two
    assert ask(officer, kept, merged).status_code == 302
    as_owner("UPDATE role_held SET role = 'auditor' WHERE role = 'licensing_officer'")

    page = officer.get("/approvals")

    assert page.status_code == 200
    assert "A record that is not shown to you" in page.text
    assert "Khan" not in page.text


def test_a_record_that_changed_since_is_not_merged_and_the_approver_is_told(two: Two) -> None:
    from journeys.keeping import keep

    officer, manager, kept, merged = two
    ask(officer, kept, merged)
    keep(officer, f"/people/{merged}/name", what="current", given_names="Mohd.", family_name="Kahnson")
    told = agree(manager)
    assert told.status_code == 422
    assert "changed since this was asked for" in told.text


def test_two_merges_of_one_record_are_refused_the_second_time(two: Two) -> None:
    officer, manager, kept, merged = two
    ask(officer, kept, merged)
    ask(officer, merged, kept)
    assert agree(manager).status_code == 302
    told = agree(manager)
    assert told.status_code == 422
    assert "merged in between" in told.text


def test_another_councils_record_cannot_be_compared_or_merged(two: Two) -> None:
    officer, _, kept, _ = two
    theirs = register.add(ONE, accounts.CHERWELL)
    answer = officer.get(f"/people/{kept}/merge?with={theirs}")
    assert answer.status_code == 302
    assert answer.location.endswith("/duplicates")


def undo(officer: CheckingClient, manager: CheckingClient, kept: UUID) -> None:
    address = next(link for link in links(officer.get(f"/people/{kept}").text) if link.startswith("/merges/"))
    assert officer.post(address, data={"reason": "Two cousins after all"}).status_code == 302
    assert agree(manager).status_code == 302


details = st.builds(
    PersonDetails,
    given_names=st.sampled_from(["Petra", "Petra Example", "P."]),
    family_name=st.sampled_from(["Sampleová", "Sample"]),
    date_of_birth=st.sampled_from([None, register.KHAN.date_of_birth]),
    address=st.sampled_from(["", "1 Sample Street"]),
    postcode=st.sampled_from(["", "OX99 1AA"]),
    other_names=st.lists(st.just(OtherName(NameKind.FORMER, "Petra", "Example")), max_size=2).map(tuple),
    identifiers=st.lists(st.sampled_from([NINO, (IdentifierKind.NI_NUMBER, "QQ654321A")]), unique=True).map(tuple),
)
choices = st.fixed_dictionaries({name: st.sampled_from(["kept", "merged"]) for name in CHOICES})


# Which of the two records is linked to which of two of another council, and of which a verdict is given there.
links_made = st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), unique=True)
verdicts_given = st.lists(st.integers(0, 1), max_size=3)


def ends_and_people_judged() -> set[UUID]:
    """Every record to which a link or a verdict points."""
    ends = "SELECT first_person_id FROM same_person UNION SELECT second_person_id FROM same_person"
    with owner_session() as session:
        return set(session.scalars(text(f"{ends} UNION SELECT person_id FROM verdict")))


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(one=details, other=details, chosen=choices, linked=links_made, judged=verdicts_given)
def test_a_merge_undone_leaves_the_register_as_it_was(
    app: Flask,
    signed_in: SignIn,
    one: PersonDetails,
    other: PersonDetails,
    chosen: dict[str, str],
    linked: list[tuple[int, int]],
    judged: list[int],
) -> None:
    number = iter(range(1_000_000))
    shared, alone = (register.add(_numbered(PLAIN, next(number)), accounts.CHERWELL) for _ in range(2))
    kept, merged = (register.add(_numbered(details, next(number)), accounts.OXFORD) for details in (one, other))
    officer, manager = signed_in(Role.LICENSING_OFFICER), signed_in(Role.LICENSING_MANAGER)
    for ours, theirs in linked:
        register.link((kept, merged)[ours], [shared, alone][theirs])
    for said_of in judged:
        register.judge(accounts.CHERWELL, (kept, merged)[said_of])
    before = whole_register()
    assert ask(officer, kept, merged, **chosen).status_code == 302
    assert agree(manager).status_code == 302
    assert whole_register() != before
    assert merged not in ends_and_people_judged()
    undo(officer, manager, kept)
    assert whole_register() == before


def _numbered(details: PersonDetails, number: int) -> PersonDetails:
    """With a licence and a key of its own."""
    own = uuid4().hex[:8]
    licence = LicenceDetails(LicenceKind.PRIVATE_HIRE_DRIVER, f"PHD{own}", events=(register.GRANTED,))
    return replace(details, source_id=f"S{own}{number}", licences=(licence,))


def standing() -> set[tuple[UUID, UUID]]:
    """The two ends of every link that counts."""
    counts = "SELECT first_person_id, second_person_id FROM same_person WHERE ended_at IS NULL AND NOT repeats"
    with owner_session() as session:
        return {(row[0], row[1]) for row in session.execute(text(counts))}


def pair(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    return (one, other) if one < other else (other, one)


class Joining:
    """Merges and their undoing; `ours` and `mine` are Oxford's records, `theirs` and `others` Cherwell's."""

    def __init__(self, ours: UUID, mine: UUID) -> None:
        self.ours, self.mine = ours, mine
        self.theirs, self.others = (
            register.add(replace(details, source_id=None), accounts.CHERWELL) for details in (ONE, OTHER)
        )

    def merge(self, kept: UUID, merged: UUID, code: str = accounts.OXFORD) -> UUID:
        return register.merge(code, kept, merged, accounts.user(Role.LICENSING_OFFICER, code))

    def undo(self, merge_id: UUID, code: str = accounts.OXFORD) -> None:
        register.unmerge(code, merge_id)


@pytest.fixture
def joining(two: Two) -> Joining:
    return Joining(*two[2:])


def test_a_link_goes_with_the_record_and_comes_back_with_it(joining: Joining) -> None:
    one = joining
    register.link(one.mine, one.theirs)
    done = one.merge(one.ours, one.mine)
    assert standing() == {pair(one.ours, one.theirs)}
    one.undo(done)
    assert standing() == {pair(one.mine, one.theirs)}


def test_two_links_that_become_the_same_count_once_and_end_together(joining: Joining) -> None:
    one = joining
    first = register.link(one.ours, one.theirs)
    register.link(one.mine, one.theirs)
    done = one.merge(one.ours, one.mine)
    assert standing() == {pair(one.ours, one.theirs)}
    register.unlink(first)
    assert standing() == set()
    one.undo(done)
    assert standing() == set()


def test_links_follow_merges_of_both_councils_in_whatever_order_they_are_undone(joining: Joining) -> None:
    one = joining
    all_three = {(one.ours, one.theirs), (one.mine, one.theirs), (one.mine, one.others)}
    for ends in all_three:
        register.link(*ends)
    before = standing()
    ours = one.merge(one.ours, one.mine)
    assert standing() == {pair(one.ours, one.theirs), pair(one.ours, one.others)}
    theirs = one.merge(one.theirs, one.others, accounts.CHERWELL)
    assert standing() == {pair(one.ours, one.theirs)}
    one.undo(ours)
    assert standing() == {pair(one.ours, one.theirs), pair(one.mine, one.theirs)}
    one.undo(theirs, accounts.CHERWELL)
    assert standing() == before


def test_a_verdict_on_an_older_check_is_of_the_record_that_stands_now(joining: Joining) -> None:
    one = joining
    check_id = register.judge(accounts.CHERWELL, one.mine)
    done = one.merge(one.ours, one.mine)
    register.judge(accounts.CHERWELL, one.mine, check_id)
    assert ends_and_people_judged() == {one.ours}
    one.undo(done)
    assert ends_and_people_judged() == {one.mine}


def test_no_statement_of_ones_own_makes_links_follow_what_nobody_approved(joining: Joining) -> None:
    one = joining
    register.link(one.mine, one.theirs)
    one.merge(one.ours, one.mine)
    with owner_session() as session:
        approved = session.scalars(text("SELECT id FROM proposal WHERE kind IN ('merge', 'cross_merge')")).all()
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_MANAGER))):
        for proposal_id in [*approved, uuid4()]:
            assert sqlstate_of("CALL follow_merge(:id)", id=proposal_id) == REFUSED
        for person_id in (one.ours, one.mine):
            assert sqlstate_of("SELECT standing_record(:id)", id=person_id) == REFUSED
