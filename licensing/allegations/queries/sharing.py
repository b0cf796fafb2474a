"""What was shared of a case, with whom and until when; and a recipient's own side of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from licensing.accounts.models import Authority
from licensing.allegations.models import Allegation, FlagSeen, LadoOffice, NamedDecision, Release, ReliedItem, Share
from licensing.allegations.words import Outcome
from licensing.allegations.words_of_sharing import Level, ReleaseKind
from licensing.audit.rules import ObjectKind
from licensing.db import db


@dataclass(frozen=True)
class Held:
    """A release as its recipient's list shows it: never what it says."""

    id: UUID
    council: str
    kind: ReleaseKind
    released_at: datetime
    expires_on: date
    acknowledged_at: datetime | None
    answered_at: datetime | None
    chased_on: date | None


def shares(case_id: UUID) -> list[Share]:
    """Every level that was set, in order."""
    found = select(Share).where(Share.case_id == case_id)
    return list(db.session.scalars(found.order_by(Share.set_at, Share.id)))


def standing_shares(case_id: UUID) -> dict[UUID, Share]:
    """The level that stands for each authority."""
    return {one.for_authority_id: one for one in shares(case_id) if one.ended_at is None}


def flagged(case_id: UUID) -> bool:
    """Whether some authority may know of the case."""
    return any(one.level is not Level.NOTHING for one in standing_shares(case_id).values())


def level_for(case_id: UUID, authority_id: UUID) -> Level:
    share = standing_shares(case_id).get(authority_id)
    return share.level if share else Level.NOTHING


def flags_seen(case_id: UUID) -> list[FlagSeen]:
    found = select(FlagSeen).where(FlagSeen.case_id == case_id)
    return list(db.session.scalars(found.order_by(FlagSeen.seen_at, FlagSeen.id)))


def releases(case_id: UUID) -> list[Release]:
    """Everything released of a case, in order."""
    found = select(Release).where(Release.case_id == case_id)
    return list(db.session.scalars(found.order_by(Release.released_at, Release.id)))


def named_decisions(case_id: UUID) -> list[NamedDecision]:
    """What councils named in their answers about a case, in order."""
    found = select(NamedDecision).where(NamedDecision.case_id == case_id)
    return list(db.session.scalars(found.order_by(NamedDecision.named_at, NamedDecision.id)))


def named_in(release_id: UUID) -> list[NamedDecision]:
    """What was named in answer to one release, in order."""
    found = select(NamedDecision).where(NamedDecision.release_id == release_id)
    return list(db.session.scalars(found.order_by(NamedDecision.named_at, NamedDecision.id)))


def release_of_mine(release_id: UUID) -> Release:
    """A release to the acting user, whose look at it is committed."""
    return db.session.scalars(select(Release).where(Release.id == release_id)).one()


def outcomes(case_id: UUID) -> list[Outcome]:
    """Of all the allegations of a case."""
    return list(db.session.scalars(select(Allegation.outcome).where(Allegation.case_id == case_id)))


def authorities() -> dict[UUID, str]:
    """All councils by name, also those that do not share."""
    rows = db.session.execute(select(Authority.id, Authority.name).order_by(Authority.name, Authority.id))
    return dict(rows.all())


def authorities_that_share() -> list[tuple[UUID, str]]:
    """Those that a designated officer may share with, by name."""
    found = text("SELECT a.id, a.name FROM authority a WHERE a.id IN (SELECT lado_authorities()) ORDER BY a.name, a.id")
    return [(row.id, row.name) for row in db.session.execute(found)]


def officers_of(authority_id: UUID) -> list[tuple[UUID, str]]:
    """To whom at an authority something may be released, by name."""
    found = text("SELECT id, name FROM officers_of(:authority)")
    return [(row.id, row.name) for row in db.session.execute(found, {"authority": authority_id})]


def contact_of(authority_id: UUID) -> str:
    """How the acting user's own designated officers are reached; "" where it was not written down."""
    return db.session.scalar(select(LadoOffice.contact).where(LadoOffice.authority_id == authority_id)) or ""


def held() -> list[Held]:
    """What is released to the acting user and has not expired, the last first."""
    rows = db.session.execute(text("SELECT * FROM releases_held()"))
    return [Held(**{**row._asdict(), "kind": ReleaseKind(row.kind)}) for row in rows]


def may_read(release_id: UUID) -> bool:
    return bool(db.session.scalar(text("SELECT may_read_release(:id)"), {"id": release_id}))


def relied_items(kind: ObjectKind, object_id: UUID) -> Sequence[ReliedItem]:
    """What an authority relied on in a record of its own, in order."""
    found = select(ReliedItem).where(ReliedItem.object_kind == kind, ReliedItem.object_id == object_id)
    return list(db.session.scalars(found.order_by(ReliedItem.relied_at, ReliedItem.id)))


def call(procedure: str, **given: Any) -> Any:
    """What one of the database's own procedures answers; its arguments by their names."""
    arguments = ", ".join(f"given_{name} => :{name}" for name in given)
    return db.session.execute(text(f"CALL {procedure}({arguments})"), given)
