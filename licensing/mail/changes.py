"""Asking for a mail, in the transaction of the change that it tells of."""

from uuid import UUID

from licensing import jobs
from licensing.mail.jobs import send_mail
from licensing.mail.rules import LinkKind, MailKind


def send(to_user_id: UUID, kind: MailKind, **ids: UUID) -> None:
    """Write to a user, once the transaction under way is committed. Kinds that carry a token go by send_link.

    `ids` are those that the address of the kind's page needs (rules.WORDS), as task_id.
    """
    jobs.defer(send_mail, to_user_id=to_user_id, kind=kind, **ids)


def send_link(user_id: UUID, kind: LinkKind) -> None:
    """Send a user a single-use link, which replaces earlier ones of the kind; works with nobody signed in too.

    An invitation goes only to somebody who is invited, a password reset only to an active user: to anybody else
    nothing is sent, and whoever asked is told nothing of that.
    """
    send(user_id, MailKind(kind.value))
