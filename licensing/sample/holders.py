"""The holders: each follows from a council, a number and the month of loading, and from nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from licensing.dates import years_after
from licensing.matching.identifiers import IdentifierKind
from licensing.register.catalogue import LicenceKind
from licensing.register.details import LicenceDetails, OtherName, PersonDetails
from licensing.register.events import Event, NameKind
from licensing.sample import khan
from licensing.sample.addresses import address
from licensing.sample.councils import DISTRICTS, Council, Scale
from licensing.sample.histories import earlier_licence, history
from licensing.sample.identifiers import driver_number, ni_number, registration_mark
from licensing.sample.names import Name, draw_name, other_family, respelt
from licensing.sample.people import birthday

SEED = "licensing samples 1"

_YOUNGEST = 21  # years; many councils license nobody younger
_KINDS = (LicenceKind.PRIVATE_HIRE_DRIVER, LicenceKind.DUAL_DRIVER, LicenceKind.HACKNEY_CARRIAGE_DRIVER)
_KIND_WEIGHTS = (55, 80, 100)

# Shares, 0 to 1, of all holders or of those the name says.
_WOMEN = 0.12
_ELSEWHERE_TOO = 0.025
_SPELT_OTHERWISE_ELSEWHERE = 0.5
_WOMEN_WITH_FORMER_NAME = 0.15
_WITH_ALIAS = 0.04
_WITH_NI_NUMBER = 0.92
_WITH_DRIVER_NUMBER = 0.96
_WITH_REGISTRATION_MARK = 0.35
_WITH_EARLIER_LICENCE = 0.04


@dataclass(frozen=True, slots=True)
class Human:
    """Who somebody is, whichever councils know them."""

    name: Name
    born: date
    ni_number: str
    driver_number: str


def holders(council: Council, scale: Scale, month: date) -> Iterator[PersonDetails]:
    """A council's holders at this scale, one after another; `month` is the first day of the month of loading."""
    return (holder(council, number, month) for number in range(1, council.holders(scale) + 1))


def holder(council: Council, number: int, month: date) -> PersonDetails:
    """One holder as the council knows them, with their licences."""
    if (council, number) == (khan.COUNCIL, khan.NUMBER):
        return khan.details()
    rng = Random(f"{SEED} holder {council.code} {number}")
    known, given, family = _known_as(rng, council, number)
    lines, postcode = address(rng, council)
    return PersonDetails(
        given_names=given,
        family_name=family,
        date_of_birth=known.born,
        source_id=council.source_id(number),
        address=lines,
        postcode=postcode,
        other_names=_other_names(rng, known.name),
        identifiers=_identifiers(rng, known, council.serial(number)),
        licences=_licences(rng, council, number, years_after(known.born, _YOUNGEST), month),
    )


def _known_as(rng: Random, council: Council, number: int) -> tuple[Human, str, str]:
    """Who this holder is, and the name given to this council: a few are known to another council too."""
    if rng.random() >= _ELSEWHERE_TOO:
        own = human(council, number)
        return own, own.name.given, own.name.family
    other = rng.choice([district for district in DISTRICTS if district is not council])
    # No further than the other council's numbers reach at every scale that this holder is part of.
    known = human(other, rng.randrange(max(number * other.share // council.share, 1)) + 1)
    if rng.random() < _SPELT_OTHERWISE_ELSEWHERE:
        return known, *respelt(rng, known.name.given, known.name.family)
    return known, known.name.given, known.name.family


def human(council: Council, number: int) -> Human:
    """The human being that a number stands for, the same whichever council asks."""
    rng = Random(f"{SEED} human {council.code} {number}")
    name = draw_name(rng, rng.random() < _WOMEN)
    born = birthday(rng)
    serial = council.serial(number)
    return Human(name, born, ni_number(serial), driver_number(rng, name.given, name.family, born, name.is_woman))


def _other_names(rng: Random, name: Name) -> tuple[OtherName, ...]:
    names = []
    if name.is_woman and rng.random() < _WOMEN_WITH_FORMER_NAME:
        names.append(OtherName(NameKind.FORMER, name.given, other_family(rng, name)))
    if rng.random() < _WITH_ALIAS:
        alias = respelt(rng, name.given, name.family)
        if alias == (name.given, name.family):
            alias = (name.given.split()[0], other_family(rng, name))
        names.append(OtherName(NameKind.ALIAS, *alias))
    return tuple(names)


def _identifiers(rng: Random, known: Human, serial: int) -> tuple[tuple[IdentifierKind, str], ...]:
    """What the council happens to have recorded of the holder's numbers."""
    recorded = (
        (_WITH_NI_NUMBER, IdentifierKind.NI_NUMBER, known.ni_number),
        (_WITH_DRIVER_NUMBER, IdentifierKind.DRIVER_NUMBER, known.driver_number),
        (_WITH_REGISTRATION_MARK, IdentifierKind.REGISTRATION_MARK, registration_mark(serial)),
    )
    return tuple((kind, value) for share, kind, value in recorded if rng.random() < share)


def _licences(
    rng: Random, council: Council, number: int, old_enough_on: date, month: date
) -> tuple[LicenceDetails, ...]:
    kind, earlier_kind = _two_kinds(rng)
    events = history(rng, month)
    while events[0].filed_on < old_enough_on:
        events = history(rng, month)
    licences = [_licence(council, number, kind, events)]
    earlier = earlier_licence(rng, events[0].filed_on)
    if rng.random() < _WITH_EARLIER_LICENCE and earlier[0].filed_on >= old_enough_on:
        licences.append(_licence(council, number, earlier_kind, earlier))
    return tuple(licences)


def _two_kinds(rng: Random) -> tuple[LicenceKind, LicenceKind]:
    """The kind of the licence, and another for one held before it."""
    kind = rng.choices(_KINDS, cum_weights=_KIND_WEIGHTS)[0]
    return kind, rng.choice([other for other in _KINDS if other is not kind])


def _licence(council: Council, number: int, kind: LicenceKind, events: tuple[Event, ...]) -> LicenceDetails:
    return LicenceDetails(kind, council.licence_number(kind, number), council.badge_no(number), events)
