"""Court proceedings, and their figures."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import joinedload, selectinload

from licensing.db import db
from licensing.register.models import Licence
from licensing.suitability.models import CourtCase, CourtDefendant
from licensing.suitability.sentences import Verdict, in_years, months_together

PER_PAGE = 25
_WHOLE = selectinload(CourtCase.defendants).options(
    selectinload(CourtDefendant.sentences), joinedload(CourtDefendant.licence).joinedload(Licence.person)
)


@dataclass(frozen=True)
class BeganIn:
    """A period in which proceedings began, both days included; without a day it is open."""

    from_on: date | None = None
    until_on: date | None = None


ALWAYS = BeganIn()


@dataclass(frozen=True)
class Totals:
    """Figures of proceedings: defendants, those found guilty, months of sentence, witnesses, sentences awaited."""

    defendants: int
    guilty: int
    months: int
    witnesses: int
    awaited: int

    @property
    def words(self) -> str:
        return (
            f"{self.defendants} defendants, {self.guilty} guilty, {in_years(self.months)} in all, "
            f"{self.witnesses} witnesses, {self.awaited} awaiting verdict or sentence"
        )


def case_exists(case_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(CourtCase.id == case_id))))


def court_case(case_id: UUID) -> CourtCase:
    return db.session.scalars(select(CourtCase).where(CourtCase.id == case_id).options(_WHOLE)).one()


def _began(period: BeganIn) -> Select[Any]:
    found = select(CourtCase).options(_WHOLE)
    if period.from_on:
        found = found.where(CourtCase.started_on >= period.from_on)
    return found.where(CourtCase.started_on <= period.until_on) if period.until_on else found


def cases_page(page: int, period: BeganIn = ALWAYS) -> Pagination:
    """Proceedings, the last begun first."""
    found = _began(period).order_by(CourtCase.started_on.desc(), CourtCase.id)
    return db.paginate(found, page=page, per_page=PER_PAGE, error_out=False)


def cases_of_source(source_ids: Collection[str]) -> list[CourtCase]:
    """The proceedings with these keys of the council's own system."""
    found = select(CourtCase).where(CourtCase.source_id.in_(source_ids)).options(_WHOLE).order_by(CourtCase.id)
    return list(db.session.scalars(found)) if source_ids else []


def defendant_exists(defendant_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(CourtDefendant.id == defendant_id))))


def defendant(defendant_id: UUID) -> CourtDefendant:
    return db.session.get_one(CourtDefendant, defendant_id)


def case_of_defendant(defendant_id: UUID) -> UUID:
    return db.session.scalars(select(CourtDefendant.case_id).where(CourtDefendant.id == defendant_id)).one()


def next_number(case_id: UUID) -> int:
    """The number of the next defendant."""
    last = db.session.scalar(select(func.max(CourtDefendant.number)).where(CourtDefendant.case_id == case_id))
    return (last or 0) + 1


def all_cases(period: BeganIn = ALWAYS) -> list[CourtCase]:
    """Every proceeding with its defendants, for figures."""
    return list(db.session.scalars(_began(period).order_by(CourtCase.started_on, CourtCase.id)))


def counted(cases: list[CourtCase]) -> str:
    """How many proceedings, and how many of them go on."""
    under_way = sum(case.ended_on is None for case in cases)
    number = "1 case" if len(cases) == 1 else f"{len(cases)} cases"
    return f"{number}, {len(cases) - under_way} ended, {under_way} under way"


def totals_of(cases: list[CourtCase]) -> Totals:
    """The figures of these proceedings together."""
    defendants = [defendant for case in cases for defendant in case.defendants]
    guilty = [one for one in defendants if one.verdict is Verdict.GUILTY]
    waiting = [
        one
        for one in defendants
        if one.verdict is Verdict.AWAITED
        or (one.verdict is Verdict.GUILTY and (not one.sentences or any(s.months is None for s in one.sentences)))
    ]
    return Totals(
        len(defendants),
        len(guilty),
        sum(months_together(sentence.as_sentence() for sentence in one.sentences) for one in guilty),
        sum(case.witnesses or 0 for case in cases),
        len(waiting),
    )
