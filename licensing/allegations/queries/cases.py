"""Cases, the pages of their referral, and the names of those who work on them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import exists, func, or_, select, text

from licensing.accounts.models import User
from licensing.allegations.models import Allegation, Case, CaseStep, Duty, KeptLonger, Strand
from licensing.allegations.subject import Subject, key_of
from licensing.allegations.words import Stage, Step, StrandKind
from licensing.allegations.words_of_sharing import DutyKind, LookPurpose
from licensing.audit.models import RestrictedEntry
from licensing.audit.rules import Action
from licensing.dates import day_of
from licensing.db import db
from licensing.references import as_written
from licensing.sealing import opened

PER_PAGE = 25


@dataclass(frozen=True)
class CasesFilter:
    """What the list is narrowed to; empty means every case."""

    stage: Stage | None = None
    owner_id: UUID | None = None
    sought: str = ""  # a reference, or words of a name


@dataclass(frozen=True)
class Due:
    """Something that waits in a case, or in the office around it, by when; `source` says of what sort."""

    source: str
    id: UUID
    case_id: UUID | None
    reference: str
    due_on: date


def case(case_id: UUID, *, for_change: bool = False) -> Case:
    found = select(Case).where(Case.id == case_id)
    if for_change:
        found = found.with_for_update().execution_options(populate_existing=True)
    return db.session.scalars(found).one()


def cases_page(wanted: CasesFilter, page: int) -> Pagination:
    """Those that are not over first, by their review; then the others, the last closed first."""
    found = select(Case)
    if wanted.stage:
        found = found.where(Case.stage == wanted.stage)
    if wanted.owner_id:
        found = found.where(Case.owner_id == wanted.owner_id)
    if wanted.sought:
        found = found.where(Case.id.in_(_fitting(wanted.sought)))
    order = (Case.closed_on.desc().nulls_first(), Case.review_on.nulls_first(), Case.called_at.desc(), Case.id)
    return db.paginate(found.order_by(*order), page=page, per_page=PER_PAGE, error_out=False)


def _fitting(sought: str) -> list[UUID]:
    """The listed cases of this reference, or of somebody with all these words in their name, which is sealed."""
    reference, asked = as_written(sought), sought.casefold().split()
    return [
        one.id
        for one in db.session.scalars(select(Case).order_by(Case.id))
        if one.reference == reference or _is_named(one, asked)
    ]


def _is_named(case: Case, asked: list[str]) -> bool:
    about = subject(case)
    return about is not None and all(word in about.name.casefold() for word in asked)


def due(most: int | None = None) -> list[Due]:
    """What waits in the cases that were listed, the first due first."""
    found = text("SELECT source, id, case_id, reference, due_on FROM lado_due() LIMIT :most")
    waiting = [Due(*row) for row in db.session.execute(found, {"most": most})]
    return sorted([*waiting, *_merged()], key=lambda one: one.due_on)[:most]


def _merged() -> list[Due]:
    """Cases of whose records licensing has merged one since anybody of the office looked: into another, or with it."""
    merged = _merges()
    concerned = select(Case).where(
        or_(Case.subject_key.in_(merged), Case.also_keys.overlap(list(merged))),
        or_(Case.closed_on.is_(None), Case.review_on.is_not(None)),
    )
    found = list(db.session.scalars(concerned)) if merged else []
    last = select(RestrictedEntry.object_id, func.max(RestrictedEntry.at)).where(
        RestrictedEntry.object_id.in_([one.id for one in found]),
        RestrictedEntry.action == Action.LOOKED,
        RestrictedEntry.purpose != LookPurpose.NAMED_ACCESS,
    )
    looked = dict(db.session.execute(last.group_by(RestrictedEntry.object_id)).all()) if found else {}
    told = [(one, merged_at) for one in found if (merged_at := _last_merged(one, merged))]
    return [
        Due("merge", one.id, one.id, one.reference, day_of(merged_at))
        for one, merged_at in told
        if one.id not in looked or looked[one.id] < merged_at
    ]


def merged_on(case: Case) -> date | None:
    """The last day of the last year on which licensing merged a record of the case's person with another."""
    merged_at = _last_merged(case, _merges())
    return day_of(merged_at) if merged_at else None


def _merges() -> dict[bytes, datetime]:
    """When each record was last merged with another, by the key that cases have of it."""
    rows = db.session.execute(text("SELECT person_id, merged_at FROM lado_merges()"))
    return {key_of(row.person_id): row.merged_at for row in rows}


def _last_merged(case: Case, merged: Mapping[bytes, datetime]) -> datetime | None:
    keys = [*filter(None, [case.subject_key]), *case.also_keys]
    return max((merged[bytes(one)] for one in keys if bytes(one) in merged), default=None)


def of_one_referral(case: Case) -> list[UUID]:
    """The ids of the cases of the other people whom the same call was about, the first first."""
    found = db.session.scalars(text("SELECT * FROM cases_of_referral(:id)"), {"id": case.referral_id})
    return [one for one in found if one != case.id]


def cases_about(keys: Sequence[bytes]) -> list[UUID]:
    """The ids of the cases about records with these keys, the newest first."""
    found = text("SELECT * FROM cases_about(CAST(:keys AS bytea[]))")
    return list(db.session.scalars(found, {"keys": list(keys)})) if keys else []


def steps(case_id: UUID) -> dict[Step, CaseStep]:
    found = select(CaseStep).where(CaseStep.case_id == case_id)
    return {one.step: one for one in db.session.scalars(found)}


def step(case_id: UUID, wanted: Step) -> CaseStep | None:
    found = select(CaseStep).where(CaseStep.case_id == case_id, CaseStep.step == wanted)
    return db.session.scalar(found.with_for_update().execution_options(populate_existing=True))


def allegations(case_id: UUID) -> list[Allegation]:
    """Those of a case in the order in which they were recorded."""
    found = select(Allegation).where(Allegation.case_id == case_id)
    return list(db.session.scalars(found.order_by(Allegation.recorded_at, Allegation.id)))


def strands(case_id: UUID) -> list[Strand]:
    """The enquiries beside each other, in the order in which Working Together has them."""
    found = select(Strand).where(Strand.case_id == case_id)
    rows = db.session.scalars(found.order_by(Strand.id))
    return sorted(rows, key=lambda one: list(StrandKind).index(one.kind))


def duties(case_id: UUID) -> list[Duty]:
    """How each message stands that is owed before the case can be closed: the last row of each."""
    found = every_duty(case_id)
    followed = {one.supersedes_id for one in found}
    return sorted((one for one in found if one.id not in followed), key=lambda one: list(DutyKind).index(one.kind))


def every_duty(case_id: UUID) -> list[Duty]:
    """What is owed, and all that was told or withheld before, in order."""
    found = select(Duty).where(Duty.case_id == case_id)
    return list(db.session.scalars(found.order_by(Duty.recorded_at, Duty.id)))


def is_followed(duty: Duty) -> bool:
    """Whether it was owed, or looked at, again since it was settled."""
    return bool(db.session.scalar(select(exists().where(Duty.supersedes_id == duty.id))))


def kept_longer(case_id: UUID) -> list[KeptLonger]:
    """Each choice to keep the record longer than the law asks, in order; the last one counts."""
    found = select(KeptLonger).where(KeptLonger.case_id == case_id)
    return list(db.session.scalars(found.order_by(KeptLonger.decided_at, KeptLonger.id)))


def subject(case: Case) -> Subject | None:
    """Who a case is about, or None where nobody has been named yet."""
    return Subject.from_kept(opened(case, "subject_sealed")) if case.subject_sealed else None


def names_of(ids: Iterable[UUID | None]) -> dict[UUID, str]:
    """The names of colleagues of the own authority."""
    found = select(User.id, User.name).where(User.id.in_([one for one in ids if one]))
    return dict(db.session.execute(found).all())


def colleagues(authority_id: UUID) -> list[tuple[UUID, str]]:
    """Everybody active in an authority that the acting user may read the users of, by name."""
    found = select(User.id, User.name).where(User.authority_id == authority_id, User.status == "active")
    rows: Any = db.session.execute(found.order_by(User.name, User.id)).all()
    return [(user_id, name) for user_id, name in rows]
