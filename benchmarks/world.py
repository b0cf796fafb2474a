"""An installation of its own for the benchmarks: embedded database, six councils, one server."""

import csv
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from flask import Flask

from licensing import create_app
from licensing.accounts.acting import ActingUser
from licensing.accounts.commands import on_behalf_of
from licensing.matching.identifiers import IdentifierKind
from licensing.register.details import PersonDetails
from licensing.register.events import EventKind
from licensing.sample.councils import OXFORD, Scale
from licensing.sample.holders import holder

ROOT = Path(__file__).resolve().parents[1]
FLASK = [sys.executable, "-m", "flask", "--app", "wsgi"]
OFFICER = "officer@oxford.example.org"
PORT = 5098
MONTH = date(2026, 11, 1)

COLUMNS = (
    "source_id",
    "given_names",
    "family_name",
    "date_of_birth",
    "postcode",
    "address",
    "nino",
    "driving_licence_no",
    "licence_no",
    "licence_type",
    "status",
    "granted_on",
    "starts_on",
    "expires_on",
    "badge_no",
)


class World:
    """Set up on entry, stopped on exit."""

    def __init__(self, folder: Path, scale: Scale = Scale.SMALL) -> None:
        self.folder, self.scale = folder, scale
        os.environ["LICENSING_INSTANCE"] = str(folder / "instance")
        self.people: list[PersonDetails] = []
        self.serving = 0

    def __enter__(self) -> Self:
        self.app: Flask = create_app()
        self.command("setup")
        self.command("sample", "load", "--scale", self.scale.value)
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        return None  # the database ends with this process

    def command(self, *words: str) -> None:
        subprocess.run([*FLASK, *words], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)

    @contextmanager
    def officer(self) -> Iterator[ActingUser]:
        """Act as the Oxford officer, inside the application's context."""
        with self.app.app_context(), on_behalf_of(OFFICER) as user:
            yield user

    @contextmanager
    def server(self) -> Iterator[str]:
        """The product being served; gives its address."""
        address = f"http://127.0.0.1:{PORT}"
        process = subprocess.Popen([*FLASK, "serve", "--port", str(PORT)], cwd=ROOT)
        try:
            _wait_for(address, process)
            self.serving = process.pid
            yield address
        finally:
            process.terminate()
            process.wait()

    def peak_memory(self) -> int:
        """The most memory that the server's processes have held so far, in kilobytes."""
        children = Path(f"/proc/{self.serving}/task/{self.serving}/children").read_text().split()
        return sum(_high_water(int(pid)) for pid in (self.serving, *children))

    def write_drivers(self, count: int) -> Path:
        """A CSV of invented drivers who are not among those loaded."""
        file = self.folder / "drivers.csv"
        self.people = [holder(OXFORD, 100_000 + number, MONTH) for number in range(count)]
        with file.open("w", newline="", encoding="utf-8") as out:
            writer = csv.DictWriter(out, COLUMNS)
            writer.writeheader()
            writer.writerows(_row(number, person) for number, person in enumerate(self.people))
        return file


def _row(number: int, person: PersonDetails) -> dict[str, object]:
    numbers = dict(person.identifiers)
    licence = person.licences[0]
    grant = next((event for event in licence.events if event.kind is EventKind.GRANTED), licence.events[0])
    return {
        "source_id": f"BENCH-{number}",
        "given_names": person.given_names,
        "family_name": person.family_name,
        "date_of_birth": person.date_of_birth,
        "postcode": person.postcode,
        "address": person.address,
        "nino": numbers.get(IdentifierKind.NI_NUMBER, ""),
        "driving_licence_no": numbers.get(IdentifierKind.DRIVER_NUMBER, ""),
        "licence_no": f"BENCH/{number}",
        "licence_type": licence.kind.label,
        "status": "granted",
        "granted_on": grant.decided_on,
        "starts_on": grant.starts_on,
        "expires_on": grant.expires_on,
        "badge_no": licence.badge_no,
    }


def _high_water(pid: int) -> int:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")))


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    while process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/sign-in")
            return
        except urllib.error.URLError:
            continue
    raise RuntimeError("The server did not start.")


def some(people: list[PersonDetails], count: int) -> list[PersonDetails]:
    """People spread evenly over the register."""
    return list(islice(people[:: max(1, len(people) // count)], count))
