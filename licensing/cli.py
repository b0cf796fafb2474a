"""The commands of `flask --app wsgi`; each feature's own commands stand in its commands.py."""

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from licensing import serving, setup
from licensing.accounts import commands as accounts
from licensing.administration import commands as administration
from licensing.briefings import commands as briefings
from licensing.deadlines import commands as deadlines
from licensing.driver_check import commands as driver_check
from licensing.figures import commands as figures
from licensing.imports import commands as imports
from licensing.jobs import commands as jobs
from licensing.sample import commands as sample


def register_commands(app: Flask) -> None:
    for command in (
        set_up,
        serve,
        accounts.user,
        accounts.authority,
        sample.sample,
        imports.bring_in,
        deadlines.clock,
        driver_check.check,
        driver_check.matching,
        administration.keys,
        jobs.worker,
        figures.print_figures,
        briefings.print_briefing,
    ):
        app.cli.add_command(command)


@click.command("setup")
@with_appcontext
def set_up() -> None:
    """Make the database's roles, run the migrations, write the reference data. Safe to repeat."""
    try:
        setup.set_up(current_app._get_current_object())  # type: ignore[attr-defined]  (of the stand-in)
    except setup.SetupRefused as refused:
        raise click.ClickException(str(refused)) from refused
    click.echo("The database is set up.")


@click.command("serve")
@click.option("--port", default=5000, envvar="PORT", show_default=True)
@click.option("--workers", default=2, show_default=True)
@with_appcontext
def serve(port: int, workers: int) -> None:
    """Serve the product on this machine's own address."""
    serving.serve(port, workers)
