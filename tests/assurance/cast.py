"""Everybody who could ask for a case, and how each stands to it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from factories import accounts, allegations
from sqlalchemy import select, text

from licensing import dates
from licensing.allegations.access import Standing
from licensing.allegations.models import CaseAccess, Duty, Release
from licensing.allegations.words_of_sharing import AccessKind, Basis, DutyState, Onward, ReleaseKind
from licensing.permissions import Role
from licensing.sealing import seal
from licensing.setup import owner_session

# The tables in which words of a case, or of the office around the cases, stand.
ROOM = (
    "lado_case",
    "case_step",
    "allegation",
    "case_strand",
    "case_meeting",
    "case_action",
    "case_entry",
    "case_share",
    "flag_seen",
    "case_release",
    "named_decision",
    "case_kept_longer",
    "case_duty",
    "lado_consultation",
    "assured_setting",
    "setting_visit",
    "relied_item",
    "lado_report_words",
)


@dataclass(frozen=True)
class Player:
    """Somebody, what they are to the case, and how the database should say that they stand."""

    part: str
    user_id: UUID | None
    role: Role | None
    standing: Standing | None

    @property
    def works(self) -> bool:
        return self.standing in (Standing.OWNER, Standing.OFFICER, Standing.EMERGENCY)


RECIPIENT = "a recipient"


def players(case_id: UUID, owner: UUID) -> list[Player]:
    """One of each: whoever may know of the case in each way, and everybody else in each role."""
    cast = [
        Player("its officer", owner, Role.DESIGNATED_OFFICER, Standing.OWNER),
        Player("another officer", allegations.officer(), Role.DESIGNATED_OFFICER, Standing.OFFICER),
        Player("an officer with a conflict", allegations.officer(), Role.DESIGNATED_OFFICER, None),
        Player("another area's officer", allegations.officer(accounts.OXFORD), Role.DESIGNATED_OFFICER, None),
        Player("somebody named", _of_county(Role.BRIEFING_READER), Role.BRIEFING_READER, Standing.NAMED),
        Player("somebody named until yesterday", _of_county(Role.BRIEFING_READER), Role.BRIEFING_READER, None),
        Player("somebody whose name was withdrawn", _of_county(Role.BRIEFING_READER), Role.BRIEFING_READER, None),
        Player("a deputy who is named", _deputy(), Role.DEPUTY_DESIGNATED_OFFICER, Standing.NAMED),
        Player("a deputy with a conflict", _deputy(), Role.DEPUTY_DESIGNATED_OFFICER, None),
        Player("a deputy in an emergency", _deputy(), Role.DEPUTY_DESIGNATED_OFFICER, Standing.EMERGENCY),
        Player("a deputy after the hour", _deputy(), Role.DEPUTY_DESIGNATED_OFFICER, None),
        Player(RECIPIENT, accounts.user(Role.LICENSING_OFFICER), Role.LICENSING_OFFICER, None),
        Player("a recipient who lost casework", accounts.user(Role.LICENSING_OFFICER), Role.LICENSING_OFFICER, None),
        *(
            Player(f"{role.value} of {code}", accounts.user(role, code), role, None)
            for role in Role
            if role is not Role.DESIGNATED_OFFICER
            for code in (accounts.COUNTY, accounts.OXFORD)
        ),
    ]
    by_part = {one.part: one.user_id for one in cast}
    now = datetime.now(UTC)
    hour, day = timedelta(hours=1), timedelta(days=1)
    _give(case_id, owner, by_part["an officer with a conflict"], AccessKind.CLOSED)
    _give(case_id, owner, by_part["somebody named"], AccessKind.NAMED, until=now + day)
    _give(case_id, owner, by_part["somebody named until yesterday"], AccessKind.NAMED, until=now - day)
    _give(case_id, owner, by_part["somebody whose name was withdrawn"], AccessKind.NAMED, until=now + day, ended=now)
    _give(case_id, owner, by_part["a deputy who is named"], AccessKind.NAMED, until=now + day)
    _give(case_id, owner, by_part["a deputy with a conflict"], AccessKind.EMERGENCY, until=now + hour)
    _give(case_id, owner, by_part["a deputy with a conflict"], AccessKind.CLOSED)
    _give(case_id, owner, by_part["a deputy in an emergency"], AccessKind.EMERGENCY, until=now + hour)
    _give(case_id, owner, by_part["a deputy after the hour"], AccessKind.EMERGENCY, until=now - hour)
    _release(case_id, owner, by_part[RECIPIENT])
    _release(case_id, owner, by_part["a recipient who lost casework"])
    with owner_session() as session:
        lost = text("UPDATE role_held SET ended_at = now() WHERE user_id = :id")
        session.execute(lost, {"id": by_part["a recipient who lost casework"]})
        session.commit()
    return cast


def end(case_id: UUID, stage: str = "closed") -> None:
    """As the last step leaves a case that is over; how one gets there is for tests/allegations."""
    with owner_session() as session:
        unfounded = "UPDATE allegation SET outcome = 'unfounded', outcome_on = current_date WHERE case_id = :id"
        session.execute(text(unfounded), {"id": case_id})
        for duty in session.scalars(select(Duty).where(Duty.case_id == case_id)):
            duty.state, duty.settled_on = DutyState.DONE, dates.today()
            duty.words_sealed = seal(Duty, "words_sealed", duty.id, "Told by telephone")
        session.flush()
        ended = "UPDATE lado_case SET stage = :stage, closed_on = current_date WHERE id = :id"
        session.execute(text(ended), {"stage": stage, "id": case_id})
        session.commit()


def _of_county(role: Role) -> UUID:
    return accounts.user(role, accounts.COUNTY)


def _deputy() -> UUID:
    return _of_county(Role.DEPUTY_DESIGNATED_OFFICER)


def _give(
    case_id: UUID,
    by: UUID,
    to: UUID | None,
    kind: AccessKind,
    until: datetime | None = None,
    ended: datetime | None = None,
) -> None:
    """As its procedure leaves it; what the procedures refuse is tested beside the pages."""
    assert to is not None
    row = CaseAccess(
        id=uuid4(),
        authority_id=accounts.authority_id(accounts.COUNTY),
        case_id=case_id,
        user_id=to,
        kind=kind,
        given_by=by,
        until_at=until,
        ended_at=ended,
        review_due_on=date(2099, 1, 1) if kind is AccessKind.EMERGENCY else None,
    )
    row.reason_sealed = seal(CaseAccess, "reason_sealed", row.id, "Sample")
    with owner_session() as session:
        session.add(row)
        session.commit()


def _release(case_id: UUID, by: UUID, to: UUID | None) -> None:
    """An item released to somebody of Oxford."""
    assert to is not None
    row = Release(
        id=uuid4(),
        authority_id=accounts.authority_id(accounts.COUNTY),
        case_id=case_id,
        for_authority_id=accounts.authority_id(accounts.OXFORD),
        to_user_id=to,
        to_name="Sample Officer",
        kind=ReleaseKind.ITEM,
        basis=Basis.PUBLIC_TASK,
        onward=Onward.NOBODY,
        expires_on=date(2099, 1, 1),
        acknowledge_by=date(2099, 1, 1),
        released_by=by,
    )
    row.content_sealed = seal(Release, "content_sealed", row.id, allegations.CONTENT.as_kept())
    with owner_session() as session:
        session.add(row)
        session.commit()


@contextmanager
def opened_policy(table: str) -> Iterator[None]:
    """A build that was broken on purpose: one table's policy gives everybody every row."""
    found = "SELECT qual FROM pg_policies WHERE tablename = :table AND policyname = :name"
    with owner_session() as session:
        name = f"{table}_select"
        rule = session.scalars(text(found), {"table": table, "name": name}).one()
        session.execute(text(f"ALTER POLICY {name} ON {table} USING (true)"))
        session.commit()
        yield
        session.execute(text(f"ALTER POLICY {name} ON {table} USING ({rule})"))
        session.commit()
