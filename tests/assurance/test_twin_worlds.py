"""Two worlds that differ in one hidden case, and nobody who is not entitled can tell which is which."""

import inspect

import pytest
from assurance import worlds
from assurance.hidden import Story, begin, opened
from doors import Visitor
from factories import accounts
from flask import Flask
from telling import FULL, Tell

from licensing.allegations import access
from licensing.allegations.words_of_sharing import LookPurpose
from licensing.db import acting_as
from licensing.permissions import Role

SAMPLE = [Role.LICENSING_MANAGER, Role.INFORMATION_OFFICER]
ROLES = [role for role in Role if role is not Role.DESIGNATED_OFFICER] if FULL else SAMPLE
# After which steps everything is asked, and after the others a part of it: every so manieth door, each time another.
WHOLE, PART = (("opens", "is_closed"), 16) if FULL else (("opens",), 60)
EVERY = 1 if FULL else 13
# Every so manieth page of the case itself, of which those asked have the address.
OF_CASE = 1 if FULL else 6


@pytest.fixture
def story(fast: Flask) -> Story:
    return begin(fast, ROLES)


def asked(app: Flask, story: Story, people: list[Visitor], step: int, every: int) -> list[worlds.Answer]:
    """What the unentitled are answered: at the service's doors, and at those of the case, whose ids they may have."""
    told = worlds.answers(app, people, story.councils, every, step % every, work=every < PART)
    for one in people:
        worlds.stepped_up(app)
        for endpoint, method, address in story.pages[step % OF_CASE :: OF_CASE]:
            data = {} if method == "POST" else None
            told.append(worlds.answer(one, f"{method} {endpoint}", one.browser.open(address, method=method, data=data)))
    return told


def compared(app: Flask, story: Story, step: int, every: int) -> tuple[int, list[str]]:
    """How many answers, and those that differ."""
    story.pages, people = story.ways(app), story.unentitled()
    here = asked(app, story, people, step, every)
    with worlds.in_twin(app):
        there = asked(app, story, people, step, every)
    return len(here), worlds.differences(here, there)


def merges(app: Flask, story: Story) -> list[worlds.Answer]:
    """Licensing alone merges the person's record, in either world."""
    worlds.stepped_up(app)
    address = f"/approvals/{story.proposal_id}"
    shown = story.approver.browser.get(address)
    done = story.approver.browser.post(f"{address}/approve", data={"checked": "y"})
    assert done.location == "/approvals"
    after = story.approver.browser.get("/approvals")
    return [worlds.answer(story.approver, "merging", one) for one in (shown, done, after)]


def test_no_answer_to_the_unentitled_differs_by_a_hidden_case(
    fast: Flask, story: Story, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    worlds.copy_world(fast)
    count, found = 0, []
    for number, step in enumerate(story.steps()):
        step()
        if FULL or step.__name__ in (*WHOLE, "names_nobody", "is_closed"):
            more, other = compared(fast, story, number, EVERY if step.__name__ in WHOLE else PART)
            count, found = count + more, found + [f"once it {step.__name__}: {one}" for one in other]
    here = merges(fast, story)
    with worlds.in_twin(fast):
        there = merges(fast, story)
    more, other = compared(fast, story, 8, PART)
    found += worlds.differences(here, there) + [f"once merged: {one}" for one in other]
    tell(
        "Twin worlds: answers to the unentitled that differ by a hidden case",
        count=count + len(here) + more,
        unexpected=found,
        control=differing_in_broken_builds(fast, story, monkeypatch),
    )


# Each wall taken away, in both worlds; they are not put back, and what is asked next does not depend on them.
ANYBODYS_FLAG = """CREATE OR REPLACE FUNCTION flags_met(given_keys bytea[], given_through text, given_object uuid)
RETURNS TABLE (met bytea, council text, contact text) LANGUAGE sql STABLE SECURITY DEFINER AS $$
    SELECT k.met, a.name, '' FROM case_share s JOIN authority a ON a.id = s.authority_id
    CROSS JOIN LATERAL unnest(given_keys) AS k (met)
    WHERE s.ended_at IS NULL AND s.level <> 'nothing' AND k.met = ANY (s.subject_keys) $$"""
ANYBODYS_CASE = """CREATE OR REPLACE FUNCTION known_cases() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER AS $$ SELECT id FROM lado_case $$"""


def differing_in_broken_builds(app: Flask, story: Story, monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """How many answers differ by another hidden case, of the person as merged, where a wall is missing: by which."""
    by_part = {one.part or str(one.role): one for one in story.people}
    elsewhere, auditor = by_part["another area's officer"], by_part[Role.AUDITOR]
    officer = next(one for one in story.people if one.user_id == story.councils[0].officer)
    case_id = opened(story.lado, story.kept_person)

    def differ(one: Visitor, address: str) -> int:
        here = worlds.answer(one, address, one.browser.get(address))
        with worlds.in_twin(app):
            there = worlds.answer(one, address, one.browser.get(address))
        return len(worlds.differences([here], [there]))

    def without(*statements: str) -> None:
        worlds.execute(*statements)
        with worlds.in_twin(app):
            worlds.execute(*statements)

    found = {}
    worlds.stepped_up(app)
    with worlds.in_twin(app):
        worlds.stepped_up(app)
    without(ANYBODYS_FLAG)
    found["whose flag it is"] = differ(officer, f"/people/{story.kept_person}")
    without("ALTER TABLE audit_entry DISABLE TRIGGER divert")
    with acting_as(accounts.open_session(story.lado)):
        access.look(case_id, LookPurpose.OWN_CASE)
    found["the trail apart"] = differ(auditor, "/audit")
    without("ALTER POLICY lado_case_select ON lado_case USING (true)")
    found["the policy of cases"] = differ(elsewhere, "/allegations")
    with monkeypatch.context() as patch:
        bare = inspect.unwrap(app.view_functions["allegations.show_case"])
        patch.setitem(app.view_functions, "allegations.show_case", bare)
        found["the lines under a route, and the policy"] = differ(officer, f"/allegations/{case_id}")
    without(ANYBODYS_CASE)
    found["who may know of a case"] = differ(elsewhere, f"/allegations/{case_id}/purpose")
    return found
