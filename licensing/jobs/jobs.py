"""The upkeep of the queue itself."""

from sqlalchemy import text

from licensing.db import db
from licensing.jobs.asking import task


@task("forget_old_jobs", "Forget jobs that ended 30 days ago", for_asker=False, once=True, cron="10 2 * * *")
def forget_old_jobs() -> None:
    db.session.execute(text("CALL forget_old_jobs(NULL)"))
