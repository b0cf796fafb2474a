"""Jobs as the acting person may see them: those they asked for, and an administrator's whole council's."""

from uuid import UUID

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import exists, select

from licensing.db import db
from licensing.jobs.models import JobProgress
from licensing.jobs.rules import JobState

PER_PAGE = 25


def job_exists(job_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(JobProgress.id == job_id))))


def jobs_page(state: JobState | None, page: int) -> Pagination:
    """Jobs, newest first."""
    found = select(JobProgress).order_by(JobProgress.asked_at.desc(), JobProgress.number.desc())
    if state:
        found = found.where(JobProgress.state == state)
    return db.paginate(found, page=page, per_page=PER_PAGE, error_out=False)
