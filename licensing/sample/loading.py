"""Writing the samples into an empty database.

Councils' details and users are written as the database's owner; holders on behalf of each council's own officer,
under the same row-level security as anybody's work. A council's register is one transaction: a load that was
stopped is taken up with the councils that are missing.
"""

from collections.abc import Callable
from datetime import date
from itertools import islice
from uuid import uuid4

from flask import current_app
from sqlalchemy import exists, func, select, text
from sqlalchemy.orm import Session

from licensing.accounts.acting import ActingUser
from licensing.accounts.commands import authority_of_code, new_credential, on_behalf_of
from licensing.accounts.models import Authority, RoleHeld, User
from licensing.accounts.rules import UserStatus
from licensing.accounts.sign_in import hasher
from licensing.audit import changes as audit
from licensing.audit.rules import Action
from licensing.dates import years_after
from licensing.db import db
from licensing.permissions import Role
from licensing.public_register import changes as public_register
from licensing.public_register.queries import choices
from licensing.public_register.rules import Choices, PublicRegister
from licensing.register import statistics
from licensing.register.models import Freshness, MatchStatistics, Person
from licensing.register.rows import Rows
from licensing.sample import (
    allegations,
    briefings,
    concerns,
    decisions,
    disruption,
    fleets,
    need_to_know,
    operations,
    places,
    prevention,
    sharing,
    signals,
    stories,
    subject_access,
    training,
    vetting,
)
from licensing.sample.badges import badge_holders
from licensing.sample.cases import add_cases
from licensing.sample.councils import CHERWELL, COUNCILS, DISTRICTS, OXFORD, OXFORDSHIRE, SOURCE_PREFIX, Council, Scale
from licensing.sample.holders import holders
from licensing.sample.users import PASSWORD, SampleUser, licensing_officer, sample_users, totp_secret
from licensing.setup import owner_session

Progress = Callable[[int], None]

AGREED_ON = date(2024, 4, 1)
PUBLISHING = (CHERWELL, OXFORD)
# People held in memory at a time.
_AT_ONCE = 1_000
_FILLED = (
    "person",
    "person_name",
    "person_address",
    "person_identifier",
    "licence",
    "licence_event",
    "licence_period",
    "licence_mark",
    "organisation",
    "vehicle",
    "vehicle_mark",
    "premises",
    "obligation_check",
    "position_held",
    "person_match",
    "match_key",
    "training_record",
    "vetting_check",
    "vetting_standing",
)

_is_sample = func.coalesce(Person.source_id, "").startswith(SOURCE_PREFIX)
# Those numbered one after another; people of places and stories have further letters in their keys.
_is_numbered = Person.source_id.regexp_match(f"^{SOURCE_PREFIX}[A-Z]+[0-9]+$")


class NotEmpty(Exception):
    """The database holds what is not of these samples; the message says what."""


def missing(scale: Scale) -> list[Council]:
    """The councils whose people are still to be loaded. Raises NotEmpty where samples may not be put."""
    wanted = {council.code: council.people(scale) for council in COUNCILS}
    with owner_session() as session:
        there = _samples_there(session)
        if there == wanted:
            return []
        if session.scalar(select(exists().where(User.is_sample.is_(False)))):
            raise NotEmpty("This database has users who are not samples.")
        if session.scalar(select(exists().where(~_is_sample))):
            raise NotEmpty("This database holds people who are not samples.")
    if any(there[code] not in (0, count) for code, count in wanted.items()):
        raise NotEmpty("This database holds the samples of another scale.")
    return [council for council in COUNCILS if not there[council.code]]


def load(scale: Scale, today: date, councils: list[Council], progress: Progress) -> None:
    """Load the registers of these councils; `progress` is told of each batch how many people were written."""
    month = today.replace(day=1)
    with owner_session() as session:
        _write_councils(session, month)
        write_users(session)
        session.commit()
    for council in councils:
        with on_behalf_of(licensing_officer(council).email) as officer:
            _write_council(officer, council, scale, month, progress)
            db.session.add(Freshness(authority_id=officer.authority.id, kind="drivers"))
            audit.record(Action.COMMAND_STARTED, details={"command": f"sample load --scale {scale}"})
            db.session.commit()
        if council in DISTRICTS:
            decisions.decide_cases(council, today)
            sharing.share(council, month)
            concerns.raise_concerns(council)
    _tell_planner()  # briefings count all of it below
    if OXFORDSHIRE in councils:
        allegations.record_cases(today)
        disruption.disrupt(today)
        operations.operate()
        signals.signal(today)
        prevention.prevent(today)
        briefings.brief(today)
        need_to_know.brief()
    if OXFORD in councils:
        subject_access.ask(today)
    for council in councils:
        _publish(council)
    _make_ready_to_search()


def finish() -> None:
    """Do the last step of a load that was stopped just before it."""
    with owner_session() as session:
        is_ready = session.scalar(select(exists(MatchStatistics.id)))
    if not is_ready:
        _make_ready_to_search()


def _write_council(officer: ActingUser, council: Council, scale: Scale, month: date, progress: Progress) -> None:
    """A district's holders with what they own, its places and its seldom stories; or the county's badge holders."""
    is_district = council in DISTRICTS
    rows = Rows(officer.authority.id, current_app.config["KEYS"])
    people = holders(council, scale, month) if is_district else badge_holders(scale, month)
    numbered = enumerate(people, start=1)
    attended = training.Attendance(officer, council, month)
    while some := list(islice(numbered, _AT_ONCE)):
        for number, details in some:
            person_id = rows.add_person(details)
            if is_district:
                fleets.add_for_holder(rows, council, number, person_id, month)
            attended.add_for(number, person_id)
        rows.write()
        attended.write()
        progress(len(some))
    if is_district:
        _write_places(rows, council, scale, month)
        stories.tell(officer, council, month)
    training.train_groups(officer, council, month)
    vetting.check_holders(officer, month)
    if is_district:
        add_cases(officer, month)


def _write_places(rows: Rows, council: Council, scale: Scale, month: date) -> None:
    numbers = iter(range(1, council.places(scale) + 1))
    while some := list(islice(numbers, _AT_ONCE)):
        for number in some:
            places.add_place(rows, council, number, month)
        rows.write()


def _publish(council: Council) -> None:
    """Two councils publish their registers, so that the public pages show something."""
    if council not in PUBLISHING:
        return
    with on_behalf_of(SampleUser(council, Role.ADMINISTRATOR).email) as administrator:
        registers = frozenset(PublicRegister)
        chosen = Choices(registers, individuals_marks=council is CHERWELL, individuals_addresses=False)
        public_register.choose(administrator, chosen, public_register.written(choices()))
        db.session.commit()


def _make_ready_to_search() -> None:
    """Count how common names are."""
    with owner_session() as session:
        statistics.gather(session, current_app.config["KEYS"])
        session.commit()
    _tell_planner()


def _tell_planner() -> None:
    """Of tables that were filled a moment ago it believes that they are empty."""
    with owner_session() as session:
        session.execute(text(f"ANALYZE {', '.join(_FILLED)}"))
        session.commit()


def _write_councils(session: Session, month: date) -> None:
    for council in COUNCILS:
        row = authority_of_code(session, council.code)
        row.licensing_contact = council.contact
        row.licensing_email = council.email
        row.licensing_phone = council.phone
        if council.agreement:
            row.agreement_reference = council.agreement
            row.agreement_signed_on = AGREED_ON
            row.agreement_review_on = years_after(month, 1)


def write_users(session: Session) -> None:
    """Add the sample users that are not there, with one role each, ready to sign in."""
    # One hash for all: the password is printed, so a salt for each user would cost a second and protect nothing.
    password_hash = hasher.hash(PASSWORD)
    known = set(session.scalars(select(User.email)))
    for user in sample_users():
        if user.email in known:
            continue
        authority_id = authority_of_code(session, user.council.code).id
        account = User(
            id=uuid4(),
            authority_id=authority_id,
            email=user.email,
            name=user.name,
            status=UserStatus.ACTIVE,
            is_sample=True,
        )
        session.add(account)
        session.flush()
        session.add(RoleHeld(user_id=account.id, role=user.role))
        session.add(new_credential(account, totp_secret(user.email), password_hash))


def _samples_there(session: Session) -> dict[str, int]:
    """How many of the numbered sample people each council has."""
    counted = session.execute(
        select(Authority.code, func.count())
        .join(Person, Person.authority_id == Authority.id)
        .where(_is_numbered)
        .group_by(Authority.code)
        .order_by(Authority.code)
    )
    there = {council.code: 0 for council in COUNCILS}
    for code, count in counted:
        there[code] = count
    return there
