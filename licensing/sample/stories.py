"""What happens seldom, once at each district: so that every turn of the law can be looked at on somebody's page."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID

from flask import current_app

from licensing.accounts.acting import ActingUser
from licensing.dates import years_after
from licensing.db import db
from licensing.register import rederive
from licensing.register.catalogue import LicenceKind
from licensing.register.changes import people, things
from licensing.register.details import LicenceDetails, PersonDetails, PremisesDetails, VehicleDetails
from licensing.register.events import Event, EventKind, LapseCause, RelevantInformation
from licensing.register.models import Vehicle
from licensing.register.places import Activity, PremisesKind
from licensing.register.rows import Rows
from licensing.sample.addresses import address
from licensing.sample.councils import Council
from licensing.sample.names import draw_name
from licensing.sample.people import birthday
from licensing.sample.terms import granted

SEED = "licensing samples stories 1"

_TERM = 3
_INTERIM = timedelta(days=60)  # the notice, and the transfer that was applied for meanwhile (2003 Act s.47, s.50)


@dataclass(frozen=True)
class Teller:
    """Who writes the stories of a council, and from which month they count."""

    user: ActingUser
    council: Council
    month: date

    def ago(self, days: int) -> date:
        return self.month - timedelta(days=days)

    def rows(self) -> Rows:
        return Rows(self.user.authority.id, current_app.config["KEYS"])

    def number(self, story: str) -> str:
        return f"{self.council.letters}/{story}"

    def person(self, rows: Rows, story: str, *licences: LicenceDetails) -> UUID:
        """Somebody new, with these licences."""
        rng = Random(f"{SEED} {self.council.code} {story}")
        name = draw_name(rng, rng.random() < 0.5)
        lines, postcode = address(rng, self.council)
        return rows.add_person(
            PersonDetails(
                name.given,
                name.family,
                birthday(rng),
                source_id=f"SAMPLE-{self.council.letters}-{story}",
                address=lines,
                postcode=postcode,
                licences=licences,
            )
        )


def tell(user: ActingUser, council: Council, month: date) -> None:
    """Write the stories of a council; flushes."""
    teller = Teller(user, council, month)
    _one_entitlement_ended(teller)
    _decided_against_the_rules(teller)
    _permission_to_work_ended(teller)
    _lapsed_under_interim_authority(teller)
    _died(teller)
    _corrected(teller)


def _one_entitlement_ended(teller: Teller) -> None:
    """A dual driver who keeps the private hire licence and lost the hackney carriage one."""
    rows, day = teller.rows(), teller.ago(120)
    revoked = Event(
        EventKind.REVOKED,
        decided_on=day,
        notified_on=day,
        immediate=True,
        relevant_information=RelevantInformation.PARTLY,
        entitlement=LicenceKind.HACKNEY_CARRIAGE_DRIVER,
    )
    events = (granted(teller.ago(400), _TERM), revoked)
    teller.person(rows, "S-DUAL", LicenceDetails(LicenceKind.DUAL_DRIVER, teller.number("S-DUAL"), "S-DUAL", events))
    rows.write()


def _decided_against_the_rules(teller: Teller) -> None:
    """A licence that was suspended after it had been revoked: the law knows no such step, the council took it."""
    rows = teller.rows()
    person = teller.person(rows, "S-IRREGULAR")
    revoked_on, suspended_on = teller.ago(200), teller.ago(150)
    revoked = Event(EventKind.REVOKED, decided_on=revoked_on, notified_on=revoked_on, immediate=True)
    licence = rows.add_licence(
        person,
        LicenceDetails(
            LicenceKind.PRIVATE_HIRE_DRIVER,
            teller.number("S-IRREGULAR"),
            "S-IRREGULAR",
            (granted(teller.ago(500), _TERM), revoked),
        ),
    )
    rows.add_event(licence, Event(EventKind.SUSPENDED, decided_on=suspended_on), irregular=True)
    rows.write()
    rederive.licences([licence])
    rederive.match_records([person], current_app.config["KEYS"])


def _permission_to_work_ended(teller: Teller) -> None:
    """A licence that ceased by itself with the holder's leave to remain (1976 Act s.53A)."""
    rows = teller.rows()
    leave = Event(EventKind.LEAVE_RECORDED, decided_on=teller.ago(300), ends_on=teller.ago(12))
    events = (granted(teller.ago(300), _TERM), leave)
    teller.person(
        rows, "S-LEAVE", LicenceDetails(LicenceKind.PRIVATE_HIRE_DRIVER, teller.number("S-LEAVE"), "S-LEAVE", events)
    )
    rows.write()


def _lapsed_under_interim_authority(teller: Teller) -> None:
    """A pub whose licence lapsed when its holder became insolvent, open under an interim authority notice."""
    rows, lapsed_on = teller.rows(), teller.ago(9)
    rng = Random(f"{SEED} {teller.council.code} S-INTERIM")
    lines, postcode = address(rng, teller.council)
    source = f"SAMPLE-{teller.council.letters}-S-INTERIM"
    pub = rows.add_premises(
        PremisesDetails("The Interim Sample Inn", PremisesKind.PUB, lines, postcode, source_id=source)
    )
    events = (
        granted(teller.ago(2_000), None),
        Event(EventKind.LAPSED, decided_on=lapsed_on, cause=LapseCause.INSOLVENCY),
        Event(
            EventKind.INTERIM_AUTHORITY_GIVEN,
            decided_on=teller.ago(5),
            ends_on=lapsed_on + _INTERIM,
        ),
    )
    rows.add_licence(
        teller.person(rows, "S-INTERIM"),
        LicenceDetails(
            LicenceKind.PREMISES_LICENCE,
            teller.number("S-INTERIM/PREM"),
            events=events,
            activities=(Activity.ALCOHOL_ON_SALES,),
        ),
        premises_id=pub,
    )
    rows.write()


def _died(teller: Teller) -> None:
    """A driver who died: their licence ended by it, as the officer who recorded it saw."""
    rows = teller.rows()
    licence = LicenceDetails(
        LicenceKind.HACKNEY_CARRIAGE_DRIVER, teller.number("S-DIED"), "S-DIED", (granted(teller.ago(700), _TERM),)
    )
    person = teller.person(rows, "S-DIED", licence)
    rows.write()
    people.record_death(teller.user, person, {"deceased_on": teller.ago(30)})


def _corrected(teller: Teller) -> None:
    """A vehicle whose colour had been typed wrong; what it said is kept."""
    rows = teller.rows()
    mark = f"Q{990 + teller.council.order}QQQ"
    source = f"SAMPLE-{teller.council.letters}-S-CORRECTED"
    vehicle_id = rows.add_vehicle(VehicleDetails(mark, "Škoda", "Superb", "Grey", False, source_id=source))
    plated = LicenceDetails(
        LicenceKind.PRIVATE_HIRE_VEHICLE,
        teller.number("S-CORRECTED"),
        "S-CORRECTED",
        (granted(years_after(teller.month, -1) + timedelta(days=90), 1),),
    )
    rows.add_licence(teller.person(rows, "S-CORRECTED"), plated, vehicle_id=vehicle_id)
    rows.write()
    before = things.vehicle_state(db.session.get_one(Vehicle, vehicle_id))
    fixed = {
        "vrm": mark,
        "make": "Škoda",
        "model": "Superb",
        "colour": "Silver",
        "wheelchair": things.wheelchair_answer(False),
    }
    things.correct_vehicle(
        teller.user, vehicle_id, {**fixed, "reason": "Typed wrong: the certificate says silver"}, before
    )
