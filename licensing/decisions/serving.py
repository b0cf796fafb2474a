"""What the law asks of the dates on which a notice was given and took effect."""

from collections.abc import Iterator
from datetime import date

from licensing.dates import in_words
from licensing.decisions.rules import Broken

S61_2A = "1976 Act s.61(2A)"


def broken_by_service(
    decided_on: date,
    served_on: date,
    effective_on: date | None,
    earliest_effect: date,
    today: date,
    *,
    immediate: bool,
    ends_on: date | None = None,
    law: str = S61_2A,
) -> Iterator[Broken]:
    """What the dates of a service break. `earliest_effect`: the day after every count of the time for an appeal."""
    if served_on > today:
        yield Broken("The day of service must be today or in the past", "served_on", always=True)
    if served_on < decided_on:
        yield Broken(f"The decision was made on {in_words(decided_on)}: it cannot be served before", "served_on")
    begins = served_on if immediate else earliest_effect
    if ends_on and ends_on < (effective_on or begins):
        yield Broken(
            f"It ends on {in_words(ends_on)}, before it could take effect: it is to be decided again", "served_on"
        )
    if effective_on is None:
        return
    if effective_on < served_on:
        yield Broken("A decision cannot take effect before its notice was given", "effective_on")
    elif not immediate and effective_on < earliest_effect:
        yield Broken(
            f"Without immediate effect it cannot take effect before {in_words(earliest_effect)} ({law})",
            "effective_on",
        )
