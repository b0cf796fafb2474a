"""The command that writes a briefing of today's figures to a file: a draft, since nobody approved it."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from licensing.briefings import content as contents
from licensing.briefings.content import Content, Words
from licensing.briefings.documents import pdf_of
from licensing.figures import queries
from licensing.figures.commands import asks_for_figures, gather
from licensing.figures.words import Audience
from licensing.setup import owner_session

_OWNER = "The console of this service"


@click.command("briefing")
@asks_for_figures
@click.option("--audience", type=click.Choice([one.value for one in Audience]), default=Audience.CHIEF_EXECUTIVES.value)
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def print_briefing(
    place: str | None, county: bool, from_on: str, until_on: str, as_at: str | None, audience: str, output: Path
) -> None:
    """Two A4 pages of the figures of a council, or of the county and its districts."""
    with owner_session() as session:
        period, at, found = gather(session, place, county, from_on, until_on, as_at)
        places = queries.places_counted(session)
    area = next(one for one in places if one.code == place or (place is None and one.is_county))
    to = Audience(audience)
    made = Content(
        audience=to,
        area=contents.short_name(area.name),
        is_county=place is None,
        places=contents.columns(places),
        period=period,
        as_at=at,
        figures=contents.selected(found, to),
        words=Words(headline=f"The figures of {contents.short_name(area.name)}, without anybody’s comment."),
        reference="Not registered",
        version=0,
        owner=_OWNER,
    )
    output.write_bytes(pdf_of(made, "Draft"))
    click.echo(f"Two pages in {output}. Fingerprint {contents.fingerprint(made)}")
