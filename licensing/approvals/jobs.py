"""What approvals do in the background."""

from uuid import UUID

from sqlalchemy import text

from licensing import jobs, mail
from licensing.db import db


@jobs.task("tell_approvers", "Write to those who may approve", for_asker=False)
def tell_approvers(proposal_id: UUID) -> None:
    """Write to everybody who may decide a proposal that is still open, in each of the councils that must agree.

    Whoever proposed it cannot know who they are: another council's users are hidden from them. The database tells the
    job alone, of the proposal that it was asked for.
    """
    for user_id in db.session.scalars(text("SELECT * FROM approvers_to_tell()")).all():
        mail.send(user_id, mail.MailKind.APPROVAL_WAITS)
