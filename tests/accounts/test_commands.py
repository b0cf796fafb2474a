"""Inviting, adding councils, recording agreements, and acting on somebody's behalf."""

import re
from datetime import date

import click
import pytest
from accounts import browsers
from accounts.signing_in import as_owner, trail
from click.testing import Result
from factories import accounts
from flask import Flask
from sqlalchemy import text

from licensing.accounts.acting import who_is_acting
from licensing.accounts.commands import on_behalf_of
from licensing.db import db
from licensing.permissions import NEVER_BY_COMMAND, Role

INVITE = ("user", "invite", "Nora@Example.org", "--role", "licensing_officer", "--authority")
ADD = ("authority", "add", "E06000001", "Sample Borough Council", "--tier", "unitary", "--email", "taxi@example.org")
AGREE = ("authority", "agree", "E07000177", "ISA-7", "--signed-on")


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=words)


def test_an_invitation_prints_a_link_that_works_and_is_kept_nowhere(app: Flask) -> None:
    result = run(app, *INVITE, "e07000178")
    assert result.exit_code == 0, result.output
    link = re.search(r"(/invitation/\S{43}) ", result.output)
    assert link is not None
    page = browsers.of_nobody(app).get(link[1])
    assert page.status_code == 200
    assert "nora@example.org" in page.text
    assert as_owner("SELECT status, name FROM user_account") == [("invited", "")]
    assert trail("action", "authority_id", "details") == [
        ("user_invited", accounts.authority_id(accounts.OXFORD), {"role": "licensing_officer"})
    ]


def test_nobody_is_invited_twice_or_to_a_council_that_is_not_here(app: Flask) -> None:
    run(app, *INVITE, accounts.OXFORD)
    again = run(app, *INVITE, accounts.CHERWELL)
    assert again.exit_code == 1
    assert "nora@example.org already has an account" in again.output
    nowhere = run(app, "user", "invite", "x@example.org", "--role", "auditor", "--authority", "E07009999")
    assert nowhere.exit_code == 1
    assert "No council here has the code E07009999. Codes look like E07000178." in nowhere.output
    assert run(app, "user", "invite", "x@example.org", "--role", "chief", "--authority", accounts.OXFORD).exit_code == 2
    assert as_owner("SELECT count(*) FROM user_account") == [(1,)]


def test_nobody_is_invited_among_samples_without_saying_so(app: Flask) -> None:
    assert run(app, *INVITE, accounts.OXFORD, "--sample").exit_code == 1
    accounts.user(Role.LICENSING_OFFICER)
    as_owner("UPDATE user_account SET is_sample = true")
    refused = run(app, *INVITE, accounts.OXFORD)
    assert refused.exit_code == 1
    assert "This database holds invented records" in refused.output
    assert run(app, *INVITE, accounts.OXFORD, "--sample").exit_code == 0
    assert as_owner("SELECT is_sample, count(*) FROM user_account GROUP BY is_sample") == [(True, 2)]


def test_a_council_is_added_once_and_not_searched_before_its_agreement(app: Flask) -> None:
    result = run(app, *ADD)
    assert result.exit_code == 0, result.output
    assert "once its agreement is recorded" in result.output
    kept = as_owner("SELECT tier, valid_from, agreement_signed_on FROM authority WHERE code = 'E06000001'")
    assert kept == [("unitary", date.today(), None)]
    again = run(app, *ADD)
    assert again.exit_code == 1
    assert "E06000001 is already here" in again.output
    assert trail("action", "object_kind") == [("added", "authority")]


@pytest.mark.parametrize("code", ["W06000015", "E0600001", "Oxford", "E060000011"])
def test_a_code_that_is_no_english_councils_is_refused(app: Flask, code: str) -> None:
    result = run(app, "authority", "add", code, *ADD[3:])
    assert result.exit_code == 1
    assert "Codes look like E07000178" in result.output


def test_an_agreement_is_recorded_and_on_the_trail_with_what_was_before(app: Flask) -> None:
    result = run(app, *AGREE, "2025-06-01", "--review-on", "2026-06-01")
    assert result.exit_code == 0, result.output
    run(app, *AGREE, "2025-07-01", "--review-on", "2026-07-01")
    kept = as_owner("SELECT agreement_reference, agreement_signed_on FROM authority WHERE code = 'E07000177'")
    assert kept == [("ISA-7", date(2025, 7, 1))]
    first, second = (details for (details,) in trail("details"))
    assert first == {"before": [None, None, None], "after": ["ISA-7", "2025-06-01", "2026-06-01"]}
    assert second["before"] == first["after"]


def test_an_agreement_is_reviewed_after_it_was_signed(app: Flask) -> None:
    result = run(app, *AGREE, "2025-06-01", "--review-on", "2025-06-01")
    assert result.exit_code == 1
    assert "The review must be after the day of signing" in result.output
    assert run(app, *AGREE, "1 June 2025", "--review-on", "2026-06-01").exit_code == 2
    assert trail("action") == []


def test_a_command_acts_for_somebody_in_a_session_that_ends_with_it(app: Flask) -> None:
    accounts.user(Role.LICENSING_OFFICER, email="officer@example.org")
    with on_behalf_of("Officer@Example.org") as user:
        assert user.email == "officer@example.org"
        acting = db.session.scalar(text("SELECT acting_user()"))
        assert acting == user.id
    assert who_is_acting() is None
    assert as_owner("SELECT kind, ended_at IS NOT NULL FROM user_session") == [("console", True)]


def test_the_session_ends_and_what_was_begun_is_undone_when_a_command_breaks_off(app: Flask) -> None:
    accounts.user(Role.LICENSING_OFFICER, email="officer@example.org")
    broken_off = RuntimeError("broken off")

    def break_off() -> None:
        with on_behalf_of("officer@example.org") as user:
            draft = text("INSERT INTO draft (id, user_id, sealed) VALUES (gen_random_uuid(), :id, ''::bytea)")
            db.session.execute(draft, {"id": user.id})
            raise broken_off

    with pytest.raises(RuntimeError, match="broken off"):
        break_off()
    assert who_is_acting() is None
    assert as_owner("SELECT ended_at IS NOT NULL FROM user_session") == [(True,)]
    assert as_owner("SELECT 1 FROM draft") == []


@pytest.mark.parametrize("role", sorted(NEVER_BY_COMMAND))
def test_no_command_acts_for_a_designated_officer_or_an_auditor(app: Flask, role: Role) -> None:
    user_id = accounts.user(role, email="closed@example.org")
    as_owner(
        "INSERT INTO role_held (id, user_id, role) VALUES (gen_random_uuid(), :id, 'licensing_officer')", id=user_id
    )
    with pytest.raises(click.ClickException, match="cannot act for a designated officer or an auditor"):
        on_behalf_of("closed@example.org").__enter__()
    assert as_owner("SELECT 1 FROM user_session") == []
    as_owner("UPDATE role_held SET ended_at = now() WHERE role = :role", role=role)
    with on_behalf_of("closed@example.org") as user:
        assert user.roles == (Role.LICENSING_OFFICER,)


def test_a_command_acts_for_a_designated_officer_only_where_the_account_is_a_sample(app: Flask) -> None:
    accounts.user(Role.DESIGNATED_OFFICER, email="lado@example.org")
    with pytest.raises(click.ClickException, match="cannot act for a designated officer"):
        on_behalf_of("lado@example.org", as_sample=True).__enter__()
    as_owner("UPDATE user_account SET is_sample = true")
    with pytest.raises(click.ClickException, match="cannot act for a designated officer"):
        on_behalf_of("lado@example.org").__enter__()
    with on_behalf_of("lado@example.org", as_sample=True) as user:
        assert user.roles == (Role.DESIGNATED_OFFICER,)


@pytest.mark.parametrize("status", ["suspended", "closed", "invited"])
def test_no_command_acts_for_an_account_that_is_not_active(app: Flask, status: str) -> None:
    accounts.user(Role.LICENSING_OFFICER, email="gone@example.org")
    as_owner("UPDATE user_account SET status = :status", status=status)
    with pytest.raises(click.ClickException, match="no active account"):
        on_behalf_of("gone@example.org").__enter__()


def test_no_command_acts_for_somebody_of_a_council_that_has_ended(app: Flask) -> None:
    accounts.user(Role.LICENSING_OFFICER, email="officer@example.org")
    as_owner("UPDATE authority SET valid_to = current_date - 1")
    with pytest.raises(click.ClickException, match="record has ended"):
        on_behalf_of("officer@example.org").__enter__()
    assert as_owner("SELECT ended_at IS NOT NULL FROM user_session") == [(True,)]
