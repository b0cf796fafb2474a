"""What happens again and again in two districts, so that signals show; and meetings that talk about them.

Days are counted from today, whatever day the samples are of: signals look back from the day on which they are read.
"""

from datetime import date, time, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.accounts.commands import on_behalf_of
from licensing.concerns.changes import following, raising
from licensing.concerns.changes.raising import Said
from licensing.concerns.rules import About
from licensing.db import db
from licensing.disruption import queries as disruption
from licensing.disruption.changes import acting
from licensing.disruption.targets import Aim
from licensing.disruption.words import AgencyKind, TargetKind
from licensing.operations.changes import testing
from licensing.operations.changes.testing import Tried
from licensing.operations.words import TestKind
from licensing.register.catalogue import LicenceKind
from licensing.register.details import LicenceDetails
from licensing.register.events import Event, EventKind, RecordKind
from licensing.register.models import Licence, Organisation, Premises, Vehicle
from licensing.register.places import PremisesKind
from licensing.sample.councils import CHERWELL, OXFORD, OXFORDSHIRE, Council
from licensing.sample.disruption import TRADING_STANDARDS, agency_of
from licensing.sample.stories import Teller
from licensing.sample.terms import granted
from licensing.sample.users import licensing_officer
from licensing.signals import changes as signals
from licensing.signals import queries as counted
from licensing.signals.models import SignalDismissal
from licensing.subject_meetings import changes as meetings
from licensing.subject_meetings import queries as planned
from licensing.subject_meetings.changes import Owner, Plan, Topic
from licensing.subject_meetings.words import SubjectKind
from licensing.suitability.changes import concerns as complaints
from licensing.suitability.concerns import ComplaintCategory, ComplaintSource

_TERM = 3
_REVOKED = (20, 75, 130, 260)  # days ago, of four drivers of one operator


def signal(today: date) -> None:
    """Facts at two districts, a dismissal, and two meetings of Oxford's; commits. What is there stays as it is."""
    with on_behalf_of(licensing_officer(OXFORD).email) as officer:
        if db.session.scalar(select(SignalDismissal.id).limit(1)):
            return
        _operator(Teller(officer, OXFORD, today), today)
        _hotel(officer)
        db.session.commit()
    with on_behalf_of(licensing_officer(CHERWELL).email) as officer:
        _vehicle(officer)
        _driver(Teller(officer, CHERWELL, today), today)
        db.session.commit()
    with on_behalf_of(TRADING_STANDARDS.email, as_sample=True) as officer:
        _room(officer)
    with on_behalf_of(licensing_officer(OXFORD).email) as officer:
        _dismiss_oldest(officer)
        _meet(officer)
        _plan(officer)


def _operator(teller: Teller, today: date) -> None:
    """Four of its drivers were revoked in a year, its office was visited twice, and three people complained."""
    operates = select(Licence.organisation_id).where(Licence.kind == LicenceKind.PRIVATE_HIRE_OPERATOR)
    found = select(Organisation).where(Organisation.id.in_(operates)).order_by(Organisation.sort_name, Organisation.id)
    operator = db.session.scalars(found).first()
    if operator is None:
        return
    for number, days in enumerate(_REVOKED):
        person_id = _revoked(teller, f"S-DROVE-{number}", today - timedelta(days=days))
        complaints.record_operator(teller.user, person_id, operator, (today - timedelta(days=700), None))
    _complain(teller.user, RecordKind.ORGANISATION, operator.id, 4, 11, 23)
    lead = disruption.acting_agencies()[0].id
    aim = Aim(TargetKind.ORGANISATION, operator.name, record_id=operator.id, of_authority_id=operator.authority_id)
    for days in (30, 160):
        on, power = dates.today() - timedelta(days=days), disruption.versions_of("PREMVISIT")[0]
        objective = "To see who takes bookings, and whether drivers are checked."
        acting.consider(teller.user, acting.Plan(power.id, lead, lead, on, [aim], objective))


def _revoked(teller: Teller, story: str, on: date) -> UUID:
    """A driver whose licence was revoked."""
    rows = teller.rows()
    events = (granted(on - timedelta(days=400), _TERM), Event(EventKind.REVOKED, decided_on=on, notified_on=on))
    kind = LicenceKind.PRIVATE_HIRE_DRIVER
    person_id = teller.person(rows, story, LicenceDetails(kind, teller.number(story), story, events))
    rows.write()
    return person_id


def _hotel(officer: ActingUser) -> None:
    """Two concerns about one place within a month, linked with it, and two complaints within three."""
    there = select(Premises).where(Premises.kind.in_((PremisesKind.HOTEL, PremisesKind.GUESTHOUSE)))
    place = db.session.scalars(there.order_by(Premises.sort_name, Premises.id)).first()
    said = ("Young people come at night and leave before breakfast.", "A room was paid in cash for somebody else.")
    for words in said if place else ():
        concern_id = uuid4()
        given = Said(About.PREMISES, False, "A place to stay (sample)", words, "This week", "", "")
        raising.raise_concern(officer, concern_id, given, officer.authority.id, council_known=True)
        following.link(officer, concern_id, place.reference if place else "")
    if place:
        _complain(officer, RecordKind.PREMISES, place.id, 12, 47)


def _vehicle(officer: ActingUser) -> None:
    """Three complaints about one car in three months."""
    if found := db.session.scalars(select(Vehicle.id).order_by(Vehicle.vrm_key, Vehicle.id)).first():
        _complain(officer, RecordKind.VEHICLE, found, 9, 33, 71)


def _driver(teller: Teller, today: date) -> None:
    """Somebody who was refused once and revoked once, and two people complained of."""
    rows, story = teller.rows(), "S-AGAIN"
    refused = (Event(EventKind.REFUSED, decided_on=today - timedelta(days=300)),)
    person_id = teller.person(
        rows, story, LicenceDetails(LicenceKind.HACKNEY_CARRIAGE_DRIVER, teller.number(f"{story}-H"), "", refused)
    )
    on = today - timedelta(days=50)
    events = (granted(on - timedelta(days=400), _TERM), Event(EventKind.REVOKED, decided_on=on, notified_on=on))
    licence = LicenceDetails(LicenceKind.PRIVATE_HIRE_DRIVER, teller.number(story), story, events)
    rows.add_licence(person_id, licence)
    rows.write()
    _complain(teller.user, RecordKind.PERSON, person_id, 6, 17)


def _complain(officer: ActingUser, kind: RecordKind, record_id: UUID, *days_ago: int) -> None:
    for days in days_ago:
        given = {
            "category": ComplaintCategory.CONDUCT,
            "source": ComplaintSource.PASSENGER,
            "received_on": dates.today() - timedelta(days=days),
            "summary": "An invented complaint",
            "case_reference": None,
        }
        complaints.record_complaint(officer, kind, record_id, given)


def _room(officer: ActingUser) -> None:
    """One place to stay of Cherwell's let a room to an adult with a child, asking nothing, in two tests."""
    found = disruption.places_found("bed and breakfast")
    names = disruption.names_of_authorities()
    there = [one for one in found if names[one.authority_id].startswith(CHERWELL.place)]
    mine = agency_of(AgencyKind.TRADING_STANDARDS, OXFORDSHIRE.place)
    for place in there[:1]:
        lines = ", ".join(place.address_lines.splitlines())
        aim = Aim(TargetKind.PREMISES, place.name, lines, place.postcode, place.id, place.authority_id)
        for days in (40, 8):
            on = dates.today() - timedelta(days=days)
            testing.record_test(officer, Tried(aim, on, TestKind.BOOKING, True, False, False, recording_agency_id=mine))
    db.session.commit()


def _dismiss_oldest(officer: ActingUser) -> None:
    """The one that says least, with its reason."""
    found = counted.every_signal()
    if found:
        seen = [str(one) for one in found[-1].row_ids]
        signals.dismiss(officer, found[-1].id, seen, "All of it was looked into at the time, and nothing more is owed.")
        db.session.commit()


def _plan_meeting(officer: ActingUser, on_day: date, purpose: str, *invited: tuple[AgencyKind, Council]) -> UUID:
    mine = disruption.acting_agencies()[0].id
    agencies = [agency_of(kind, council.place) for kind, council in invited]
    made = meetings.plan(officer, Plan(on_day, time(14), "Town Hall, room 2 (sample)", mine, purpose, agencies))
    # Of several signals about one record one is enough for an agenda.
    about = {one.record_id or one.id: one for one, _ in reversed(counted.signals(counted.SignalsFilter()))}
    for one in list(about.values())[-3:]:
        kind, why = SubjectKind(one.rule.subject.value), "It came up again and again within a year."
        meetings.add_subject(officer, made, Topic(kind, one.name, why, one.record_id, one.id))
    db.session.commit()
    return made


def _meet(officer: ActingUser) -> None:
    """Held today: a colleague looks at the operator's files, and the police are asked for one thing."""
    police, trading = (AgencyKind.POLICE, OXFORDSHIRE), (AgencyKind.TRADING_STANDARDS, OXFORDSHIRE)
    community = (AgencyKind.COMMUNITY_SAFETY, OXFORD)
    made = _plan_meeting(officer, dates.today(), "To agree who visits whom first.", police, trading, community)
    hotel = Topic(SubjectKind.PREMISES, "Harbour Hotel (sample)", "A notice is in effect, and one answer is overdue.")
    meetings.add_subject(officer, made, hotel)
    meetings.hold(officer, made, "Four agencies came. The operator was talked about first, then the hotel.")
    db.session.commit()
    mine, due = disruption.acting_agencies()[0].id, dates.today() + timedelta(days=14)
    subjects = planned.subjects_of(made)
    asked = Owner(mine, asked_agency_id=agency_of(AgencyKind.POLICE, OXFORDSHIRE.place))
    own = Owner(mine, colleague_id=officer.id)
    meetings.decide(officer, made, subjects[0].id, own, "Audit the operator’s list of drivers and its bookings.", due)
    meetings.decide(officer, made, subjects[-1].id, asked, "Say which nights the hotel should be visited.", due)
    db.session.commit()


def _plan(officer: ActingUser) -> None:
    """The next one, with its agenda."""
    on_day = dates.today() + timedelta(days=14)
    fire, police = (AgencyKind.FIRE_AND_RESCUE, OXFORDSHIRE), (AgencyKind.POLICE, OXFORDSHIRE)
    _plan_meeting(officer, on_day, "To see what was done since the last meeting.", fire, police)
