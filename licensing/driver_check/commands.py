"""A list of people through the driver check, and keeping the matching's tables."""

import csv
import hashlib
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from uuid import UUID

import click
from flask import current_app
from flask.cli import with_appcontext
from rich.progress import Progress

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.accounts.commands import on_behalf_of
from licensing.accounts.models import Authority
from licensing.cells import neutralised
from licensing.db import db
from licensing.driver_check import changes, queries
from licensing.driver_check.answers import Answer
from licensing.driver_check.asking import Asked, AskedList
from licensing.driver_check.rules import Purpose
from licensing.matching.bands import Band
from licensing.matching.field_words import Field, Word
from licensing.matching.scoring import Match
from licensing.permissions import Permission
from licensing.register import statistics
from licensing.setup import owner_session

_AT_ONCE = 250
_COLUMNS = ("given_names", "family_name", "dob", "postcode", "nino", "driving_licence_no", "licence_no", "vrm")
_FIELDS = {
    "given_names": Field.GIVEN_NAMES,
    "family_name": Field.FAMILY_NAME,
    "dob": Field.DATE_OF_BIRTH,
    "postcode": Field.POSTCODE,
    "nino": Field.NI_NUMBER,
    "driving_licence_no": Field.DRIVER_NUMBER,
    "licence_no": Field.BADGE_NUMBER,
    "vrm": Field.REGISTRATION_MARK,
}
_ANSWER = ("query_id", "rank", "person_ref", "source_id", "authority", "band", "score", *_COLUMNS)

Query = tuple[str, Asked]


@click.command("check")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "email", required=True, help="On whose behalf: the trail shows it.")
@click.option("--purpose", required=True, type=click.Choice([purpose.value for purpose in Purpose]))
@click.option("--reference", required=True, help="Your own reference, or “none yet”.")
@click.option("--output", required=True, type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def check(file: Path, email: str, purpose: str, reference: str, output: Path) -> None:
    """Check a CSV list of people against every register, and write who they may be."""
    asked = _read(file)
    if not asked:
        raise click.ClickException(f"{file} lists nobody.")
    with on_behalf_of(email) as user:
        if not user.may(Permission.CHECK_DRIVERS):
            raise click.ClickException(f"{email} may not check drivers.")
        check_id = _open(user, file, len(asked), Purpose(purpose), reference)
        with output.open("w", newline="", encoding="utf-8") as out, Progress(disable=not sys.stderr.isatty()) as bar:
            answers = csv.writer(out)
            answers.writerow(_ANSWER)
            task = bar.add_task("Checking", total=len(asked))
            remaining = iter(enumerate(asked))
            while some := list(islice(remaining, _AT_ONCE)):
                answers.writerows(_answer_rows(user, check_id, some))
                bar.advance(task, len(some))
        changes.close_check(check_id, Answer(*changes.where_searched(user), ()))
        db.session.commit()
    click.echo(f"{len(asked):,} people checked; the answers are in {output}. This is not an NR3S search.")


def _read(file: Path) -> list[Query]:
    """The list, every row well formed; names the first that is not."""
    with file.open(newline="", encoding="utf-8-sig") as lines:
        try:
            return list(_queries(csv.DictReader(lines)))
        except UnicodeDecodeError as problem:
            raise click.ClickException(f"{file} is not in UTF-8. Save it as CSV in UTF-8 and try again.") from problem
        except csv.Error as problem:
            raise click.ClickException(f"{file} cannot be read as CSV: {problem}.") from problem


def _queries(rows: "csv.DictReader[str]") -> Iterator[Query]:
    if "query_id" not in (rows.fieldnames or ()):
        raise click.ClickException(f"The first line must name the columns: query_id {' '.join(_COLUMNS)}")
    for number, row in enumerate(rows, 2):
        try:
            yield row["query_id"], _asked(row)
        except dates.DateNotUnderstood as problem:
            raise click.ClickException(f"Row {number}, dob: {problem}") from problem


def _asked(row: dict[str, str | None]) -> Asked:
    written = {name: (row.get(name) or "").strip() for name in _COLUMNS}
    born = written.pop("dob")
    return Asked(date_of_birth=dates.parse_written(born) if born else None, **written)


def _open(user: ActingUser, file: Path, people: int, purpose: Purpose, reference: str) -> UUID:
    """Record the list as one check, by its hash; committed before anything is searched."""
    listed = AskedList(hashlib.sha256(file.read_bytes()).hexdigest(), people)
    check_id = changes.open_check(user, listed, purpose, reference)
    db.session.commit()
    return check_id


def _answer_rows(user: ActingUser, check_id: UUID, some: Sequence[tuple[int, Query]]) -> Iterator[list[object]]:
    """The answers of some queries, kept and committed, as rows of the output."""
    found = changes.find_matches(check_id, [asked for _, (_, asked) in some])
    kept = [
        (number, match, authority_of[match.ref])
        for (number, _), (matches, authority_of) in zip(some, found, strict=True)
        for match in matches
    ]
    changes.keep_results(user, check_id, kept)
    codes = {one.id: one.code for one in db.session.scalars(db.select(Authority).order_by(Authority.id))}
    own = queries.own_references([UUID(match.ref) for _, match, _ in kept])
    told = [(UUID(match.ref), council) for _, match, council in kept if match.band is not Band.POSSIBLE]
    changes.record_disclosures(user, check_id, told)
    db.session.commit()
    for (_, (query_id, asked)), (matches, authority_of) in zip(some, found, strict=True):
        for rank, match in enumerate(matches, 1):
            code = codes[authority_of[match.ref]]
            reference, source_id = own.get(UUID(match.ref), ("", ""))
            names = [neutralised(query_id), rank, reference, neutralised(source_id)]
            yield [*names, code, *_compared(asked, match, code, user)]
        if not matches:
            yield [neutralised(query_id), 1, "", "", "", "none", "", *("" for _ in _COLUMNS)]


def _compared(asked: Asked, match: Match, code: str, user: ActingUser) -> list[object]:
    """Band, score and the word for each field; of another's possible match, the band alone."""
    if match.band is Band.POSSIBLE and code != user.authority.code:
        return [match.band, "", *("" for _ in _COLUMNS)]
    words = [match.words[_FIELDS[column]] for column in _COLUMNS]
    return [match.band, f"{match.probability:.4f}", *("" if word is Word.NOT_ASKED else word for word in words)]


@click.group("matching")
def matching() -> None:
    """What the driver check compares with."""


@matching.command("refresh")
@with_appcontext
def refresh() -> None:
    """Count names, dates and postcodes anew, so that rare ones weigh what they should."""
    with owner_session() as session:
        people = statistics.gather(session, current_app.config["KEYS"])
        session.commit()
    click.echo(f"Counted {people:,} people.")
