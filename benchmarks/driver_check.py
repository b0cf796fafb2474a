"""A driver check at a county's size: in the database with scoring, over HTTP with audit and receipt, and in lists."""

import csv
import subprocess
import time
from random import Random

from sqlalchemy import text

from benchmarks.browsing import Browser
from benchmarks.tables import show_rows, show_times
from benchmarks.world import FLASK, OFFICER, ROOT, World, some
from licensing.db import db
from licensing.driver_check import changes
from licensing.driver_check.asking import Asked
from licensing.driver_check.rules import Purpose
from licensing.register.details import PersonDetails
from licensing.setup import owner_engine

CHECKS, OVER_HTTP, LISTED = 1_000, 200, 3_000


def run(world: World) -> None:
    people = [_as_typed(number, person) for number, person in enumerate(some(world.people, LISTED))]
    reads, checks = _in_database(world, people[:CHECKS])
    posts = _over_http(world, people[:OVER_HTTP])
    show_times(
        "Driver check, beside a primary-key read in the same run",
        [
            ("primary-key read", reads),
            ("candidates from the database, and scoring", checks),
            ("over HTTP: recorded, answered, receipt kept", posts),
        ],
        reads,
    )
    show_rows("List", [(f"flask check of {LISTED:,} people", f"{_list(world, people):.1f} s, start to end")])


def _in_database(world: World, people: list[Asked]) -> tuple[list[float], list[float]]:
    with world.officer() as user, owner_engine().connect() as owner:
        check_id = changes.open_check(user, people[0], Purpose.REGISTER_REVIEW, "benchmark")
        db.session.commit()
        ids = db.session.execute(text("SELECT id FROM person LIMIT 1000")).scalars().all()
        cursor = owner.connection.cursor()  # by the owner: the plainest read there is
        reads = []
        for person_id in ids:
            started = time.perf_counter()
            cursor.execute("SELECT sort_name FROM person WHERE id = %s", (person_id,))
            cursor.fetchone()
            reads.append(time.perf_counter() - started)
        checks = []
        for asked in [people[0], *people]:
            started = time.perf_counter()
            changes.find_matches(check_id, [asked])
            checks.append(time.perf_counter() - started)
        return reads, checks[1:]  # the first reads the statistics


def _over_http(world: World, people: list[Asked]) -> list[float]:
    with world.server() as address:
        browser = Browser(world, address, OFFICER)
        return [browser.post("/checks/new", _form(asked)) for asked in people]


def _form(asked: Asked) -> dict[str, str]:
    born = asked.date_of_birth
    parts = (("day", born.day), ("month", born.month), ("year", born.year)) if born else ()
    return {
        "name": asked.name,
        "nino": asked.nino,
        "purpose": Purpose.NEW_APPLICATION.value,
        "case_reference": "benchmark",
        **{f"date_of_birth-{part}": str(value) for part, value in parts},
    }


def _list(world: World, people: list[Asked]) -> float:
    file, answers = world.folder / "list.csv", world.folder / "answers.csv"
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(["query_id", "given_names", "family_name", "dob", "nino"])
        for number, one in enumerate(people):
            writer.writerow([number, one.given_names, one.family_name, one.date_of_birth or "", one.nino])
    words = [*FLASK, "check", str(file), "--as", OFFICER, "--purpose", "register_review"]
    started = time.perf_counter()
    subprocess.run(
        [*words, "--reference", "benchmark", "--output", str(answers)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )
    return time.perf_counter() - started


def _as_typed(number: int, person: PersonDetails) -> Asked:
    """The person as somebody might type them: sometimes a letter lost, a name left out, or no date of birth."""
    rng = Random(number)
    given, family = person.given_names, person.family_name
    if rng.random() < 0.3 and len(family) > 4:
        lost = rng.randrange(1, len(family))
        family = family[:lost] + family[lost + 1 :]
    if rng.random() < 0.3:
        given = given.split()[0]
    return Asked(given, family, None if rng.random() < 0.1 else person.date_of_birth)
