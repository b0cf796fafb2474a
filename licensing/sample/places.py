"""Invented places: pubs, shops and takeaways with premises licences, clubs, HMOs, and guesthouses with their duties."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import accumulate
from random import Random
from uuid import UUID

from licensing.register.catalogue import LicenceKind
from licensing.register.details import LicenceDetails, OrganisationDetails, PersonDetails, PremisesDetails
from licensing.register.models import ObligationCheck
from licensing.register.parts import OrganisationKind, PositionKind
from licensing.register.places import OBLIGATIONS, Activity, Obligation, ObligationResult, PremisesKind
from licensing.register.rows import Rows
from licensing.sample.addresses import address
from licensing.sample.councils import Council
from licensing.sample.names import draw_name
from licensing.sample.people import birthday
from licensing.sample.terms import granted, lasting, termed

SEED = "licensing samples places 1"

_WITHOUT_SUPERVISOR = 0.08  # of the places that sell alcohol
_OF_COMPANIES = 0.6  # of the places that have a holder
_WITH_A_BAR = 0.4  # of hotels and guesthouses
_CHECKED = 0.6  # of the duties of a place that takes guests: the others nobody has checked
_YEARS_OF_AN_HMO = 5
_DUTIES = [one for one in Obligation if one.is_duty]

_SIGNS = ("Invented Swan", "Sample Oak", "Pretend Anchor", "Specimen Bell", "Imaginary Hare", "Model Plough")
_PUBS = (Activity.ALCOHOL_ON_SALES, Activity.ALCOHOL_OFF_SALES, Activity.REGULATED_ENTERTAINMENT)
_LICENSED = {
    PremisesKind.PUB: ("The {sign}", _PUBS),
    PremisesKind.SHOP: ("{sign} Stores", (Activity.ALCOHOL_OFF_SALES,)),
    PremisesKind.RESTAURANT: ("{sign} Kitchen", (Activity.ALCOHOL_ON_SALES,)),
    PremisesKind.TAKEAWAY: ("{sign} Takeaway", (Activity.LATE_NIGHT_REFRESHMENT,)),
}
_RESULTS = (
    ObligationResult.MET,
    ObligationResult.MET,
    ObligationResult.MET,
    ObligationResult.ACTION_NEEDED,
    ObligationResult.NOTICE_SERVED,
)


def add_place(rows: Rows, council: Council, number: int, month: date) -> None:
    """Gather one place with whoever holds, manages or supervises it; the same for the same number."""
    rng = Random(f"{SEED} {council.code} {number}")
    rng.choices(_KINDS, cum_weights=_WEIGHTS)[0](rows, rng, council, number, month)


def _add_licensed(rows: Rows, rng: Random, council: Council, number: int, month: date) -> None:
    kind = rng.choice(tuple(_LICENSED))
    called, activities = _LICENSED[kind]
    place = _place(rows, rng, council, number, kind, called)
    _license(rows, rng, council, number, month, place, activities)


def _add_club(rows: Rows, rng: Random, council: Council, number: int, month: date) -> None:
    place = _place(rows, rng, council, number, PremisesKind.CLUB, "{sign} Social Club")
    club = _organisation(rows, rng, council, number, OrganisationKind.CLUB, "{sign} Members’ Club")
    rows.add_licence(
        None,
        LicenceDetails(
            LicenceKind.CLUB_PREMISES_CERTIFICATE,
            f"{council.letters}/CLUB/{number:05d}",
            events=lasting(rng, month),
            activities=_PUBS,
        ),
        organisation_id=club,
        premises_id=place,
    )


def _add_hmo(rows: Rows, rng: Random, council: Council, number: int, month: date) -> None:
    place = _place(rows, rng, council, number, PremisesKind.HMO, "{sign} House")
    landlord = _person(rows, rng, council, number)
    licence = rows.add_licence(
        landlord,
        LicenceDetails(
            LicenceKind.HMO_LICENCE,
            f"{council.letters}/HMO/{number:05d}",
            events=termed(rng, month, _YEARS_OF_AN_HMO),
        ),
        premises_id=place,
    )
    agent = _organisation(rows, rng, council, number, OrganisationKind.COMPANY, "{sign} Lettings {number} Ltd")
    rows.add_position(PositionKind.MANAGER, {"organisation_id": agent}, {"of_licence_id": licence})


def _add_guesthouse(rows: Rows, rng: Random, council: Council, number: int, month: date) -> None:
    kind = rng.choice((PremisesKind.GUESTHOUSE, PremisesKind.BED_AND_BREAKFAST, PremisesKind.HOTEL))
    place = _place(rows, rng, council, number, kind, "{sign} " + kind.label, rooms=rng.randrange(3, 60))
    keeper = draw_name(rng, rng.random() < 0.5)
    for part in (PositionKind.OWNER, PositionKind.MANAGER):
        written = {"written_name": f"{keeper.given} {keeper.family}"}
        rows.add_position(part, written, {"of_premises_id": place}, from_on=month - timedelta(days=900))
    for obligation in _DUTIES:
        if rng.random() < _CHECKED:
            _check(rows, rng, place, obligation, month)
    if rng.random() < _WITH_A_BAR:
        _license(rows, rng, council, number, month, place, (Activity.ALCOHOL_ON_SALES,))


def _check(rows: Rows, rng: Random, place: UUID, obligation: Obligation, month: date) -> None:
    rows.add_row(
        ObligationCheck,
        premises_id=place,
        obligation=obligation,
        result=rng.choice(_RESULTS),
        checked_on=month - timedelta(days=rng.randrange(1, 900)),
        checked_by=OBLIGATIONS[obligation][2],
        reference=f"SAMPLE/{rng.randrange(10_000)}",
    )


def _license(
    rows: Rows,
    rng: Random,
    council: Council,
    number: int,
    month: date,
    place: UUID,
    activities: tuple[Activity, ...],
) -> None:
    """A premises licence, its holder, and where alcohol is sold mostly a supervisor with a personal licence."""
    if rng.random() < _OF_COMPANIES:
        company = _organisation(rows, rng, council, number, OrganisationKind.COMPANY, "{sign} Inns {number} Ltd")
        holder: dict[str, UUID] = {"organisation_id": company}
    else:
        holder = {"person_id": _person(rows, rng, council, number)}
    events = lasting(rng, month)
    licence = rows.add_licence(
        holder.get("person_id"),
        LicenceDetails(
            LicenceKind.PREMISES_LICENCE,
            f"{events[0].filed_on:%y}/{council.letters}{number:05d}/PREM",
            events=events,
            activities=activities,
        ),
        organisation_id=holder.get("organisation_id"),
        premises_id=place,
    )
    if any(activity.is_alcohol for activity in activities) and rng.random() >= _WITHOUT_SUPERVISOR:
        supervisor = _person(rows, rng, council, number, _personal_licence(rng, council, number, month))
        rows.add_position(
            PositionKind.PREMISES_SUPERVISOR,
            {"person_id": supervisor},
            {"of_licence_id": licence},
            from_on=events[0].starts_on,
        )


def _personal_licence(rng: Random, council: Council, number: int, month: date) -> LicenceDetails:
    """Since 2015 without an end (Licensing Act 2003 s.115)."""
    grant = granted(month - timedelta(days=rng.randrange(30, 3_900)), None)
    return LicenceDetails(LicenceKind.PERSONAL_LICENCE, f"{council.letters}/PERS/{number:05d}", events=(grant,))


def _place(
    rows: Rows, rng: Random, council: Council, number: int, kind: PremisesKind, called: str, rooms: int | None = None
) -> UUID:
    lines, postcode = address(rng, council)
    name = called.format(sign=rng.choice(_SIGNS))
    source = f"SAMPLE-{council.letters}-L{number:05d}"
    return rows.add_premises(PremisesDetails(name, kind, lines, postcode, rooms=rooms, source_id=source))


def _organisation(rows: Rows, rng: Random, council: Council, number: int, kind: OrganisationKind, called: str) -> UUID:
    lines, postcode = address(rng, council)
    return rows.add_organisation(
        OrganisationDetails(
            called.format(sign=rng.choice(_SIGNS), number=number),
            kind,
            source_id=f"SAMPLE-{council.letters}-GL{number:05d}",
            address=lines,
            postcode=postcode,
        )
    )


def _person(rows: Rows, rng: Random, council: Council, number: int, *licences: LicenceDetails) -> UUID:
    """Somebody of a place; a supervisor is told from a holder by the end of the key."""
    name = draw_name(rng, rng.random() < 0.5)
    lines, postcode = address(rng, council)
    return rows.add_person(
        PersonDetails(
            name.given,
            name.family,
            birthday(rng),
            source_id=f"SAMPLE-{council.letters}-P{number:05d}{'S' if licences else 'H'}",
            address=lines,
            postcode=postcode,
            licences=licences,
        )
    )


# What a place is, and how often in a hundred.
_SHARES: dict[Callable[[Rows, Random, Council, int, date], None], int] = {
    _add_licensed: 60,
    _add_club: 5,
    _add_hmo: 15,
    _add_guesthouse: 20,
}
_KINDS, _WEIGHTS = tuple(_SHARES), tuple(accumulate(_SHARES.values()))
