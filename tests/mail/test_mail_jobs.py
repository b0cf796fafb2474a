"""What mail says, to whom it goes, and the links that it carries."""

import re
from uuid import UUID, uuid4

import pytest
from accounts import browsers, two_councils
from factories import accounts
from flask import Flask
from mail.conftest import SentMail
from sqlalchemy import text

from licensing import mail
from licensing.accounts.acting import token_hash
from licensing.accounts.commands import add_invited, authority_of_code
from licensing.accounts.models import User
from licensing.db import db
from licensing.mail import LinkKind, MailKind
from licensing.mail.rules import ENDING, WORDS
from licensing.permissions import Role
from licensing.setup import owner_session
from licensing.web import SERVICE_NAME

LINK = re.compile(r"https://\S+")
# A page, and at most one random id or token.
ADDRESS = re.compile(
    r"https://licensing\.example\.org/([a-z-]*|((work|partner-tasks|briefings|need-to-know|need-to-know/reports)/[0-9a-f-]{36}|[a-z-]+/[\w-]{43}))"
)


def invited() -> UUID:
    with owner_session() as session:
        council = authority_of_code(session, accounts.OXFORD)
        add_invited(session, council, "new.officer@example.org", Role.LICENSING_OFFICER)
        session.commit()
        return session.query(User.id).filter_by(email="new.officer@example.org").one().id


def send(user_id: UUID, kind: MailKind, **ids: UUID) -> None:
    mail.send(user_id, kind, **ids)
    db.session.commit()


def token_in(text_of_mail: str) -> str:
    return LINK.findall(text_of_mail)[0].rpartition("/")[2]


def counts_of(kind: MailKind) -> dict[str, int]:
    return {name: number for number, name in enumerate(WORDS[kind].counts, start=2)}


def test_no_mail_of_any_kind_says_anything_that_is_on_a_record(sent: SentMail) -> None:
    """Canaries: the records of a whole council, among them the recipient's own name and task, and none in a mail."""
    council = two_councils.fill(accounts.OXFORD)
    for kind in (LinkKind.PASSWORD_RESET, LinkKind.SECOND_FACTOR_RESET):
        accounts.issue_link(council.officer, kind)
    shown = {
        MailKind.TASK_GIVEN: {"task_id": council.task_id},
        MailKind.READING_NOTICED: {"task_id": council.task_id},
        MailKind.PARTNER_ASKED: {"task_id": council.partner_task_id},
        MailKind.BRIEFING_PUBLISHED: {"briefing_id": council.briefing_id},
        MailKind.NOTE_ISSUED: {"note_id": council.note_id},
        MailKind.NOTES_REPORTED: {"report_id": council.notes_report_id},
    }
    for kind in MailKind:
        to = invited() if kind is MailKind.INVITATION else council.officer
        send(to, kind, **shown.get(kind, {}), **counts_of(kind))
    with owner_session() as session:
        session.execute(text("UPDATE user_account SET name = 'Canary Person' WHERE id = :id"), {"id": council.officer})
        session.commit()
        canaries = set(session.scalars(text(CANARIES))) - {""}
    assert len(canaries) > 15

    messages = [one for one in sent() if one["Subject"] in {words.subject for words in WORDS.values()}]
    assert {one["Subject"] for one in messages} == {words.subject for words in WORDS.values()}
    for one in messages:
        said = f"{one['Subject']}\n{LINK.sub('', one.get_content())}"
        assert not [canary for canary in canaries if canary.lower() in said.lower()]
        assert one.get_content_type() == "text/plain"
        assert not one.is_multipart()
        kind, words = next((kind, words) for kind, words in WORDS.items() if words.subject == one["Subject"])
        counts = counts_of(kind)
        assert ADDRESS.fullmatch(*LINK.findall(one.get_content()))
        assert (
            LINK.sub("", one.get_content()).split() == f"{SERVICE_NAME} {words.text.format(**counts)} {ENDING}".split()
        )


CANARIES = """
    SELECT name FROM user_account UNION SELECT email FROM user_account
    UNION SELECT given_names FROM person UNION SELECT family_name FROM person UNION SELECT reference FROM person
    UNION SELECT number FROM licence UNION SELECT name FROM premises UNION SELECT name FROM authority
    UNION SELECT reference FROM task UNION SELECT why FROM task UNION SELECT reference FROM import
    UNION SELECT id::text FROM user_account UNION SELECT id::text FROM person UNION SELECT id::text FROM task
"""


def test_a_mail_goes_to_the_user_alone_from_the_address_that_was_set(sent: SentMail) -> None:
    user = accounts.user(Role.LICENSING_OFFICER, email="officer@example.org")
    send(user, MailKind.APPROVAL_WAITS)
    (one,) = sent()
    assert (one["To"], one["From"], one["Cc"]) == ("officer@example.org", "licensing@example.org", None)
    assert LINK.findall(one.get_content()) == ["https://licensing.example.org/approvals"]


def test_a_mail_of_a_change_that_was_rolled_back_is_not_sent(sent: SentMail) -> None:
    mail.send(accounts.user(Role.LICENSING_OFFICER), MailKind.APPROVAL_WAITS)
    db.session.rollback()
    assert sent() == []


@pytest.mark.parametrize("kind", [MailKind.APPROVAL_WAITS, MailKind.PASSWORD_RESET, MailKind.INVITATION])
def test_nothing_is_sent_to_an_account_that_is_closed_or_unknown(sent: SentMail, kind: MailKind) -> None:
    closed = accounts.user(Role.LICENSING_OFFICER)
    with owner_session() as session:
        session.execute(text("UPDATE user_account SET status = 'closed' WHERE id = :id"), {"id": closed})
        session.commit()
    send(closed, kind)
    send(uuid4(), kind)
    assert sent() == []


def test_an_invitation_by_mail_works_and_the_token_stands_nowhere_else(mailing: Flask, sent: SentMail) -> None:
    mail.send_link(invited(), LinkKind.INVITATION)
    db.session.commit()
    (one,) = sent()
    token = token_in(one.get_content())
    assert browsers.of_nobody(mailing).get(f"/invitation/{token}").status_code == 200
    with owner_session() as session:
        assert (
            session.scalar(
                text("SELECT count(*) FROM procrastinate_jobs WHERE args::text LIKE :t"), {"t": f"%{token}%"}
            )
            == 0
        )
        assert session.scalar(text("SELECT kind FROM invitation WHERE token_hash = :h"), {"h": token_hash(token)})


def test_no_mail_brings_a_link_that_nobody_issued(sent: SentMail) -> None:
    mail.send_link(accounts.user(Role.LICENSING_OFFICER), LinkKind.PASSWORD_RESET)
    db.session.commit()
    assert sent() == []


def test_a_newer_link_of_a_kind_is_the_only_one_that_works(mailing: Flask, sent: SentMail) -> None:
    user = invited()
    for _ in range(2):
        mail.send_link(user, LinkKind.INVITATION)
        db.session.commit()
    old, new = (token_in(one.get_content()) for one in sent())
    assert browsers.of_nobody(mailing).get(f"/invitation/{old}").status_code == 404
    assert browsers.of_nobody(mailing).get(f"/invitation/{new}").status_code == 200


def test_a_link_for_a_new_password_lasts_an_hour_and_is_no_invitation(mailing: Flask, sent: SentMail) -> None:
    user = accounts.user(Role.LICENSING_OFFICER)
    accounts.issue_link(user, LinkKind.PASSWORD_RESET)
    mail.send_link(user, LinkKind.PASSWORD_RESET)  # with nobody signed in, as when a password is forgotten
    db.session.commit()
    (one,) = sent()
    token = token_in(one.get_content())
    with owner_session() as session:
        kept = "SELECT kind, expires_at - now() < interval '61 minutes' FROM invitation WHERE token_hash = :hash"
        assert session.execute(text(kept), {"hash": token_hash(token)}).one() == ("password_reset", True)
        asked = "SELECT asked_by, authority_id FROM job_progress WHERE kind = 'send_mail'"
        assert session.execute(text(asked)).one() == (None, accounts.authority_id(accounts.OXFORD))
    assert browsers.of_nobody(mailing).get(f"/invitation/{token}").status_code == 404
