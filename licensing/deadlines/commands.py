"""The commands about clocks: which there are, and when one that starts on a day is due."""

from datetime import date, datetime
from uuid import UUID

import click
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import Session

from licensing.accounts.models import Authority
from licensing.dates import DateNotUnderstood, parse_written
from licensing.deadlines import presenting, queries
from licensing.deadlines.catalogue import national_rules
from licensing.deadlines.codes import ClockCode
from licensing.deadlines.rules import ENGLAND, reckon
from licensing.errors import RuleBroken
from licensing.setup import owner_session


@click.group()
def clock() -> None:
    """The statutory clocks."""


@clock.command("list")
def list_clocks() -> None:
    """Every clock: its code, its length, where it comes from, and whether that was read there."""
    for rule in national_rules():
        sure = "" if rule.verified else " (not verified)"
        click.echo(f"{rule.code.value:20} {rule.words:42} {rule.name}. {rule.source}{sure}")


@clock.command()
@click.argument("code", type=click.Choice([one.value for one in ClockCode], case_sensitive=False))
@click.argument("start")
@click.option("--authority", "authority_code", help="The council's GSS code: its own periods and closed days count.")
@with_appcontext
def due(code: str, start: str, authority_code: str | None) -> None:
    """When the clock CODE that starts on START is due, and how it is counted, day by day.

    START is a date, as 2026-06-01 or 1 June 2026; for a clock of hours also a moment in England, as 2026-06-01T14:30.
    """
    begins = _start(start)
    with owner_session() as session:
        authority_id = _authority(session, authority_code)
        try:
            rule = queries.row_in_force(ClockCode(code), authority_id, queries.day_of(begins), session).as_rule()
        except RuleBroken as broken:
            raise click.ClickException(broken.message) from broken
        found = reckon(rule, begins, queries.calendar_of(authority_id, session))
    click.echo(f"{rule.name}: {rule.words}. {rule.source}{'' if rule.verified else ' (not verified)'}")
    for one in presenting.reckoning_rows(found):
        click.echo(f"  {one['number'] or '-':>3}  {one['day']}  {one['words']}".rstrip())
    click.echo(f"Due: {presenting.ends(found)}")


def _start(written: str) -> date | datetime:
    if "T" in written:
        try:
            return datetime.fromisoformat(written).replace(tzinfo=ENGLAND)
        except ValueError as error:
            raise click.ClickException(f"'{written}' is not a moment: write it like 2026-06-01T14:30") from error
    try:
        return parse_written(written)
    except DateNotUnderstood as error:
        raise click.ClickException(str(error)) from error


def _authority(session: Session, code: str | None) -> UUID | None:
    if code is None:
        return None
    found = session.scalar(select(Authority.id).where(Authority.code == code))
    if found is None:
        raise click.ClickException(f"There is no authority with the code {code}.")
    return found
