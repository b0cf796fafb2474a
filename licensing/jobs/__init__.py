"""Background jobs: what a change sets going and nobody waits for, on a queue in the same PostgreSQL.

A feature declares its jobs in its own jobs.py and defers them in the transaction of the change:

    @jobs.task("renew_name_statistics", "Count names anew", for_asker=False, once=True)
    def renew_name_statistics() -> None: ...

    jobs.defer(renew_name_statistics)

If that transaction is rolled back there is no job. A job acts for whoever asked, in a session of theirs; one
that is declared with `for_asker=False` acts for nobody, and can only call procedures that were made for it. The
work of a job is one transaction, which the worker commits: a worker that is killed leaves nothing half done, and
the job is done again. Arguments are ids, never anything personal. Start reading at asking.py, then running.py.
"""

from licensing.jobs.asking import Task, defer, report, task

__all__ = ["Task", "defer", "report", "task"]
