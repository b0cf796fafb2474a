"""Mohammed Aslam Khan, the invented driver of the story that the product begins with.

Cherwell revoked his licence; he applies at Oxford as M. A. Khan, and Oxford has no record of him.
"""

from datetime import date
from random import Random

from licensing.matching.identifiers import IdentifierKind
from licensing.register.catalogue import LicenceKind
from licensing.register.details import LicenceDetails, PersonDetails
from licensing.register.events import Event, EventKind, RelevantInformation
from licensing.sample.addresses import address
from licensing.sample.councils import CHERWELL
from licensing.sample.identifiers import driver_number, ni_number

COUNCIL, NUMBER = CHERWELL, 417
BORN = date(1980, 3, 4)

_GIVEN, _FAMILY = "Mohammed Aslam", "Khan"
_GRANTED = Event(
    EventKind.GRANTED, decided_on=date(2023, 8, 18), starts_on=date(2023, 9, 1), expires_on=date(2026, 8, 31)
)
_REVOKED = Event(
    EventKind.REVOKED,
    decided_on=date(2025, 5, 14),
    notified_on=date(2025, 5, 14),
    immediate=True,
    relevant_information=RelevantInformation.WHOLLY,
)


def details() -> PersonDetails:
    """What Cherwell knows of him: the same in every month of loading."""
    rng = Random("Khan")
    lines, postcode = address(rng, COUNCIL)
    kind = LicenceKind.DUAL_DRIVER
    number = COUNCIL.licence_number(kind, NUMBER)
    return PersonDetails(
        given_names=_GIVEN,
        family_name=_FAMILY,
        date_of_birth=BORN,
        source_id=COUNCIL.source_id(NUMBER),
        address=lines,
        postcode=postcode,
        identifiers=(
            (IdentifierKind.NI_NUMBER, ni_number(COUNCIL.serial(0))),  # the other holders' begin at 1
            (IdentifierKind.DRIVER_NUMBER, driver_number(rng, _GIVEN, _FAMILY, BORN, is_woman=False)),
        ),
        licences=(LicenceDetails(kind, number, COUNCIL.badge_no(NUMBER), (_GRANTED, _REVOKED)),),
    )
