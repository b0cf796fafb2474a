"""Asking for a mail, in the transaction of the change that it tells of."""

from uuid import UUID

from licensing import jobs
from licensing.mail.jobs import send_mail
from licensing.mail.rules import LinkKind, MailKind


def send(to_user_id: UUID, kind: MailKind, **values: UUID | int) -> None:
    """Write to a user, once the transaction under way is committed. Kinds that carry a token go by send_link.

    `values` are the ids that the address of the kind's page needs, as task_id, and its counts (rules.WORDS).
    """
    jobs.defer(send_mail, to_user_id=to_user_id, kind=kind, **values)


def send_link(user_id: UUID, kind: LinkKind) -> None:
    """Send a user the single-use link that was issued to them in this transaction; works with nobody signed in too.

    Its token is made when the mail is sent. To somebody for whom no link of the kind stands nothing is sent.
    """
    send(user_id, MailKind(kind.value))
