"""What one figure is: the columns of the catalogue."""

from dataclasses import dataclass
from datetime import date

from licensing.figures.aims import Aim
from licensing.figures.words import HAPPENED, Better, Section, Tells, Unit, Whose

SINCE = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Definition:
    """One figure. `counted` is what the database calls it, and `out_of` the whole of a percentage or of a part.

    `target` and `tolerance` are in its unit, where a council has not chosen its own. `rests_on` is what must have been
    recorded (recorded.py) for it to be known of a council and a period.
    """

    code: str
    name: str
    words: str
    section: Section
    owner: str
    counted: tuple[str, ...]
    out_of: tuple[str, ...] = ()
    unit: Unit = Unit.COUNT
    tells: Tells = Tells.EXACT
    whose: Whose = Whose.DISTRICTS
    better: Better = Better.NEITHER
    target: int | None = None
    tolerance: int = 0
    since: date = SINCE
    rests_on: tuple[str, ...] = ()

    @property
    def is_held(self) -> bool:
        """Whether it counts people over a period, so that what was told of other periods is held against it."""
        return self.tells is Tells.PEOPLE and self.unit is Unit.COUNT and self.section in HAPPENED

    @property
    def aim(self) -> Aim:
        return Aim(self.target, self.tolerance, self.better)
