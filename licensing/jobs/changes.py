"""What an administrator can do about a job."""

from uuid import UUID

from sqlalchemy import text

from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken


def retry(job_id: UUID) -> None:
    """Put a failed job back into the queue. RuleBroken when it has not failed, or not any more."""
    retried = db.session.execute(text("CALL retry_job(:id, NULL)"), {"id": job_id}).scalar_one()
    if not retried:
        raise RuleBroken("Only a job that has failed can be started again. This one has not, or was started already.")
    audit.record(Action.JOB_RETRIED, ObjectKind.JOB, job_id)
