"""A hidden case from the call to its closing, step by step, and everybody who is not to learn of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID

from accounts import two_councils
from accounts.two_councils import Council
from assurance import ways
from assurance.ways import Way
from doors import Visitor, visitor
from factories import accounts, allegations, register, shared_cases
from flask import Flask
from sqlalchemy import text
from telling import FULL

from licensing import dates
from licensing.allegations import access
from licensing.allegations.changes import access as giving
from licensing.allegations.changes import cases as changes
from licensing.allegations.models import Case
from licensing.allegations.queries import access as accesses
from licensing.allegations.queries import cases as queries
from licensing.allegations.words import EntryKind
from licensing.allegations.words_of_sharing import Level, LookPurpose
from licensing.db import acting_as, db
from licensing.permissions import Role
from licensing.register.changes import merging
from licensing.setup import owner_session

# A case that a council knows of is known to that council: it is Cherwell that is told, and Oxford whose people look.
TOLD = accounts.CHERWELL
NOTHING = UUID(int=0)
# What stands in the addresses of a case's own pages.
PARTS = {
    "allegation_id": "allegation",
    "strand_id": "case_strand",
    "entry_id": "case_entry",
    "duty_id": "case_duty",
    "access_id": "case_access",
    "sent_id": "case_release",
    "release_id": "case_release",
}


@dataclass
class Story:
    """Who is in it, and what is known by now; all of them are there in both worlds."""

    councils: tuple[Council, Council]
    lado: UUID
    closed_to: UUID
    named: UUID
    told: UUID
    kept_person: UUID
    proposal_id: UUID
    approver: Visitor
    case_id: UUID
    people: list[Visitor] = field(default_factory=list)
    pages: list[Way] = field(default_factory=list)

    @property
    def subject(self) -> UUID:
        return self.councils[0].person_id

    def opens(self) -> None:
        """A call about a driver of Oxford's; one colleague has a conflict; a council is told to ring."""
        self.case_id = opened(self.lado, self.subject)
        with self.in_hand():
            giving.close_to(allegations.acting(), self._case(), self.closed_to, "A cousin")
            db.session.commit()

    def is_edited(self) -> None:
        with self.in_hand():
            changes.note(allegations.acting(), self.case_id, EntryKind.CALL, "The operator rang back.")
            db.session.commit()

    def is_released(self) -> None:
        """The level is raised, and a summary goes to somebody there."""
        shared_cases.share(self.lado, self.case_id, TOLD, level=Level.SUMMARY)
        shared_cases.release(self.lado, self.case_id, TOLD, self.told)

    def names_somebody(self) -> None:
        with self.in_hand():
            until_on = dates.today() + timedelta(days=7)
            giving.name_person(allegations.acting(), self._case(), self.named, until_on, "Counsel")
            db.session.commit()

    def names_nobody(self) -> None:
        with self.in_hand():
            row = accesses.access(self.case_id, self._access())
            assert row is not None
            giving.end(allegations.acting(), self._case(), row)
            db.session.commit()

    def is_lowered(self) -> None:
        """Which takes back what was released; and then it is withdrawn."""
        shared_cases.share(self.lado, self.case_id, TOLD, level=Level.CONTACT)
        shared_cases.share(self.lado, self.case_id, TOLD, level=Level.NOTHING)

    def is_closed(self) -> None:
        shared_cases.close(self.lado, self.case_id)

    def steps(self) -> list[Callable[[], None]]:
        return [
            self.opens,
            self.is_edited,
            self.is_released,
            self.names_somebody,
            self.names_nobody,
            self.is_lowered,
            self.is_closed,
        ]

    def unentitled(self) -> list[Visitor]:
        """Whoever is not to know of the case now: while somebody is named they are not among them."""
        with owner_session() as session:
            found = "SELECT count(*) FROM case_access WHERE user_id = :id AND kind = 'named' AND ended_at IS NULL"
            is_named = session.scalar(text(found), {"id": self.named})
        return [one for one in self.people if not (is_named and one.user_id == self.named)]

    def ways(self, app: Flask) -> list[Way]:
        """Every page of the case, by the ids of its own parts, and those around it."""
        parts = {}
        with owner_session() as session:
            for name, table in PARTS.items():
                found = text(f"SELECT id FROM {table} WHERE case_id = :id ORDER BY id LIMIT 1")
                parts[name] = session.scalar(found, {"id": self.case_id}) or NOTHING
        return [*ways.of_a_case(app, self.case_id, parts), *ways.around(app, parts)]

    @contextmanager
    def in_hand(self) -> Iterator[None]:
        with acting_as(accounts.open_session(self.lado)):
            access.look(self.case_id, LookPurpose.OWN_CASE)
            yield

    def _case(self) -> Case:
        return queries.case(self.case_id)

    def _access(self) -> UUID:
        return next(one.id for one in accesses.accesses(self.case_id) if one.user_id == self.named)


def opened(lado: UUID, person_id: UUID) -> UUID:
    """A case of which a council other than those that are asked knows that it is to ring."""
    case_id = allegations.open_case(lado, person_id)
    shared_cases.share(lado, case_id, TOLD, level=Level.CONTACT)
    return case_id


def begin(app: Flask, roles: list[Role]) -> Story:
    """Everybody, at a district and at the county, with sessions that stand in both worlds; nothing is hidden yet.

    Somebody of the licensing service has asked that the person's record be merged into another.
    """
    accounts.agree(accounts.OXFORD, accounts.CHERWELL, accounts.COUNTY)
    councils = two_councils.fill(accounts.OXFORD), two_councils.fill(accounts.CHERWELL)
    oxford = councils[0]
    kept = register.add(replace(register.PLAIN, source_id="KEPT", licences=()), accounts.OXFORD)
    with acting_as(accounts.open_session(oxford.officer)):
        proposal_id = merging.propose_merge(kept, oxford.person_id, {}, "Same photograph").id
        db.session.commit()
    reader = accounts.user(Role.BRIEFING_READER, accounts.COUNTY)
    story = Story(
        councils=councils,
        lado=allegations.officer(),
        closed_to=allegations.officer(),
        named=reader,
        told=accounts.user(Role.LICENSING_OFFICER, TOLD),
        kept_person=kept,
        proposal_id=proposal_id,
        approver=visitor(app, Role.LICENSING_MANAGER),
        case_id=NOTHING,
    )
    accounts.open_session(story.lado)  # in both worlds the designated officer is at work today
    people = [visitor(app, role) for role in roles]
    people.append(visitor(app, Role.LICENSING_OFFICER, oxford.officer))
    # The county's own reviewer reads in its trail that a case was looked at.
    of_county = [role for role in roles if role is not Role.INDEPENDENT_REVIEWER] if FULL else [Role.AUDITOR]
    people += [visitor(app, role, accounts.user(role, accounts.COUNTY)) for role in of_county]
    story.people = [
        *people,
        _player(app, Role.DESIGNATED_OFFICER, story.closed_to, "an officer with a conflict"),
        _player(app, Role.DESIGNATED_OFFICER, allegations.officer(accounts.OXFORD), "another area's officer"),
        _player(app, Role.BRIEFING_READER, reader, "somebody whose access has ended"),
    ]
    return story


def _player(app: Flask, role: Role, user_id: UUID, part: str) -> Visitor:
    one = visitor(app, role, user_id)
    one.part = part
    return one
