"""The table of convictions: from when the policy would no longer start from a refusal. A starting point, never a rule.

Source: Statutory Taxi and Private Hire Vehicle Standards, July 2020, annex on assessing previous convictions. Each
council has adopted a policy of its own; its rows stand from their day in place of the national ones.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from licensing.dates import in_words, years_after


class Category(StrEnum):
    """The categories of the annex."""

    DEATH = "death"
    EXPLOITATION = "exploitation"
    SEXUAL = "sexual"
    REGISTERED_OR_BARRED = "registered_or_barred"
    VIOLENCE = "violence"
    WEAPON = "weapon"
    DISHONESTY = "dishonesty"
    DRUGS_SUPPLY = "drugs_supply"
    DRUGS_POSSESSION = "drugs_possession"
    DISCRIMINATION = "discrimination"
    MINOR_MOTORING = "minor_motoring"
    DRINK_OR_DRUG_DRIVING = "drink_or_drug_driving"
    HAND_HELD_DEVICE = "hand_held_device"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Category.DEATH: "Crimes resulting in death, or meant to cause death or serious injury",
    Category.EXPLOITATION: "Exploitation of a child or adult, or being complicit in it",
    Category.SEXUAL: "Sexual offences, and offences connected with them",
    Category.REGISTERED_OR_BARRED: "On the sex offenders register or a barred list",
    Category.VIOLENCE: "Violence against the person",
    Category.WEAPON: "Possession of a weapon, and offences with one",
    Category.DISHONESTY: "Dishonesty",
    Category.DRUGS_SUPPLY: "Drugs: supply, or possession with intent to supply",
    Category.DRUGS_POSSESSION: "Drugs: possession",
    Category.DISCRIMINATION: "Discrimination in any form",
    Category.MINOR_MOTORING: "A minor motoring offence",
    Category.DRINK_OR_DRUG_DRIVING: "Driving under the influence of drink or drugs",
    Category.HAND_HELD_DEVICE: "Using a hand-held telephone or device while driving",
}


class Outcome(StrEnum):
    """What the policy starts from."""

    NEVER = "never"
    YEARS = "years"
    JUDGEMENT = "judgement"

    @property
    def label(self) -> str:
        return {"never": "Will not be licensed", "years": "Years must pass", "judgement": "A matter of judgement"}[self]


class RunsFrom(StrEnum):
    """From which day the years count."""

    SENTENCE = "sentence"
    SENTENCE_OR_BAN = "sentence_or_ban"
    LATEST = "latest"

    @property
    def label(self) -> str:
        return {
            "sentence": "The end of the sentence",
            "sentence_or_ban": "The end of the sentence or of the driving ban, the later of them",
            "latest": "The conviction, the end of the sentence or of the driving ban, the latest of them",
        }[self]


@dataclass(frozen=True)
class Policy:
    """One row of the table, in force from a day; nobody's in particular is the national one.

    `years` is set where the outcome is YEARS. `verified` says that a lawyer confirmed it against its source.
    """

    category: Category
    outcome: Outcome
    years: int | None
    runs_from: RunsFrom
    source: str
    verified: bool
    valid_from: date
    authority_id: UUID | None = None
    reason: str = ""

    @property
    def words(self) -> str:
        if self.outcome is not Outcome.YEARS:
            return self.outcome.label
        return f"At least {self.years} years from {self.runs_from.label.lower()}"


@dataclass(frozen=True)
class Conviction:
    """The dates of one conviction; a fine is completed on the day it was imposed."""

    category: Category
    convicted_on: date
    sentence_completed_on: date | None = None
    ban_ends_on: date | None = None


@dataclass(frozen=True)
class StartingPoint:
    """What the policy starts from: refusing for good, until a day, or neither. `at_least` where a date is missing."""

    until: date | None = None
    never: bool = False
    at_least: bool = False

    @property
    def words(self) -> str:
        """As "Policy starting point: refuse until 14 March 2031"."""
        if self.never:
            return "Policy starting point: will not be licensed"
        if self.until is None:
            return "Policy starting point: a matter of judgement; a pattern of such offences counts"
        later = ", or later: the end of the sentence is not recorded" if self.at_least else ""
        return f"Policy starting point: refuse until {in_words(self.until)}{later}"


def policy_in_force(rows: Iterable[Policy], category: Category, day: date) -> Policy | None:
    """The row of a category on a day: the council's own where it has one by then, else the national one.

    Of two from one day it is the last given here.
    """
    begun = [row for row in rows if row.category is category and row.valid_from <= day]
    own = [row for row in begun if row.authority_id is not None]
    return max(reversed(own or begun), key=lambda row: row.valid_from, default=None)


def starting_point(policy: Policy, conviction: Conviction) -> StartingPoint:
    """From what the policy starts for one conviction."""
    if policy.outcome is Outcome.NEVER:
        return StartingPoint(never=True)
    if policy.outcome is Outcome.JUDGEMENT or policy.years is None:
        return StartingPoint()
    days = [conviction.sentence_completed_on or conviction.convicted_on]
    if policy.runs_from is not RunsFrom.SENTENCE and conviction.ban_ends_on:
        days.append(conviction.ban_ends_on)
    if policy.runs_from is RunsFrom.LATEST:
        days.append(conviction.convicted_on)
    return StartingPoint(years_after(max(days), policy.years), at_least=conviction.sentence_completed_on is None)


def strictest(points: Sequence[StartingPoint]) -> StartingPoint:
    """Of several convictions the one that reaches furthest; more of them are for judgement to weigh."""
    if any(one.never for one in points):
        return StartingPoint(never=True)
    dated = [one for one in points if one.until]
    return max(dated, key=lambda one: (one.until or date.min, one.at_least), default=StartingPoint())
