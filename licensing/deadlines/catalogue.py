"""The clocks as the law and guidance have them (clock_rules.csv): written to the table by `flask setup`.

`verified` says that the length and the counting were read in a published source. Where it is "no" the row is believed
right and a licensing solicitor should confirm it: it warns and blocks nothing, and a council can set its own.
"""

import csv
from datetime import date
from functools import cache
from importlib import resources

from licensing.deadlines.codes import ClockCode
from licensing.deadlines.rules import ClockRule, FirstDay, SetBy, Skips, Unit

# Periods that are here to be looked up and reckoned with; a council makes its own where they are used: the page, and
# how it is called.
SET_AT = {
    ClockCode.DBS_UPDATE: ("vetting.list_policies", "Which checks are needed"),
    ClockCode.DBS_BASIC: ("vetting.list_policies", "Which checks are needed"),
    ClockCode.TRAIN_REFRESH: ("training.list_courses", "Courses and what your council asks"),
}


@cache
def national_rules() -> tuple[ClockRule, ...]:
    """Every row of the file, in its order."""
    with (resources.files("licensing.deadlines") / "clock_rules.csv").open(encoding="utf-8") as lines:
        return tuple(_rule(row) for row in csv.DictReader(lines))


def name_of(code: ClockCode) -> str:
    """What a clock is called, in every council alike."""
    return rule_of(code).name


def rule_of(code: ClockCode) -> ClockRule:
    """A clock as the law and guidance have it, whatever a council chose for itself."""
    return next(rule for rule in national_rules() if rule.code is code)


def _rule(row: dict[str, str]) -> ClockRule:
    return ClockRule(
        code=ClockCode(row["code"]),
        name=row["name"],
        length=int(row["length"]),
        unit=Unit(row["unit"]),
        first_day=FirstDay(row["first_day"]),
        starts=row["starts"],
        stops=row["stops"],
        source=row["source"],
        set_by=SetBy(row["set_by"]),
        verified=row["verified"] == "yes",
        valid_from=date.fromisoformat(row["valid_from"]),
        skips=Skips(row["skips"]),
    )
