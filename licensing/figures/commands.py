"""The command that prints figures: as the owner, who sees all councils, so that what is small is withheld alike."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import click
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from licensing.dates import moment_in_words
from licensing.errors import RuleBroken
from licensing.figures import asking, queries
from licensing.figures.gathering import Figure, figures
from licensing.figures.rules import Period
from licensing.setup import owner_session

Command = TypeVar("Command", bound=Callable[..., Any])


def asks_for_figures(command: Command) -> Command:
    """The options of a command that is about figures."""
    for option in (
        click.option("--as-at", help="As had been recorded by then, like 2026-10-31T17:00. Now, where not given."),
        click.option("--to", "until_on", required=True, help="Last day of the period."),
        click.option("--from", "from_on", required=True, help="First day of the period."),
        click.option("--county", is_flag=True, help="Of the county and its districts."),
        click.option("--authority", "place", help="Of one council, by its GSS code."),
    ):
        command = option(command)
    return command


@click.command("figures")
@asks_for_figures
@with_appcontext
def print_figures(place: str | None, county: bool, from_on: str, until_on: str, as_at: str | None) -> None:
    """The figures of a briefing, as JSON. What is withheld has the value null."""
    with owner_session() as session:
        _, _, found = gather(session, place, county, from_on, until_on, as_at)
    click.echo(json.dumps([as_json(one) for one in found], ensure_ascii=False, indent=1))


def gather(
    session: Session, place: str | None, county: bool, from_on: str, until_on: str, as_at: str | None
) -> tuple[Period, datetime, list[Figure]]:
    """The period, the moment and the figures that the options ask for; a ClickException says what is wrong."""
    if (place is None) == (not county):
        raise click.ClickException("Give either --authority with a council's code, or --county.")
    try:
        period = Period(asking.day_of(from_on, "from_on"), asking.day_of(until_on, "until_on"))
        asking.check(session, period, place)
        at = asking.moment_of(as_at, datetime.now(UTC))
        _warn(at, queries.exact_since(session))
    except RuleBroken as broken:
        raise click.ClickException(broken.message) from broken
    return period, at, figures(session, period, at, place)


def _warn(at: datetime, since: datetime) -> None:
    if at < since:
        until = moment_in_words(since)
        click.echo(
            f"Before {until} it was not kept what had been believed of a case, an outcome or a date of birth "
            "that was put right later: those figures are as they were put right.",
            err=True,
        )


def as_json(figure: Figure) -> dict[str, object]:
    """One figure as scripts read it."""
    return {
        "code": figure.code,
        "name": figure.name,
        "value": figure.value,
        "shown": figure.shown,
        "previous": figure.previous,
        "last_year": figure.last_year,
        "definition": figure.definition,
        "unit": figure.unit.value,
        **({"reason": figure.reason} if figure.reason else {}),
    }
