"""Making checks in tests, and a person whose every detail but the few that may be told is a canary."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from clients import CheckingClient
from factories import register

from licensing.matching.identifiers import IdentifierKind
from licensing.register.catalogue import LicenceKind
from licensing.register.details import LicenceDetails, OtherName
from licensing.register.events import Event, EventKind, NameKind, RelevantInformation
from licensing.register.models import Person
from licensing.setup import owner_session

PURPOSE = {"purpose": "new_application", "case_reference": "APP/2026/7"}

# Refused on other grounds, and longer ago than a decision may be told of.
NOT_ON_RELEVANT_INFORMATION = Event(
    EventKind.RENEWAL_REFUSED, decided_on=date(2011, 11, 11), relevant_information=RelevantInformation.NO
)
TOO_LONG_AGO = Event(
    EventKind.SUSPENDED,
    decided_on=date(2009, 9, 9),
    ends_on=date(2009, 10, 10),
    notified_on=date(2009, 9, 19),
    immediate=True,
    relevant_information=RelevantInformation.WHOLLY,
)
SECRETIVE = replace(
    register.KHAN,
    source_id="CANARY-SOURCE",
    address="7 Canary Lane, Canaryton",
    postcode="OX99 9ZZ",
    other_names=(OtherName(NameKind.ALIAS, "Canarygiven", "Canaryfamily"),),
    identifiers=(
        (IdentifierKind.NI_NUMBER, "QQ987654B"),
        (IdentifierKind.DRIVER_NUMBER, "KHAN9803040MA9AB"),
        (IdentifierKind.REGISTRATION_MARK, "CN21RYY"),
    ),
    licences=(
        replace(register.KHAN.licences[0], badge_no="CANARY-BADGE"),
        LicenceDetails(
            LicenceKind.HACKNEY_CARRIAGE_DRIVER,
            "CHE/HC/0009",
            "CANARY-TWO",
            (
                Event(EventKind.GRANTED, starts_on=date(2008, 1, 1), expires_on=date(2011, 12, 31)),
                TOO_LONG_AGO,
                NOT_ON_RELEVANT_INFORMATION,
            ),
        ),
    ),
)
CANARIES = (
    "canary",
    "ox99",
    "qq987654b",
    "654b",
    "khan9",
    "cn21ryy",
    "november 2011",
    "2011-11-11",
    "2009",
    "renewal refused",
    "suspended",
)


def canaries_of(person_id: UUID) -> tuple[str, ...]:
    """The canaries with the reference and the id that the person was given."""
    with owner_session() as session:
        person = session.get_one(Person, person_id)
        return (*CANARIES, person.reference.lower(), str(person_id), person_id.hex)


def caught(text: str, canaries: tuple[str, ...]) -> list[str]:
    """The canaries that sing in a text, however it is spaced."""
    lowered = " ".join(text.lower().split())
    squeezed = lowered.replace(" ", "")
    return [one for one in canaries if one in lowered or one.replace(" ", "") in squeezed]


def make_check(client: CheckingClient, **details: str) -> str:
    """Make a check; returns the address of its answer."""
    answer = client.post("/checks/new", data={**PURPOSE, **details})
    assert answer.status_code == 302, answer.text
    address: str = answer.location
    return address


def answer_to(client: CheckingClient, **details: str) -> str:
    """Make a check; returns the page of its answer."""
    return client.get(make_check(client, **details)).text
