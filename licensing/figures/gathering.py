"""From counts to figures: computed, with the periods beside them, and withheld where they are small."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from licensing.figures import of_grounds, queries
from licensing.figures.aims import Aim
from licensing.figures.catalogue import catalogue
from licensing.figures.definition import Definition
from licensing.figures.queries import Area, Place
from licensing.figures.recorded import EXISTED, NO_COUNCIL, why
from licensing.figures.rules import Counted, Period
from licensing.figures.words import NOT_KNOWN, NOT_TOLD, SMALL, WITHHELD, Better, Section, Tells, Unit, Whose
from licensing.suppression import SMALLEST_TOLD, Across, across, parts_across, percent_across, rounded, told


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as it is told: None is withheld, or not known where `reason` says why."""

    code: str
    name: str
    definition: str
    section: Section
    unit: Unit
    owner: str
    value: int | None
    shown: str
    previous: int | None
    previous_shown: str
    last_year: int | None
    last_year_shown: str
    by_place: Mapping[str, str]
    better: Better
    target: int | None
    tolerance: int
    reason: str = ""

    @property
    def aim(self) -> Aim:
        return Aim(self.target, self.tolerance, self.better)

    def held_against(self, aim: Aim) -> "Figure":
        return replace(self, target=aim.target, tolerance=aim.tolerance, better=aim.better)


def figures(
    session: Session,
    period: Period,
    at: datetime,
    place: str | None = None,
    *,
    restricted: bool = False,
    area: Sequence[Place] | None = None,
) -> list[Figure]:
    """Every figure of the catalogue for the area of whoever asks, or for one of its councils (`place`, a code).

    `restricted` is a council's own edition for its own readers: its own figures are told as they are. `area` is less
    than the area of whoever asks.
    """
    places = queries.places_counted(session) if area is None else area
    counts = queries.counted(session, places, (period, period.before, period.last_year), at)
    return _every(counts, places, place, restricted)


def editions(session: Session, period: Period, at: datetime, area: Area) -> tuple[list[Figure], list[Figure]]:
    """Every figure of an area twice, counted once: as everybody may be told it, and as a council's own leaders are.

    Of a county, with its districts, both are the same.
    """
    counts = queries.counted(session, area.places, (period, period.before, period.last_year), at)
    for_all = _every(counts, area.places, area.place, restricted=False)
    return for_all, _every(counts, area.places, area.place, restricted=True) if area.place else for_all


def _every(counts: Sequence[Counted], places: Sequence[Place], place: str | None, restricted: bool) -> list[Figure]:
    return [
        figure_of(one, counts, places, place, restricted) for one in catalogue().values() if _is_of(one, places, place)
    ]


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a figure in one period: no value where it is withheld, or not known for a reason."""

    code: str
    value: int | None
    shown: str
    reason: str


def told_over(
    session: Session, area: Area, periods: Sequence[Period], at: datetime, wanted: Sequence[Definition]
) -> dict[str, list[Told]]:
    """Some figures of an area in several periods, by code; without those that its councils cannot have."""
    counts = queries.counted(session, area.places, periods, at, of_grounds.groups(wanted))
    restricted = area.place is not None
    return {
        one.code: _told_of(one, counts, _codes(one, area.places), area.place, restricted)[0]
        for one in wanted
        if _codes(one, area.places)
    }


def _told_of(
    definition: Definition, counts: Sequence[Counted], codes: Sequence[str], place: str | None, restricted: bool
) -> tuple[list[Told], list[Across[str]]]:
    """What is told of each period, and of each of its places of which it is known: all together are those."""
    known = [[code for code in codes if not _missing(definition, one, code)] for one in counts]
    every = [_told(definition, one, there, exactly=restricted) for one, there in zip(counts, known, strict=True)]
    made = []
    for across_places, counted in zip(every, counts, strict=True):
        reason = _unknown(definition, counted, codes if place is None else [place])
        value = across_places.total if place is None else across_places.places.get(place)
        value = None if reason else value
        shown = NOT_KNOWN if reason else _words(definition, value, alone=place is None and len(codes) == 1)
        made.append(Told(definition.code, value, shown, reason))
    return made, every


def of_one(definition: Definition, counts: Counted, place: Place, *, exactly: bool) -> tuple[int | None, str, str]:
    """A council's figure by itself: its value, how that is told, and why it is not known where it is not."""
    codes = _codes(definition, [place])
    if reason := _unknown(definition, counts, codes):
        return None, NOT_KNOWN, reason
    value = _told(definition, counts, codes, exactly=exactly).places[place.code]
    return value, _words(definition, value, alone=True), ""


def _is_of(definition: Definition, places: Sequence[Place], place: str | None) -> bool:
    """Whether a council can have the figure at all."""
    return place is None or place in _codes(definition, places)


def _codes(definition: Definition, places: Sequence[Place]) -> list[str]:
    wanted = {Whose.ALL: (True, False), Whose.COUNTY: (True,), Whose.DISTRICTS: (False,)}[definition.whose]
    return [one.code for one in places if one.is_county in wanted]


def figure_of(
    definition: Definition, counts: Sequence[Counted], places: Sequence[Place], place: str | None, restricted: bool
) -> Figure:
    """A figure of three periods: the one that is asked for, and the two beside it."""
    codes = _codes(definition, places)
    (now, before, last_year), every = _told_of(definition, counts, codes, place, restricted)
    seen = {} if now.reason else every[0].places
    told = {code: _words(definition, value, alone=len(seen) == 1) for code, value in seen.items()}
    by_place = {code: told.get(code, NOT_KNOWN) for code in codes} if told else {}
    return Figure(
        code=definition.code,
        name=definition.name,
        definition=definition.words,
        section=definition.section,
        unit=definition.unit,
        owner=definition.owner,
        value=now.value,
        shown=now.shown,
        previous=before.value,
        previous_shown=before.shown,
        last_year=last_year.value,
        last_year_shown=last_year.shown,
        by_place=by_place,
        better=definition.better,
        target=definition.target,
        tolerance=definition.tolerance,
        reason=now.reason,
    )


def _unknown(definition: Definition, counts: Counted, codes: Sequence[str]) -> str:
    """Why a figure is not known of a period and of any of these councils; "" where it is of one.

    Of several reasons that of the council which lacks least: the others lack that too.
    """
    missing = [_missing(definition, counts, code) for code in codes]
    if not all(missing):
        return ""
    return why(max(missing, key=_basis(definition).index)) if missing else NO_COUNCIL


def _basis(definition: Definition) -> tuple[str, ...]:
    return EXISTED, *definition.rests_on


def _missing(definition: Definition, counts: Counted, code: str) -> str:
    """The first thing that a figure rests on and a council has not recorded; "" where it has all."""
    return next((one for one in _basis(definition) if not counts.is_recorded(one, code)), "")


def _told(definition: Definition, counts: Counted, codes: Sequence[str], *, exactly: bool) -> Across[str]:
    """What may be told of one period."""
    parts, wholes = _summed(counts, definition.counted, codes), _summed(counts, definition.out_of, codes)
    if definition.unit is Unit.DAYS:
        return _as_given(counts, definition, codes)
    exactly = exactly or definition.tells is Tells.EXACT
    if definition.unit is Unit.PERCENT:
        return _exact_percent(parts, wholes) if exactly else percent_across(parts, wholes)
    if exactly:
        return Across(parts, sum(parts.values()))
    if definition.tells is Tells.HIDDEN:
        return _hidden(parts, wholes if definition.out_of else parts)
    if definition.code in of_grounds.GROUNDS:
        return of_grounds.told_together(definition, counts, codes)
    if definition.unit is Unit.MONTHS:
        return _of_people(parts, across(wholes))
    return parts_across(parts, wholes) if definition.out_of else across(parts)


def _as_given(counts: Counted, definition: Definition, codes: Sequence[str]) -> Across[str]:
    """A median, which the database gives of enough people alone; several of them make none of all together."""
    each = {code: counts.numbers.get((code, definition.counted[0])) for code in codes}
    return Across(each, next(iter(each.values())) if len(each) == 1 else None)


def _exact_percent(parts: Mapping[str, int], wholes: Mapping[str, int]) -> Across[str]:
    """Of clocks and places, which are told as they are: only of none there is no percentage."""
    every = {code: _share(parts[code], wholes[code]) for code in parts}
    return Across(every, _share(sum(parts.values()), sum(wholes.values())))


def _share(part: int, whole: int) -> int | None:
    return round(100 * part / whole) if whole else None


def _hidden(parts: Mapping[str, int], wholes: Mapping[str, int]) -> Across[str]:
    """Rounded, and nothing below the smallest that is told, nought neither; and of a part no small rest."""
    kept = {
        code: rounded(part) if part >= SMALLEST_TOLD and told(wholes[code] - part) is not None else None
        for code, part in parts.items()
    }
    return Across(kept, next(iter(kept.values()), None))


def _of_people(amounts: Mapping[str, int], people: Across[str]) -> Across[str]:
    """An amount is told where the number of the people whose it is, is told too."""
    places = {code: None if people.places[code] is None else amount for code, amount in amounts.items()}
    return Across(places, None if people.total is None else sum(amounts.values()))


def _summed(counts: Counted, names: Sequence[str], codes: Sequence[str]) -> dict[str, int]:
    each = [counts.of(name, codes) for name in names]
    return {code: sum(one[code] for one in each) for code in codes}


def _words(definition: Definition, value: int | None, *, alone: bool) -> str:
    """A figure for a page. One of several is called small no more than another that is withheld for its sake."""
    if value is None:
        if definition.unit is not Unit.COUNT:
            return NOT_TOLD
        return SMALL if alone and (definition.tells is Tells.HIDDEN or not definition.out_of) else WITHHELD
    return f"{value}%" if definition.unit is Unit.PERCENT else f"{value:,}"
