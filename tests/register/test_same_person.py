"""Linking two councils' records of one person: both agree, both see it, and either may ask to end it."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from accounts import browsers
from accounts.browsers import Browser
from approvals.proposals import acting
from factories import accounts, register
from flask import Flask
from journeys.checking import PURPOSE
from journeys.reading import boxes
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from licensing.approvals import changes as approvals
from licensing.approvals.kinds import ProposalKind
from licensing.approvals.models import Proposal
from licensing.audit.models import AuditEntry
from licensing.audit.rules import Action, ObjectKind
from licensing.db import acting_as, db
from licensing.errors import RuleBroken
from licensing.permissions import Role
from licensing.register.models import SamePerson
from licensing.register.same_person import linked_people
from licensing.setup import owner_session

KHAN = {"name": "Mohammed Aslam Khan", **boxes("date_of_birth", 4, 3, 1980)}
WHY = {"reason": "The same photograph on both badges"}
KNOWN = "Also known to <strong>{}</strong> as the same person"


class World:
    """Oxford and Cherwell with a record of Khan each, and Oxford's officer at a browser."""

    def __init__(self, app: Flask) -> None:
        accounts.agree(accounts.OXFORD, accounts.CHERWELL)
        self.app = app
        self.ours = register.add(register.KHAN, accounts.OXFORD)
        self.theirs = register.add(register.KHAN, accounts.CHERWELL)
        self.officer = self.browser(Role.LICENSING_OFFICER)

    def browser(self, role: Role, code: str = accounts.OXFORD) -> Browser:
        return browsers.of_user(self.app, accounts.user(role, code))

    def check(self) -> str:
        return str(self.officer.post("/checks/new", data={**PURPOSE, **KHAN}).location)

    def say_same(self, address: str) -> None:
        for result in (1, 2):
            data = {"judgement": "same", **WHY}
            assert self.officer.post(f"{address}/verdict?result={result}", data=data).status_code == 302

    def propose(self) -> UUID:
        address = self.check()
        self.say_same(address)
        assert self.officer.post(f"{address}/link", data=WHY).status_code == 302
        return last_proposal()

    def decide(self, proposal_id: UUID, *codes: str) -> None:
        for code in codes:
            manager = self.browser(Role.LICENSING_MANAGER, code)
            page = manager.get(f"/approvals/{proposal_id}").text
            assert "Link two councils’ records as the same person" in page or "End a link" in page
            answer = manager.post(f"/approvals/{proposal_id}/approve", data={"checked": "y"})
            assert answer.status_code == 302, answer.text

    def link(self) -> UUID:
        self.decide(self.propose(), accounts.OXFORD, accounts.CHERWELL)
        with owner_session() as session:
            return session.scalars(select(SamePerson.id)).one()


def last_proposal() -> UUID:
    with owner_session() as session:
        return session.scalars(select(Proposal.id).order_by(Proposal.proposed_at.desc())).first() or uuid4()


@pytest.fixture
def world(app: Flask) -> World:
    return World(app)


def test_a_link_is_offered_when_both_records_were_said_to_be_the_person(world: World) -> None:
    address = world.check()
    offered = "Link these two records as the same person"
    assert offered not in world.officer.get(address).text
    assert world.officer.get(f"{address}/link").status_code == 302
    world.say_same(address)
    assert offered in world.officer.get(address).text
    assert world.officer.post(f"{address}/link", data={}).status_code == 422
    page = world.officer.get(f"{address}/link").text
    assert page.count("4 March 1980") == 2


def test_both_councils_agree_and_each_sees_that_the_other_knows_the_person(world: World) -> None:
    proposal_id = world.propose()
    world.decide(proposal_id, accounts.OXFORD)
    assert "Also known to" not in world.officer.get(f"/people/{world.ours}").text
    world.decide(proposal_id, accounts.CHERWELL)
    for role_code, person, other in (
        (accounts.OXFORD, world.ours, "Cherwell District Council"),
        (accounts.CHERWELL, world.theirs, "Oxford City Council"),
    ):
        page = world.browser(Role.LICENSING_OFFICER, role_code).get(f"/people/{person}").text
        assert KNOWN.format(other) in page
    for unseen in (str(world.theirs), "Same photograph"):
        assert unseen not in world.officer.get(f"/people/{world.ours}").text
    with owner_session() as session:
        kept = session.scalars(select(AuditEntry).where(AuditEntry.action == Action.LINKED)).all()
        assert {entry.object_id for entry in kept} == {world.ours, world.theirs}
        assert len({entry.authority_id for entry in kept}) == 2


def test_a_link_is_not_asked_for_twice(world: World) -> None:
    world.propose()
    address = world.check()
    world.say_same(address)
    again = world.officer.post(f"{address}/link", data=WHY)
    assert again.status_code == 422
    assert "It is waiting for approval" in again.text


def test_a_check_says_which_result_is_linked_and_linked_records_do_not_compete(world: World) -> None:
    world.link()
    register.add(replace(register.KHAN, licences=(replace(register.KHAN.licences[0], number="W1"),)), accounts.OXFORD)
    page = world.officer.get(world.check()).text
    assert page.count("Both councils agreed that this is the same person as") == 1
    assert f"/people/{world.ours}" in page


def test_a_different_verdict_later_does_not_end_a_link(world: World) -> None:
    world.link()
    address = world.check()
    for result in (1, 2):
        data = {"judgement": "different", **WHY}
        seen = world.officer.get(f"{address}/verdict?result={result}").text
        data["seen"] = seen.partition('name="seen" type="hidden" value="')[2].partition('"')[0]
        assert world.officer.post(f"{address}/verdict?result={result}", data=data).status_code == 302
    assert KNOWN.format("Cherwell District Council") in world.officer.get(f"/people/{world.ours}").text


def test_a_link_ends_when_both_agree_and_can_be_made_again(world: World) -> None:
    link_id = world.link()
    assert world.officer.post(f"/links/{link_id}/end", data={}).status_code == 422
    assert world.officer.post(f"/links/{link_id}/end", data=WHY).status_code == 302
    assert world.officer.post(f"/links/{link_id}/end", data=WHY).status_code == 422  # it is waiting
    world.decide(last_proposal(), accounts.CHERWELL, accounts.OXFORD)
    assert "Also known to" not in world.officer.get(f"/people/{world.ours}").text
    assert world.officer.get(f"/links/{link_id}/end").status_code == 404
    world.decide(world.propose(), accounts.OXFORD, accounts.CHERWELL)
    with owner_session() as session:
        assert len(session.scalars(select(SamePerson)).all()) == 2


def test_a_third_council_sees_nothing_of_a_link(world: World) -> None:
    link_id = world.link()
    other = world.browser(Role.LICENSING_MANAGER, accounts.WEST)
    assert other.get(f"/links/{link_id}/end").status_code == 404
    assert other.get(f"/approvals/{last_proposal()}").status_code == 404
    with acting(accounts.user(Role.LICENSING_OFFICER, accounts.WEST)):
        assert linked_people(world.ours) == []
        assert db.session.scalars(select(SamePerson.id)).all() == []
        db.session.rollback()


def test_linked_people_are_told_to_the_council_of_the_person_alone(world: World) -> None:
    world.link()
    with acting(accounts.user(Role.LICENSING_OFFICER)):
        assert linked_people(world.ours) == [(accounts.authority_id(accounts.CHERWELL), world.theirs)]
        assert linked_people(world.theirs) == []
        db.session.rollback()
    with acting(accounts.user(Role.AUDITOR)):
        assert linked_people(world.ours) == []
        db.session.rollback()


def test_raw_statements_neither_link_nor_unlink_without_what_both_approved(world: World) -> None:
    link_id = world.link()
    done = last_proposal()
    officer = accounts.user(Role.LICENSING_MANAGER)
    statements = (
        f"CALL link_people('{done}', NULL)",  # approved, but not by this transaction
        f"CALL link_people('{uuid4()}', NULL)",
        f"CALL unlink_people('{done}', NULL)",
        f"UPDATE same_person SET ended_at = now() WHERE id = '{link_id}'",
        f"DELETE FROM same_person WHERE id = '{link_id}'",
        "INSERT INTO same_person SELECT * FROM same_person",
    )
    with acting_as(accounts.open_session(officer)):
        for statement in statements:
            with pytest.raises(DBAPIError) as refused:
                db.session.execute(text(statement))
            assert getattr(refused.value.orig, "sqlstate", "") == "42501", statement
            db.session.rollback()


def test_what_one_council_approves_alone_links_nothing_of_another(world: World) -> None:
    """A proposal that leaves out the council whose record it is: its own approver cannot carry it out."""
    first, second = sorted((world.ours, world.theirs))
    payload = {"records": [{"person_id": str(first)}, {"person_id": str(second)}], "check": "DC-0000-0000"}
    with acting(accounts.user(Role.LICENSING_OFFICER)):
        kind = ProposalKind.CROSS_MERGE
        proposal = approvals.propose(kind, ObjectKind.PERSON, first, payload, "Alone", code=str(second))
        db.session.commit()
        proposal_id = proposal.id
    with acting(accounts.user(Role.LICENSING_MANAGER)):
        with pytest.raises(RuleBroken, match="linked already"):
            approvals.approve(proposal_id)
        db.session.rollback()
    with owner_session() as session:
        assert session.scalars(select(SamePerson)).all() == []
