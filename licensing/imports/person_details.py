"""From a row of a file to the person and the licence that it describes."""

from dataclasses import replace
from datetime import date

from licensing.imports import licence_events
from licensing.imports.existing import LicenceNumber
from licensing.imports.rows_drivers import HolderRow
from licensing.matching.identifiers import IdentifierKind, normalise
from licensing.register.details import LicenceDetails, OtherName, PersonDetails
from licensing.register.events import NameKind


def number_of(row: HolderRow) -> LicenceNumber:
    return row.licence_type, normalise(row.licence_no)


def person_of(row: HolderRow) -> PersonDetails:
    """A person seen for the first time, with their licence."""
    others = (OtherName(NameKind.ALIAS, "", row.other_names),) if row.other_names else ()
    return PersonDetails(
        given_names=row.given_names,
        family_name=row.family_name,
        date_of_birth=row.date_of_birth,
        source_id=row.source_id or None,
        address=row.address,
        postcode=row.postcode,
        other_names=others,
        identifiers=tuple(identifiers_of(row)),
        licences=(licence_of(row),),
    )


def licence_of(row: HolderRow) -> LicenceDetails:
    """A licence seen for the first time."""
    return LicenceDetails(row.licence_type, row.licence_no, row.badge_no, licence_events.first_events(row))


def identifiers_of(row: HolderRow) -> list[tuple[IdentifierKind, str]]:
    pairs = (
        (IdentifierKind.NI_NUMBER, row.nino),
        (IdentifierKind.DRIVER_NUMBER, row.driving_licence_no),
        (IdentifierKind.REGISTRATION_MARK, row.vrm),
    )
    return [(kind, value) for kind, value in pairs if value]


def with_further_row(
    licence: LicenceDetails, row: HolderRow, first_row: int, as_at: date
) -> tuple[LicenceDetails, str]:
    """A licence of this file with what a further row of it adds; and a warning or ""."""
    known = licence_events.known_from(licence.events, licence.badge_no, as_at)
    events, warning = licence_events.further_events(row, known, first_row)
    return replace(licence, badge_no=licence.badge_no or row.badge_no, events=(*licence.events, *events)), warning


def is_licence(licence: LicenceDetails, number: LicenceNumber) -> bool:
    return (licence.kind, normalise(licence.number)) == number
