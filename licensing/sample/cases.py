"""Cases at each district, in every state that an application, a consideration or a complaint can have."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from licensing.accounts.acting import ActingUser
from licensing.dates import years_after
from licensing.db import db
from licensing.register.catalogue import LicenceKind
from licensing.register.changes.events import append_event
from licensing.register.events import Event, EventKind, LicenceStatus, RecordKind, RelevantInformation
from licensing.register.models import Licence, LicencePeriod
from licensing.sharing.changes import searches
from licensing.sharing.rules import SearchPurpose, SearchResult, SearchTerm
from licensing.suitability.applying import ApplicationKind, ItemKind, ItemState
from licensing.suitability.changes import applications, concerns, considerations, convictions, courts, recommendations
from licensing.suitability.concerns import ComplaintCategory, ComplaintOutcome, ComplaintSource, Reported
from licensing.suitability.models import Application
from licensing.suitability.recommending import DecisionType
from licensing.suitability.rules import Ground, InformationKind, Limb, Source
from licensing.suitability.sentences import SentenceKind, Verdict
from licensing.suitability.starting_points import Category

_DRIVERS = (LicenceKind.HACKNEY_CARRIAGE_DRIVER, LicenceKind.PRIVATE_HIRE_DRIVER, LicenceKind.DUAL_DRIVER)
_HOLDERS = 6


@dataclass(frozen=True)
class Worker:
    """Whose cases they are, and from which day they count."""

    user: ActingUser
    today: date

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)


def add_cases(user: ActingUser, today: date) -> None:
    """Put cases on the licences of a council's first drivers in force; fewer where it has fewer."""
    held = _drivers_in_force(today)
    if len(held) < _HOLDERS:
        return
    worker = Worker(user, today)
    _applications(worker, held[:3])
    _considerations(worker, held[3:])
    _complaints(worker, held)
    _trial(worker, held[5])
    _leave_ends(worker, held[1][0])


def _leave_ends(worker: Worker, licence_id: UUID) -> None:
    """A licence that ends with its holder's leave to work before its term does."""
    ends_on = worker.ago(-25)
    event = Event(EventKind.LEAVE_RECORDED, decided_on=worker.ago(90), ends_on=ends_on, recorded_on=worker.today)
    append_event(worker.user, licence_id, event)


def _drivers_in_force(today: date) -> list[tuple[UUID, UUID]]:
    """(licence, person) of the first of them, by number."""
    found = (
        select(Licence.id, Licence.person_id)
        .join(LicencePeriod, LicencePeriod.licence_id == Licence.id)
        .where(LicencePeriod.status == LicenceStatus.IN_FORCE, LicencePeriod.from_on <= today)
        .where(LicencePeriod.until_on > today, Licence.kind.in_(_DRIVERS), Licence.person_id.is_not(None))
        .order_by(Licence.number_key, Licence.id)
        .limit(_HOLDERS)
    )
    return [(row.id, row.person_id) for row in db.session.execute(found)]


def _applications(worker: Worker, held: list[tuple[UUID, UUID]]) -> None:
    """One hardly begun, one nearly ready with an old conviction, one withdrawn."""
    begun, ready, withdrawn = (
        applications.receive(worker.user, licence_id, ApplicationKind.RENEWAL, worker.ago(20 + 5 * number))
        for number, (licence_id, _) in enumerate(held)
    )
    words = "The photograph is not like the applicant"
    applications.say_item(worker.user, begun, ItemKind.IDENTITY, ItemState.LOOKED_AT_INCOMPLETE, worker.ago(9), words)
    for kind in ItemKind:
        state = ItemState.NOT_NEEDED if kind is ItemKind.REFERENCES else ItemState.DONE
        reason = "Licensed here before" if state is ItemState.NOT_NEEDED else ""
        applications.say_item(worker.user, ready, kind, state, worker.ago(6), reason)
    licence_id, person_id = held[1]
    found = searches.Search(
        SearchPurpose.RENEWAL, worker.ago(5), worker.user.id, (SearchTerm.NAME,), SearchResult.NO_ENTRY, (), False
    )
    searches.record_search(worker.user, person_id, licence_id, found)
    fine = years_after(worker.today, -3)
    convicted = {"category": Category.DISHONESTY, "offence": "An invented offence", "convicted_on": fine}
    about = db.session.get_one(Application, ready)
    convictions.record_conviction(worker.user, about, {**convicted, "sentence_completed_on": fine, "ban_ends_on": None})
    applications.withdraw(worker.user, withdrawn, worker.ago(2), "Moving away")


def _considerations(worker: Worker, held: list[tuple[UUID, UUID]]) -> None:
    """One open with information, one recommended, one closed, and an arrest that was reported late."""
    ids = [
        considerations.open_consideration(
            worker.user, licence_id, source, Ground.OTHER_REASONABLE_CAUSE, worker.ago(30), "An invented question"
        )
        for (licence_id, _), source in zip(
            held, (Source.POLICE_DISCLOSURE, Source.COMPLAINT, Source.OWN_ENQUIRY), strict=True
        )
    ]
    for consideration_id in ids[:2]:
        information = {"kind": InformationKind.POLICE, "received_on": worker.ago(29), "from_whom": "The police"}
        weighed = {"summary": "An invented entry", "case_reference": "INV/1", "relied_on": True, "limb": Limb.HARM}
        row = considerations.add_information(worker.user, consideration_id, {**information, **weighed})
        considerations.record_told(worker.user, row, worker.ago(20), "The gist of it")
    recommended = {"decision": DecisionType.WARNING, "relevant_information": RelevantInformation.PARTLY}
    reasons = {"reasons": "Invented reasons", "departing": None}
    recommendations.recommend_on_consideration(worker.user, ids[1], {**recommended, **reasons}, worker.ago(3))
    considerations.close_consideration(worker.user, ids[2], worker.ago(4), "It was somebody else", decided=False)
    happened = datetime(*worker.ago(5).timetuple()[:3], 9, 0, tzinfo=UTC)
    report = {"occurred_at": happened, "reported_at": happened + timedelta(days=3), "words": None}
    concerns.record_self_report(worker.user, held[2][0], {**report, "what": Reported.ARREST, "case_reference": None})


def _complaints(worker: Worker, held: list[tuple[UUID, UUID]]) -> None:
    """Some against one driver, which is a pattern, and one that was answered."""
    said = {"summary": "An invented complaint", "case_reference": None}
    sources = (ComplaintSource.PASSENGER, ComplaintSource.SCHOOL, ComplaintSource.TRADE)
    recorded = [
        concerns.record_complaint(
            worker.user,
            RecordKind.PERSON,
            held[0][1],
            {
                "category": ComplaintCategory.DRIVING,
                "source": source,
                "received_on": worker.ago(40 * number + 3),
                **said,
            },
        )
        for number, source in enumerate(sources)
    ]
    concerns.close_complaint(worker.user, recorded[-1], worker.ago(1), ComplaintOutcome.NOT_UPHELD, "")


def _trial(worker: Worker, held: tuple[UUID, UUID]) -> None:
    """Proceedings that ended, with a holder among the defendants, and others that go on."""
    ended = courts.record_case(
        worker.user, "Invented Crown Court", worker.ago(200), ended_on=worker.ago(60), witnesses=2
    )
    guilty = courts.add_defendant(worker.user, ended, Verdict.GUILTY, held[0])
    courts.pass_sentences(worker.user, guilty, [(SentenceKind.CONSECUTIVE, 60), (SentenceKind.CONCURRENT, 24)])
    courts.add_defendant(worker.user, ended, Verdict.NOT_GUILTY)
    under_way = courts.record_case(worker.user, "Invented Crown Court", worker.ago(10))
    courts.add_defendant(worker.user, under_way, Verdict.AWAITED)
