"""How hotel notices are found by their reference, shown on the hotel's page, and counted at home."""

from uuid import UUID

from flask import url_for
from sqlalchemy import select

from licensing import dates
from licensing.accounts.home_figures import Figure, adds_figures
from licensing.db import db
from licensing.hotel_notices import changes, presenting, queries
from licensing.hotel_notices.models import HotelNotice
from licensing.permissions import Permission
from licensing.register.by_reference import Referred, finds_references
from licensing.register.events import RecordKind
from licensing.register.sections import Section, adds_section


@finds_references(changes.PREFIX)
def by_reference(reference: str) -> Referred | None:
    found = select(HotelNotice).where(HotelNotice.reference == reference).order_by(HotelNotice.id)
    one = db.session.scalars(found).first()
    return Referred("Hotel notice", one.reference, presenting.page_of(one)) if one else None


@adds_section(RecordKind.PREMISES, Permission.DISRUPT, order=48)
def of_hotel(premises_id: UUID) -> Section | None:
    found = queries.notices_at(premises_id)
    rows = presenting.notice_rows(found, dates.today())
    return Section("Hotel notices", "hotel_notices/_section.html", {"rows": rows}) if found else None


@adds_figures(Permission.DISRUPT, order=37)
def overdue() -> list[Figure]:
    words = "requirements of hotel notices overdue"
    number = queries.overdue_requirements(dates.today())
    return [Figure(words, number, url_for("hotel_notices.list_notices", overdue="y"))]
