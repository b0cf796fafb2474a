"""The command that runs a worker."""

import click
from flask import current_app
from flask.cli import with_appcontext


@click.command("worker")
@click.option("--with-parent", is_flag=True, hidden=True, help="Stop when standard input is closed.")
@with_appcontext
def worker(with_parent: bool) -> None:
    """Do background jobs until stopped. Any number of workers may run, on any machine that reaches the database."""
    from licensing.jobs import worker as working  # the queue's library is only loaded where it is used

    if with_parent:
        working.end_with_parent()
    working.run(current_app._get_current_object())  # type: ignore[attr-defined]
