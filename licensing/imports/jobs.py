"""What imports do in the background."""

from sqlalchemy import text

from licensing import jobs
from licensing.db import db


@jobs.task("purge_staged_rows", "Remove the rows of files after 90 days", for_asker=False, once=True, cron="30 2 * * *")
def purge_staged_rows() -> None:
    """Remove the rows of files staged 90 days ago; receipts stay. A file that was never applied is let go."""
    db.session.execute(text("CALL purge_staged_rows(NULL)"))
