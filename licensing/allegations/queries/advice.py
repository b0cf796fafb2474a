"""Consultations, settings and the figures of the report; nothing is given before a look is committed."""

from collections import Counter
from datetime import date
from uuid import UUID

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import ColumnElement, exists, select, text
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import aliased

from licensing.allegations import report
from licensing.allegations.models import AssuredSetting, Consultation, ReportWords, SettingVisit
from licensing.allegations.queries.timeliness import concluded
from licensing.allegations.words import Sector
from licensing.db import db
from licensing.sealing import opened

PER_PAGE = 25


def consultations_page(sector: Sector | None, page: int) -> Pagination:
    """The last asked first, each as it was put right."""
    found = select(Consultation).where(_is_last())
    if sector:
        found = found.where(Consultation.sector == sector)
    return db.paginate(
        found.order_by(Consultation.asked_on.desc(), Consultation.id), page=page, per_page=PER_PAGE, error_out=False
    )


def consultation(consultation_id: UUID) -> Consultation | None:
    return db.session.scalar(select(Consultation).where(Consultation.id == consultation_id))


def consultation_after(consultation_id: UUID) -> UUID | None:
    """The id of what stands in the place of one that was looked at."""
    return db.session.scalar(text("SELECT consultation_after(:id)"), {"id": consultation_id})


def hold_consultation(consultation_id: UUID) -> None:
    """Until the transaction ends nobody else puts this one right: a row that is never changed cannot be locked."""
    lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:id, 81))")
    db.session.execute(lock, {"id": str(consultation_id)})


def _is_last() -> ColumnElement[bool]:
    later = aliased(Consultation)
    return ~exists().where(later.supersedes_id == Consultation.id)


def setting(setting_id: UUID, *, for_change: bool = False) -> AssuredSetting | None:
    found = select(AssuredSetting).where(AssuredSetting.id == setting_id)
    if for_change:
        found = found.with_for_update().execution_options(populate_existing=True)
    return db.session.scalar(found)


def settings() -> list[AssuredSetting]:
    """By name, those that ended last: there are tens of them, and the names are sealed."""
    found = list(db.session.scalars(select(AssuredSetting)))
    found.sort(key=lambda one: (one.ended_on is not None, opened(one, "name_sealed").casefold(), str(one.id)))
    return found


def last_visits() -> dict[UUID, SettingVisit]:
    """How each setting stands: its last visit."""
    latest = (
        select(SettingVisit)
        .ext(distinct_on(SettingVisit.setting_id))
        .order_by(SettingVisit.setting_id, SettingVisit.visited_on.desc(), SettingVisit.recorded_at.desc())
    )
    return {one.setting_id: one for one in db.session.scalars(latest)}


def visits(setting_id: UUID) -> list[SettingVisit]:
    """Of one setting, the last first."""
    found = select(SettingVisit).where(SettingVisit.setting_id == setting_id)
    return list(db.session.scalars(found.order_by(SettingVisit.visited_on.desc(), SettingVisit.recorded_at.desc())))


def figures(authority_id: UUID, first: date, last: date) -> report.Figures:
    """Counts of the cases and consultations of a period. Asks for a list of cases that is committed."""
    found = text("SELECT part, word, number FROM lado_figures(:first, :last)")
    counted = report.gathered(db.session.execute(found, {"first": first, "last": last}))
    times = Counter(report.time_of(one).value for one in concluded(authority_id, first, last, *report.LICENSED))
    return {**counted, "timeliness": dict(times)}


def report_words(authority_id: UUID, year: int) -> ReportWords | None:
    """What was written last of a year beside its figures."""
    found = select(ReportWords).where(ReportWords.authority_id == authority_id, ReportWords.year == year)
    return db.session.scalars(found.order_by(ReportWords.version.desc()).limit(1)).first()
