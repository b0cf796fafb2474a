"""The exemptions as this version has them (exemptions.csv), each with its law and from when until when it is that.

`verified` says that the paragraph was read in a published source. Where it is "no" the row is believed right and the
council's lawyer should confirm it.
"""

import csv
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Exemption:
    """Why a record may be held: its law, and what it covers in plain words."""

    code: str
    name: str
    law: str
    covers: str
    verified: bool
    active_from: date
    active_to: date | None

    def holds_on(self, day: date) -> bool:
        return self.active_from <= day and (self.active_to is None or day <= self.active_to)

    @property
    def explained(self) -> str:
        """What it covers and by which law, for the form."""
        return f"{self.covers}. {self.law}{'' if self.verified else ' (to be confirmed)'}."


@lru_cache(maxsize=1)
def exemptions() -> tuple[Exemption, ...]:
    """Every row of the file, in its order."""
    with (resources.files("licensing.subject_access") / "exemptions.csv").open(encoding="utf-8") as lines:
        return tuple(_exemption(row) for row in csv.DictReader(lines))


def in_force(day: date) -> list[Exemption]:
    return [one for one in exemptions() if one.holds_on(day)]


def name_of(code: str) -> str:
    """What an exemption is called; a later version may have ended it."""
    return next((one.name for one in exemptions() if one.code == code), code)


def _exemption(row: dict[str, str]) -> Exemption:
    return Exemption(
        code=row["code"],
        name=row["name"],
        law=row["law"],
        covers=row["covers"],
        verified=row["verified"] == "yes",
        active_from=date.fromisoformat(row["active_from"]),
        active_to=date.fromisoformat(row["active_to"]) if row["active_to"] else None,
    )
