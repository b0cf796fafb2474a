"""Two councils with one of everything each, made by the product's own ways: who sees whose is then a question."""

import tempfile
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

from factories import (
    accounts,
    allegations,
    briefings,
    concerns,
    decisions,
    disruption,
    need_to_know,
    operations,
    prevention,
    register,
    returns,
    sharing,
    signals,
    subject_access,
    suitability,
    training,
    vetting,
)
from sqlalchemy import select, text

from licensing import dates, mail
from licensing.accounts import own_account
from licensing.accounts.acting import ActingUser, who_is_acting
from licensing.administration import changes as administering
from licensing.administration import queries as administration
from licensing.approvals.models import Proposal
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import acting_as, db
from licensing.deadlines import changes as clocks
from licensing.deadlines.codes import ClockCode
from licensing.deadlines.models import ClosureDay
from licensing.deadlines.rules import FirstDay, Unit
from licensing.driver_check import changes as checks
from licensing.driver_check import queries as driver_check
from licensing.driver_check import verdicts
from licensing.driver_check.asking import Asked
from licensing.driver_check.rules import Judgement, Purpose
from licensing.imports import changes as imports
from licensing.imports import limits
from licensing.imports.changes import Options
from licensing.imports.rules import ImportKind
from licensing.jobs.models import JobProgress
from licensing.mail import MailKind
from licensing.permissions import Role
from licensing.register import drafts
from licensing.register.details import OtherName, PersonDetails
from licensing.register.drafts import DraftKind
from licensing.register.events import NameKind
from licensing.register.identifiers import IdentifierKind
from licensing.register.models import Licence, LicenceEvent, Premises, SamePerson
from licensing.setup import owner_session
from licensing.tasks import changes as tasks
from licensing.tasks.rules import For, TaskKind
from licensing.vetting import changes as vetting_changes

FHRS = """<?xml version="1.0"?><FHRSEstablishment><Header><ExtractDate>2025-06-03</ExtractDate>
<ItemCount>1</ItemCount></Header><EstablishmentCollection><EstablishmentDetail><FHRSID>{number}</FHRSID>
<LocalAuthorityBusinessID>S{number}</LocalAuthorityBusinessID><BusinessName>Sample Hotel {number}</BusinessName>
<BusinessType>Hotel/bed &amp; breakfast/guest house</BusinessType><BusinessTypeID>7842</BusinessTypeID>
<AddressLine1>1 Sample Street</AddressLine1><PostCode>OX99 1AA</PostCode><RatingValue>5</RatingValue>
<RatingDate>2024-05-01</RatingDate><LocalAuthorityCode>{number}</LocalAuthorityCode><LocalAuthorityName>{council}</LocalAuthorityName>
</EstablishmentDetail></EstablishmentCollection></FHRSEstablishment>"""
DRIVERS = (
    "source_id,given_names,family_name,date_of_birth,licence_no,licence_type,status,starts_on,expires_on\n"
    "S1,Anna,Sample,01/02/1990,PHD1,private hire,granted,01/03/2026,28/02/2029\n"
)
TEAM, TASK_DUE = Role.LICENSING_OFFICER, date(2100, 1, 1)
# What somebody typed about a person who is not on the register yet.
TYPED = {
    "given_names": "Petra Example",
    "family_name": "Sampleová",
    "date_of_birth": "1991-07-23",
    "nino": None,
    "driving_licence_no": None,
    "address": "2 Sample Street",
    "postcode": "OX99 1AB",
    "other_given_names": None,
    "other_family_name": None,
    "kind": "private_hire_driver",
    "number": "PHD0002",
    "badge_no": None,
    "granted_on": "2025-03-01",
    "starts_on": "2025-03-01",
    "expires_on": "2028-02-28",
}

# What somebody typed about an organisation, waiting to be checked.
ANSWERS = {
    "entry": "add_organisation",
    "record": None,
    "answers": {
        "name": "Sample Cabs LLP",
        "kind": "partnership",
        "company_no": None,
        "address_lines": None,
        "postcode": None,
        "seen": "",
    },
}

ASKED = Asked("Mohammed Aslam", "Khan", register.KHAN.date_of_birth)


@dataclass(frozen=True)
class Council:
    """One council's records, by id."""

    code: str
    id: UUID
    officer: UUID
    person_id: UUID
    licence_id: UUID
    premises_id: UUID
    organisation_id: UUID
    vehicle_id: UUID
    check_id: UUID
    import_id: UUID
    draft_id: UUID
    answers_id: UUID
    event_id: UUID
    merge_id: UUID
    user_id: UUID
    proposal_id: UUID
    task_id: UUID
    task_for: Role
    job_id: UUID
    search_id: UUID
    link_id: UUID
    application_id: UUID
    consideration_id: UUID
    information_id: UUID
    complaint_id: UUID
    report_id: UUID
    case_id: UUID
    defendant_id: UUID
    nr3s_search_id: UUID
    nr3s_entry_id: UUID
    nr3s_update_id: UUID
    nr3s_user_id: UUID
    request_out_id: UUID
    request_in_id: UUID
    disclosure_id: UUID
    clock_id: UUID
    decision_id: UUID
    appeal_id: UUID
    delegation_id: UUID
    decision_draft_id: UUID
    closure_id: UUID
    lado_case_id: UUID
    lado_officer: UUID
    subject_draft_id: UUID
    allegation_id: UUID
    strand_id: UUID
    meeting_id: UUID
    action_id: UUID
    entry_id: UUID
    share_id: UUID
    release_id: UUID
    sent_id: UUID
    duty_id: UUID
    access_id: UUID
    consultation_id: UUID
    setting_id: UUID
    alert_id: UUID
    training_id: UUID
    premises_training_id: UUID
    workforce_training_id: UUID
    offer_id: UUID
    course_id: UUID
    vetting_check_id: UUID
    concern_id: UUID
    raised_id: UUID
    referred_id: UUID
    staff_concern_id: UUID
    contact: UUID
    disruption_action_id: UUID
    disruption_event_id: UUID
    action_in_force_id: UUID
    partner_task_id: UUID
    agency_id: UUID
    member_id: UUID
    operation_id: UUID
    finding_id: UUID
    purchase_id: UUID
    hotel_notice_id: UUID
    requirement_id: UUID
    hotel_service_id: UUID
    indicator_id: UUID
    activity_id: UUID
    place_id: UUID
    signal_id: UUID
    subject_meeting_id: UUID
    briefing_id: UUID
    answer_id: UUID
    note_id: UUID
    reader_id: UUID
    notes_report_id: UUID
    request_id: UUID
    fact_id: UUID
    subject_request_id: UUID
    held_id: UUID


def _believed_before(council_id: UUID, person_id: UUID) -> None:
    """What the database keeps for figures when an outcome or a date of birth is put right."""
    kept = {"council": council_id, "person": person_id}
    with owner_session() as session:
        for statement in (
            "INSERT INTO person_birth_kept VALUES (:person, now(), :council, false)",
            "INSERT INTO allegation_kept VALUES (gen_random_uuid(), now(), :council, 'open')",
        ):
            session.execute(text(statement), kept)
        session.commit()


def _look_unseen(code: str, person_id: UUID) -> None:
    """A look that the restricted trail alone keeps."""
    with acting_as(accounts.open_session(accounts.user(Role.DESIGNATED_OFFICER, code))):
        audit.record(Action.LOOKED, ObjectKind.PERSON, person_id)
        db.session.commit()


def fill(code: str) -> Council:
    """Give a council an officer, a person with everything, premises, a check, an import and a draft."""
    officer = accounts.user(Role.LICENSING_OFFICER, code)
    person_id = register.add(_person(), code)
    with acting_as(accounts.open_session(officer)):
        user = who_is_acting()
        assert user is not None
        _bring_in(user, ImportKind.FHRS, FHRS.format(number=int(code[-4:]), council=user.authority.name))
        import_id = _stage(user, ImportKind.DRIVERS, DRIVERS)
        check_id = _check(user)
        _judge(user, check_id)
        search_id = drafts.keep(user, DraftKind.SEARCH, {"words": "Khan"})
        draft_id = drafts.keep(user, DraftKind.PERSON, TYPED)
        answers_id = drafts.keep(user, DraftKind.ENTRY, ANSWERS)
        about = (ObjectKind.PERSON, person_id)
        task_id, _ = tasks.open_task(user, TaskKind.REVIEW, For(team=TEAM), TASK_DUE, "Badge found", about=about)
        clock_id = clocks.start(user, ClockCode.S5_REPORT, about, date(2026, 6, 1)).id
        audit.record(Action.LOOKED, ObjectKind.PERSON, person_id)
        db.session.commit()
        licence_id = db.session.scalars(select(Licence.id).where(Licence.person_id == person_id)).one()
        event_id = db.session.scalars(select(LicenceEvent.id).where(LicenceEvent.licence_id == licence_id)).first()
        assert event_id is not None
        premises_id = db.session.scalars(select(Premises.id)).one()
        mail.send(officer, MailKind.APPROVAL_WAITS)
        db.session.commit()
        sent = select(JobProgress.id).where(JobProgress.asked_by == officer, JobProgress.kind == "send_mail")
        job_id = db.session.scalars(sent).one()
        db.session.rollback()
    _look_unseen(code, person_id)
    _believed_before(council_id=accounts.authority_id(code), person_id=person_id)
    things = register.add_things(code, person_id, officer)
    council = accounts.authority_id(code)
    user_id, proposal_id = _administer(code)
    register.add(register.TOLD_APART, code)
    register.publish(code)
    trained = training.fill(code, person_id, things.organisation_id, things.premises_id, officer)
    decided = decisions.decide(code, licence_id, officer)
    contact = accounts.user(Role.BRIEFING_READER, code)
    recorded = suitability.record_all(code, officer, person_id, licence_id, things.organisation_id)
    disrupted = disruption.disrupted(code, officer, premises_id)
    returns.name_council(officer)
    return Council(
        code=code,
        id=council,
        officer=officer,
        person_id=person_id,
        licence_id=licence_id,
        premises_id=premises_id,
        place_id=premises_id,
        organisation_id=things.organisation_id,
        vehicle_id=things.vehicle_id,
        check_id=check_id,
        import_id=import_id,
        draft_id=draft_id,
        answers_id=answers_id,
        event_id=event_id,
        merge_id=register.merge_in(code, person_id, officer),
        user_id=user_id,
        proposal_id=proposal_id,
        task_id=task_id,
        task_for=TEAM,
        job_id=job_id,
        search_id=search_id,
        link_id=_link(code, person_id, council),
        **sharing.shared(code, person_id, licence_id),
        briefing_id=briefings.published(briefings.measured(code)),
        answer_id=returns.answered(officer),
        clock_id=clock_id,
        decision_id=decided.decision_id,
        appeal_id=decided.appeal_id,
        delegation_id=decided.delegation_id,
        decision_draft_id=decided.decision_draft_id,
        closure_id=_close_a_day(code),
        training_id=trained.training_id,
        premises_training_id=trained.premises_training_id,
        workforce_training_id=trained.workforce_training_id,
        offer_id=trained.offer_id,
        course_id=trained.course_id,
        vetting_check_id=_vetted(code, person_id, officer),
        **asdict(recorded),
        **asdict(allegations.fill(code, person_id, officer)),
        **concerns.concerned(code, officer, person_id, contact),
        contact=contact,
        **disrupted,
        **operations.operated(code, officer),
        **prevention.prevented(code, officer, premises_id),
        **signals.signalled(code, officer, premises_id),
        **need_to_know.noted(code, decided.decision_id),
        **subject_access.asked(code, person_id),
    )


def oxford() -> Council:
    """Oxford alone."""
    return fill(accounts.OXFORD)


def oxford_that_shares() -> Council:
    """Oxford alone, which may ask Cherwell."""
    accounts.agree(accounts.OXFORD, accounts.CHERWELL)
    return fill(accounts.OXFORD)


def cherwell_that_shares() -> Council:
    """Cherwell alone, open to driver checks."""
    accounts.agree(accounts.CHERWELL)
    return fill(accounts.CHERWELL)


def both() -> tuple[Council, Council]:
    """Oxford and Cherwell, full of records, each open to the other's driver checks."""
    accounts.agree(accounts.OXFORD, accounts.CHERWELL)
    return fill(accounts.OXFORD), fill(accounts.CHERWELL)


def _close_a_day(code: str) -> UUID:
    """A closed day and a period that the council chose, and a power that it found in force."""
    disruption.begin(code)
    with acting_as(accounts.open_session(accounts.user(Role.LICENSING_MANAGER, code))):
        user = who_is_acting()
        assert user is not None
        clocks.add_closure_day(user, date(2099, 6, 3), "Elections")
        since = dates.today()
        clocks.set_own_rule(
            user,
            ClockCode.SUSPENSION_REVIEW,
            length=1,
            unit=Unit.YEARS,
            first_day=FirstDay.AFTER,
            valid_from=since,
            source="Policy",
            reason="Ours",
        )
        db.session.commit()
        return db.session.scalars(select(ClosureDay.id)).one()


def _link(code: str, person_id: UUID, council: UUID) -> UUID:
    """A link to a record of a third council, as the procedure leaves it: the two councils see none of each other's."""
    theirs = register.add(register.numbered(int(code[-3:])), accounts.WEST)
    their_council = accounts.authority_id(accounts.WEST)
    first, second = sorted([(person_id, council), (theirs, their_council)])
    link_id = uuid4()
    with owner_session() as session:
        proposal = session.scalars(select(Proposal.id).where(Proposal.authority_id == council)).first()
        session.add(
            SamePerson(
                id=link_id,
                first_person_id=first[0],
                first_authority_id=first[1],
                second_person_id=second[0],
                second_authority_id=second[1],
                proposal_id=proposal,
            )
        )
        session.commit()
    return link_id


def _vetted(code: str, person_id: UUID, officer: UUID) -> UUID:
    """A check of the person, and a rule of the council's own about it."""
    vetting.make_rule(code)
    with vetting.acting(officer) as user:
        return vetting_changes.record(user, person_id, vetting.CERTIFICATE)


def _administer(code: str) -> tuple[UUID, UUID]:
    """A colleague for whom a privileged role is asked, and a review of who has access."""
    colleague = accounts.user(Role.BRIEFING_READER, code)
    with acting_as(accounts.open_session(accounts.user(Role.ADMINISTRATOR, code))):
        user = who_is_acting()
        assert user is not None
        account = administration.one_account(colleague)
        proposal = administering.give_role(user, account, Role.AUDITOR, "For the yearly audit")
        assert proposal is not None
        proposal_id = proposal.id
        administering.record_review(user, date(2026, 1, 5), set())
        db.session.commit()
    with acting_as(accounts.open_session(colleague)):
        user = who_is_acting()
        assert user is not None
        own_account.make_recovery_codes(user)
        db.session.commit()
    return colleague, proposal_id


def _person() -> PersonDetails:
    return replace(
        register.KHAN,
        other_names=(OtherName(NameKind.ALIAS, "Aslam", "Sampleson"),),
        identifiers=((IdentifierKind.NI_NUMBER, "QQ123456C"),),
    )


def _stage(user: ActingUser, kind: ImportKind, content: str) -> UUID:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_text(content)
        import_id, _ = imports.stage(user, path, "sample", kind, Options(), limits.WEB)
        db.session.commit()
        return import_id


def _bring_in(user: ActingUser, kind: ImportKind, content: str) -> None:
    imports.apply(user, _stage(user, kind, content))
    db.session.commit()


def _judge(user: ActingUser, check_id: UUID) -> None:
    """Say of the first of those found that it is the person."""
    check = driver_check.check(check_id)
    result = next(iter(driver_check.results(check_id).items()))
    verdicts.judge(user, check, ASKED, result, (Judgement.SAME, "Compared the photographs"), "")


def _check(user: ActingUser) -> UUID:
    check_id = checks.open_check(user, ASKED, Purpose.RENEWAL, "none yet")
    db.session.commit()
    checks.answer_check(user, check_id, ASKED)
    db.session.commit()
    return check_id
