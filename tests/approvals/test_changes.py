"""Proposing and deciding: never alone, once, in time, and by every authority that it concerns."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from accounts.signing_in import as_owner, trail
from approvals.proposals import CHANGED_SINCE, REFUSED, Done, acting, note_what_is_done, propose, sqlstate_of
from factories import accounts
from flask import Flask
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool
from werkzeug.exceptions import NotFound

from licensing.approvals import changes, queries
from licensing.approvals.changes import AlreadyProposed
from licensing.approvals.rules import ProposalStatus
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.setup import owner_session

DECIDE_EITHER = "CALL decide_proposal(:id, :approved, ''::bytea, NULL, NULL)"
DECIDE = "CALL decide_proposal(:id, true, NULL, NULL, NULL)"


@pytest.fixture
def done(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Done:
    return note_what_is_done(monkeypatch)


@pytest.fixture
def officer(app: Flask) -> UUID:
    return accounts.user(Role.LICENSING_OFFICER)


@pytest.fixture
def manager(app: Flask) -> UUID:
    return accounts.user(Role.LICENSING_MANAGER)


def approve(user_id: UUID, proposal_id: UUID) -> ProposalStatus:
    with acting(user_id):
        status = changes.approve(proposal_id).status
        db.session.commit()
        return status


def kept_status() -> str:
    ((status,),) = as_owner("SELECT status FROM proposal")
    return status


def test_what_a_second_person_approves_is_carried_out_in_the_same_transaction(
    done: Done, officer: UUID, manager: UUID
) -> None:
    proposal_id = propose(officer)
    assert done == []
    assert approve(manager, proposal_id) is ProposalStatus.APPROVED
    assert done == [proposal_id]
    assert trail("action", "object_id", "actor_id") == [
        ("proposed", proposal_id, officer),
        ("approved", proposal_id, manager),
    ]


def test_what_was_proposed_and_why_is_sealed_and_not_on_the_trail(done: Done, officer: UUID, manager: UUID) -> None:
    proposal_id = propose(officer)
    with acting(manager):
        changes.refuse(proposal_id, "The court asked for one record")
        db.session.commit()
        refused = queries.one_proposal(proposal_id)
        assert (refused.payload, refused.reason) == ({"of": "Petra Sampleová"}, "Asked for by the court")
        assert refused.refusal == "The court asked for one record"
    kept = str(as_owner("SELECT * FROM proposal")) + str(trail("*"))
    for words in ("Petra", "court", "record"):
        assert f"{words} " not in kept
    assert done == []


def test_nobody_decides_what_they_proposed_or_what_is_about_them(done: Done, manager: UUID) -> None:
    other = accounts.user(Role.LICENSING_MANAGER)
    own, about_other = propose(manager), propose(manager, object_id=other)
    with pytest.raises(RuleBroken, match="Somebody else must decide"):
        approve(manager, own)
    with pytest.raises(RuleBroken, match="about you"):
        approve(other, about_other)
    for user_id, proposal_id in ((manager, own), (other, about_other)):
        with acting(user_id):
            assert sqlstate_of(DECIDE, id=proposal_id) == REFUSED
    assert approve(other, own) is ProposalStatus.APPROVED
    assert done == [own]


OTHERS = [
    (Role.LICENSING_OFFICER, accounts.OXFORD),
    (Role.AUDITOR, accounts.OXFORD),
    (Role.ADMINISTRATOR, accounts.OXFORD),
    (Role.LICENSING_MANAGER, accounts.CHERWELL),
]


@pytest.mark.parametrize(("role", "code"), OTHERS)
def test_for_everybody_else_it_does_not_exist(done: Done, officer: UUID, role: Role, code: str) -> None:
    proposal_id, other = propose(officer), accounts.user(role, code)
    with acting(other):
        assert not queries.proposal_exists(proposal_id)
        with pytest.raises(NotFound):
            changes.approve(proposal_id)
        assert sqlstate_of(DECIDE, id=proposal_id) == REFUSED
    assert kept_status() == "open"


def test_where_it_crosses_two_councils_both_agree_and_neither_for_the_other(
    done: Done, officer: UUID, manager: UUID
) -> None:
    cherwells = accounts.user(Role.LICENSING_MANAGER, accounts.CHERWELL)
    proposal_id = propose(officer, accounts.CHERWELL)
    assert approve(cherwells, proposal_id) is ProposalStatus.OPEN
    assert done == []
    with pytest.raises(RuleBroken, match="approved this on"):
        approve(accounts.user(Role.LICENSING_MANAGER, accounts.CHERWELL), proposal_id)
    assert approve(manager, proposal_id) is ProposalStatus.APPROVED
    assert done == [proposal_id]
    ours, theirs = accounts.authority_id(accounts.OXFORD), accounts.authority_id(accounts.CHERWELL)
    told = set(trail("action", "authority_id"))
    assert told == {(action, council) for action in ("proposed", "approved") for council in (ours, theirs)}


def test_one_council_that_refuses_ends_it_for_both(done: Done, officer: UUID, manager: UUID) -> None:
    proposal_id = propose(officer, accounts.CHERWELL)
    with acting(manager):
        changes.refuse(proposal_id, "Not the same person")
        db.session.commit()
    with pytest.raises(RuleBroken, match="refused this on"):
        approve(accounts.user(Role.LICENSING_MANAGER, accounts.CHERWELL), proposal_id)
    assert done == []


def test_the_second_to_propose_the_same_is_told_who_was_first(done: Done, officer: UUID) -> None:
    person = uuid4()
    first = propose(officer, object_id=person)
    colleague = accounts.user(Role.LICENSING_OFFICER)
    with pytest.raises(AlreadyProposed, match="Test Licensing officer asked for this on") as refused:
        propose(colleague, object_id=person)
    assert refused.value.proposal_id == first
    with acting(officer):
        changes.withdraw(first)
        db.session.commit()
    assert propose(colleague, object_id=person) != first


def test_what_expired_cannot_be_approved_and_may_be_proposed_again(done: Done, officer: UUID, manager: UUID) -> None:
    person = uuid4()
    proposal_id = propose(officer, object_id=person)
    as_owner("UPDATE proposal SET expires_at = now()")
    with pytest.raises(RuleBroken, match="has expired"):
        approve(manager, proposal_id)
    with acting(manager):
        assert queries.one_proposal(proposal_id).status_now is ProposalStatus.EXPIRED
    assert propose(officer, object_id=person) != proposal_id
    assert done == []


def test_a_proposal_waits_a_fortnight_at_most_whatever_is_asked_for(done: Done, officer: UUID) -> None:
    propose(officer)
    assert as_owner("SELECT expires_at <= proposed_at + interval '14 days' FROM proposal") == [(True,)]
    with acting(officer):
        for_ever = text(
            "CALL propose(gen_random_uuid(), 'export', 'person', gen_random_uuid(), '', ''::bytea, ''::bytea,"
            " '{}', 'infinity', NULL)"
        )
        db.session.execute(for_ever)
        db.session.commit()
    assert as_owner("SELECT DISTINCT expires_at <= proposed_at + interval '14 days' FROM proposal") == [(True,)]


def test_only_the_proposer_takes_it_back(done: Done, officer: UUID, manager: UUID) -> None:
    proposal_id = propose(officer)
    with acting(manager):
        with pytest.raises(RuleBroken, match="Only whoever asked"):
            changes.withdraw(proposal_id)
        assert db.session.execute(text("CALL withdraw_proposal(:id, NULL)"), {"id": proposal_id}).scalar_one() is False
    with acting(officer):
        changes.withdraw(proposal_id)
        db.session.commit()
    with pytest.raises(RuleBroken, match="took this back"):
        approve(manager, proposal_id)


def test_where_the_record_changed_since_nothing_is_kept_and_it_stays_open(
    done: Done, officer: UUID, manager: UUID
) -> None:
    proposal_id = propose(officer)
    done.refuses = True
    with pytest.raises(RuleBroken, match=CHANGED_SINCE):
        approve(manager, proposal_id)
    assert kept_status() == "open"
    assert as_owner("SELECT decided_at FROM proposal_part") == [(None,)]
    done.refuses = False
    assert approve(manager, proposal_id) is ProposalStatus.APPROVED


def test_of_two_who_decide_at_once_one_wins(app: Flask, done: Done, officer: UUID) -> None:
    proposal_id = propose(officer)
    engine = create_engine(app.config["DATABASE_URL"], poolclass=NullPool)
    tokens = [accounts.open_session(accounts.user(Role.LICENSING_MANAGER)) for _ in range(6)]

    def decide(number: int) -> bool:
        with engine.begin() as connection:
            connection.execute(text("SELECT set_config('licensing.token', :token, true)"), {"token": tokens[number]})
            asked = {"id": proposal_id, "approved": number % 2 == 0}
            return bool(connection.execute(text(DECIDE_EITHER), asked).one().taken)

    with ThreadPoolExecutor(6) as pool:
        taken = list(pool.map(decide, range(6)))
    assert taken.count(True) == 1
    assert kept_status() == ("approved" if taken.index(True) % 2 == 0 else "refused")


@pytest.mark.parametrize(
    "lost",
    [
        "UPDATE user_account SET status = 'suspended' WHERE id = :proposer",
        "UPDATE role_held SET ended_at = now() WHERE user_id = :proposer",
        "UPDATE role_held SET role = 'briefing_reader' WHERE user_id = :proposer",
    ],
)
def test_what_its_proposer_may_not_ask_for_any_more_is_refused_and_not_approved(
    done: Done, officer: UUID, manager: UUID, lost: str
) -> None:
    proposal_id = propose(officer)
    as_owner(lost, proposer=officer)
    with pytest.raises(RuleBroken, match="Test Licensing officer asked for this, and may not ask for it any more"):
        approve(manager, proposal_id)
    with acting(manager):
        assert db.session.execute(text(DECIDE), {"id": proposal_id}).one().taken is False
        db.session.rollback()
        assert changes.refuse(proposal_id, "She has left").status is ProposalStatus.REFUSED
        db.session.rollback()
    as_owner("UPDATE user_account SET status = 'active' WHERE id = :id", id=officer)
    as_owner("UPDATE role_held SET ended_at = NULL, role = 'licensing_officer' WHERE user_id = :id", id=officer)
    assert approve(manager, proposal_id) is ProposalStatus.APPROVED


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE proposal SET status = 'approved'",
        "UPDATE proposal_part SET approved = true, decided_at = now()",
        "INSERT INTO proposal SELECT * FROM proposal",
        "DELETE FROM proposal_part",
    ],
)
def test_the_application_writes_no_decision_itself(done: Done, officer: UUID, manager: UUID, statement: str) -> None:
    propose(officer)
    with acting(manager):
        assert sqlstate_of(statement) == REFUSED


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE proposal_part SET decided_at = now(), decided_by = :proposer", "nobody decides their own"),
        ("UPDATE proposal SET permission = 'tasks.use'", "what was proposed does not change"),
    ],
)
def test_even_the_owner_cannot_let_the_proposer_decide(done: Done, officer: UUID, statement: str, said: str) -> None:
    propose(officer)
    with owner_session() as session, pytest.raises(DBAPIError, match=said):
        session.execute(text(statement), {"proposer": officer} if ":proposer" in statement else {})


@pytest.mark.parametrize("table", ["proposal SET status = 'open'", "proposal_part SET approved = false"])
def test_what_was_decided_stays_decided(done: Done, officer: UUID, manager: UUID, table: str) -> None:
    approve(manager, propose(officer))
    with owner_session() as session, pytest.raises(DBAPIError, match=r"ends once|decided once"):
        session.execute(text(f"UPDATE {table}"))


@pytest.mark.parametrize("role", [Role.BRIEFING_READER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_may_not_change_records_cannot_propose_to(app: Flask, role: Role) -> None:
    call = """CALL propose(gen_random_uuid(), 'merge', 'person', gen_random_uuid(), '', 'x', 'x', '{}',
        now() + interval '1 day', NULL)"""
    with acting(accounts.user(role)):
        assert sqlstate_of(call) == REFUSED
