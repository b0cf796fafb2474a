"""What an administrator can do, what needs a second person, and what the database refuses whatever is asked of it."""

from uuid import UUID, uuid4

import pytest
from accounts import browsers
from accounts.signing_in import as_owner
from administration.people import REFUSED, colleague, refused_by_database, roles_of, status_of
from approvals.proposals import acting, sqlstate_of
from factories import accounts
from flask import Flask
from sqlalchemy import text

from licensing.accounts.acting import who_is_acting
from licensing.accounts.rules import UserStatus
from licensing.administration import changes, queries
from licensing.approvals import changes as approvals
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.permissions import PRIVILEGED, Role
from licensing.setup import owner_session

GRANT = "CALL grant_role(:user, :role, NULL)"
APPROVED = "CALL grant_approved_role(:id, NULL)"
ACTS = {
    "a role": "CALL grant_role(:user, 'briefing_reader', NULL)",
    "the end of a role": "CALL end_role(:user, 'licensing_officer', NULL)",
    "a suspension": "CALL set_user_status(:user, 'suspended', NULL)",
    "a link": "CALL issue_link(:user, 'password_reset', sha256('known'), now() + interval '1 hour', NULL)",
    "the end of links": "CALL withdraw_links(:user, NULL)",
    "the end of sessions": "CALL end_user_sessions(:user)",
}


@pytest.fixture
def admin(app: Flask) -> UUID:
    return accounts.user(Role.ADMINISTRATOR)


def ask_for(admin: UUID, user_id: UUID, role: Role) -> UUID:
    """A committed proposal to give a privileged role."""
    with acting(admin):
        user = who_is_acting()
        assert user is not None
        proposal = changes.give_role(user, queries.one_account(user_id), role, "Needed for the work")
        assert proposal is not None
        proposal_id = proposal.id
        db.session.commit()
        return proposal_id


def test_the_database_and_the_table_of_permissions_name_the_same_roles_as_privileged(app: Flask) -> None:
    with owner_session() as session:
        named = {role for role in Role if session.scalar(text("SELECT is_privileged(:role)"), {"role": role.value})}
    assert named == PRIVILEGED


@pytest.mark.parametrize("role", sorted(set(Role) - PRIVILEGED))
def test_other_roles_are_given_at_once_and_once(admin: UUID, role: Role) -> None:
    user_id = accounts.user(Role.AUDITOR)
    with acting(admin):
        user = who_is_acting()
        assert user is not None
        assert changes.give_role(user, queries.one_account(user_id), role, "") is None
        db.session.commit()
        with pytest.raises(RuleBroken, match="holds this role already"):
            changes.give_role(user, queries.one_account(user_id), role, "")
    assert roles_of(user_id) == {"auditor", role}
    assert as_owner("SELECT granted_by FROM role_held WHERE role = :role", role=role.value) == [(admin,)]


@pytest.mark.parametrize("role", sorted(PRIVILEGED))
def test_no_administrator_gives_a_privileged_role_alone(admin: UUID, role: Role) -> None:
    user_id = colleague()
    assert refused_by_database(admin, GRANT, user=user_id, role=role.value)
    proposal_id = ask_for(admin, user_id, role)
    other = accounts.user(Role.ADMINISTRATOR)
    for somebody in (admin, other):
        assert refused_by_database(somebody, APPROVED, id=proposal_id)
        assert refused_by_database(somebody, "CALL decide_proposal(:id, true, NULL, NULL, NULL)", id=proposal_id)
    assert roles_of(user_id) == {"licensing_officer"}
    # The negative control: one who may approves it, and it is given.
    with acting(accounts.user(Role.AUDITOR)):
        approvals.approve(proposal_id)
        db.session.commit()
    assert roles_of(user_id) == {"licensing_officer", role}


def test_an_administrator_who_also_approves_roles_cannot_finish_what_she_began(admin: UUID) -> None:
    as_owner("INSERT INTO role_held (id, user_id, role) VALUES (gen_random_uuid(), :id, 'auditor')", id=admin)
    proposal_id = ask_for(admin, colleague(), Role.LICENSING_MANAGER)
    with acting(admin), pytest.raises(RuleBroken, match="Somebody else must decide"):
        approvals.approve(proposal_id)
    assert refused_by_database(admin, "CALL decide_proposal(:id, true, NULL, NULL, NULL)", id=proposal_id)


def test_whoever_receives_a_role_does_not_approve_it(admin: UUID) -> None:
    auditor = accounts.user(Role.AUDITOR)
    proposal_id = ask_for(admin, auditor, Role.DESIGNATED_OFFICER)
    with acting(auditor), pytest.raises(RuleBroken, match="about you"):
        approvals.approve(proposal_id)
    assert refused_by_database(auditor, "CALL decide_proposal(:id, true, NULL, NULL, NULL)", id=proposal_id)


def test_an_approval_gives_its_role_once_and_not_again_after_it_ended(admin: UUID) -> None:
    user_id, auditor = colleague(), accounts.user(Role.AUDITOR)
    proposal_id = ask_for(admin, user_id, Role.LICENSING_MANAGER)
    with acting(auditor):
        approvals.approve(proposal_id)
        db.session.commit()
    as_owner("UPDATE role_held SET ended_at = now() WHERE role = 'licensing_manager'")
    for somebody in (auditor, admin, user_id):
        assert refused_by_database(somebody, APPROVED, id=proposal_id)
    assert roles_of(user_id) == {"licensing_officer"}


def test_nobody_but_an_administrator_asks_for_a_role(admin: UUID) -> None:
    ask = (
        "CALL propose(gen_random_uuid(), 'role_grant', 'user', :user, 'auditor', ''::bytea, ''::bytea, '{}',"
        " now() + interval '1 day', NULL)"
    )
    user_id = colleague()
    for role in set(Role) - {Role.ADMINISTRATOR}:
        assert refused_by_database(accounts.user(role), ask, user=user_id), role
    assert refused_by_database(admin, ask, user=admin)
    assert refused_by_database(admin, ask, user=colleague(accounts.CHERWELL))
    assert not refused_by_database(admin, ask, user=user_id)


@pytest.mark.parametrize("act", sorted(ACTS))
def test_only_another_administrator_of_the_council_does_it(admin: UUID, act: str) -> None:
    ours, theirs = colleague(), colleague(accounts.CHERWELL)
    assert refused_by_database(admin, ACTS[act], user=admin)
    assert refused_by_database(admin, ACTS[act], user=theirs)
    assert refused_by_database(admin, ACTS[act], user=uuid4())
    for role in set(Role) - {Role.ADMINISTRATOR}:
        assert refused_by_database(accounts.user(role), ACTS[act], user=ours), role
    with acting(admin):
        assert sqlstate_of(ACTS[act], user=ours) == ""


@pytest.mark.parametrize("act", sorted(ACTS))
def test_the_database_too_wants_the_second_factor_shown_lately(admin: UUID, act: str) -> None:
    ours = colleague()
    with acting(admin):
        as_owner("UPDATE user_session SET second_factor_at = now() - interval '7 minutes'")
        assert sqlstate_of(ACTS[act], user=ours) == REFUSED


@pytest.mark.parametrize("role", list(Role))
def test_nobody_writes_accounts_roles_or_links_past_the_procedures(app: Flask, role: Role) -> None:
    user_id = accounts.user(role)
    for statement in (
        "INSERT INTO role_held (id, user_id, role) VALUES (gen_random_uuid(), :id, 'auditor')",
        "UPDATE role_held SET ended_at = NULL WHERE user_id = :id",
        "UPDATE user_account SET status = 'active' WHERE id = :id",
        "INSERT INTO invitation (id, user_id, token_hash, expires_at) VALUES (gen_random_uuid(), :id, '', now())",
        "SELECT code_hash FROM recovery_code WHERE user_id = :id",
        "SELECT write_link(:id, 'password_reset', ''::bytea, now(), NULL)",
        "SELECT take_second_factor(:id, 99999999999, NULL)",
        "SELECT check_administers(:id)",
    ):
        assert refused_by_database(user_id, statement, id=user_id), statement


def test_a_role_or_status_that_changes_holds_from_the_next_request(app: Flask, admin: UUID) -> None:
    user_id = colleague()
    browser = browsers.of_user(app, user_id)
    assert browser.get("/people").status_code == 200
    with acting(admin):
        user = who_is_acting()
        assert user is not None
        changes.end_role(user, queries.one_account(user_id), Role.LICENSING_OFFICER)
        db.session.commit()
        assert browser.get("/people").status_code == 403
    with acting(admin):
        changes.set_status(user, user_id, UserStatus.SUSPENDED)
        db.session.commit()
    assert browser.get("/").status_code == 302
    assert status_of(user_id) == "suspended"


def test_of_two_administrators_who_would_suspend_each_other_one_is_left(admin: UUID) -> None:
    other = accounts.user(Role.ADMINISTRATOR)
    with acting(other):
        user = who_is_acting()
        assert user is not None
        changes.set_status(user, admin, UserStatus.SUSPENDED)
        db.session.commit()
    assert refused_by_database(admin, ACTS["a suspension"], user=other)
    assert status_of(other) == "active"


def test_a_closed_account_holds_nothing_and_stays_closed(admin: UUID) -> None:
    user_id = colleague()
    with acting(admin):
        user = who_is_acting()
        assert user is not None
        changes.set_status(user, user_id, UserStatus.CLOSED)
        db.session.commit()
        with pytest.raises(RuleBroken, match="changed this account"):
            changes.set_status(user, user_id, UserStatus.ACTIVE)
    assert roles_of(user_id) == set()


def test_the_reset_of_a_privileged_holders_authenticator_needs_a_second_person(admin: UUID) -> None:
    manager = accounts.user(Role.LICENSING_MANAGER)
    link = "CALL issue_link(:user, 'second_factor_reset', sha256('known'), now() + interval '1 hour', NULL)"
    assert refused_by_database(admin, link, user=manager)
    assert not refused_by_database(admin, link, user=colleague())
    assert refused_by_database(admin, "CALL issue_approved_reset(:id, sha256('x'), now(), NULL)", id=uuid4())


def test_the_permission_functions_follow_a_role_that_ended(admin: UUID) -> None:
    with acting(admin):
        assert "users.manage" in db.session.scalar(text("SELECT acting_permissions()"))
        as_owner("UPDATE role_held SET ended_at = now() WHERE user_id = :id", id=admin)
        db.session.rollback()
        assert db.session.scalar(text("SELECT acting_permissions()")) == []
