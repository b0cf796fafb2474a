"""Commands for invented data: load it, see who can sign in, and get a code to sign in with."""

import json
from datetime import date

import click
from flask.cli import with_appcontext
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from licensing.permissions import Role
from licensing.sample import accounts, loading
from licensing.sample.councils import COUNCILS, Scale
from licensing.sample.users import PASSWORD
from licensing.setup import owner_session


@click.group("sample")
def sample() -> None:
    """Invented councils, users and licence holders, to try the product with."""


@sample.command("load")
@click.option(
    "--scale", type=click.Choice([scale.value for scale in Scale]), default=Scale.SMALL.value, show_default=True
)
@with_appcontext
def load(scale: str) -> None:
    """Load the samples into an empty database. Safe to repeat; a load that was stopped is taken up again."""
    size = Scale(scale)
    try:
        missing = loading.missing(size)
    except loading.NotEmpty as refused:
        raise click.ClickException(f"{refused} Load samples into an empty database.") from refused
    if not missing:
        loading.finish()
        click.echo(f"The {size} samples are loaded already.")
        return
    people = sum(council.people(size) for council in missing)
    with _progress_bar() as bar:
        task = bar.add_task("Loading samples", total=people)
        loading.load(size, date.today(), missing, lambda written: bar.advance(task, written))
    click.echo(f"Loaded {people:,} invented people with licences, and what they own, at {len(missing)} councils.")


@sample.command("users")
@click.option("--json", "as_json", is_flag=True, help="For scripts: a list with password and authenticator secret.")
@with_appcontext
def users(as_json: bool) -> None:
    """Who can sign in on a sample database, and with what."""
    found = _users()
    if not found:
        raise click.ClickException("This database has no sample users. Load them with: flask --app wsgi sample load")
    if as_json:
        click.echo(json.dumps(found, indent=2))
        return
    for user in found:
        role, place = Role(user["role"]).label, _place(user["authority"])
        click.echo(f"{user['email']:<43} {role:<26} {place:<20} {user['totp_secret']}")
    click.echo(
        "The last column is the secret to type into an authenticator, or use: flask --app wsgi sample code EMAIL"
    )
    click.echo(f"The password of all: {PASSWORD}")


@sample.command("code")
@click.argument("email")
@with_appcontext
def code(email: str) -> None:
    """The six digits to type now as this sample user's code. Each signs in once."""
    try:
        with owner_session() as session:
            click.echo(accounts.code_to_type(session, email))
    except (accounts.NoSuchSample, accounts.NoCodeLeft) as refused:
        raise click.ClickException(str(refused)) from refused


@sample.command("greeting")
@click.option("--port", default=5000, envvar="PORT", show_default=True)
@with_appcontext
def greeting(port: int) -> None:
    """Where the product is served, and who can sign in to try it."""
    click.echo(f"\nOpen http://127.0.0.1:{port} in a browser.")
    officers = [user for user in _users() if user["role"] == Role.LICENSING_OFFICER]
    if not officers:
        return
    click.echo("\nSign in as the licensing officer of one of the councils, all invented people:\n")
    for user in officers:
        click.echo(f"  {user['email']:<40} {_place(user['authority'])}")
    click.echo(f"\n  Password: {PASSWORD}")
    click.echo(f"  Code:     .venv/bin/flask --app wsgi sample code {officers[0]['email']}")
    click.echo("\nEverybody else, in every role: .venv/bin/flask --app wsgi sample users\n")


def _users() -> list[dict[str, str]]:
    with owner_session() as session:
        return accounts.who_can_sign_in(session)


def _place(code: str) -> str:
    return next(council.place for council in COUNCILS if council.code == code)


def _progress_bar() -> Progress:
    """Nothing is drawn where nobody is watching."""
    console = Console(stderr=True)
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        disable=not console.is_terminal,
    )
