"""Consultations, settings and visits in words."""

from datetime import date
from typing import Any

from flask import url_for
from markupsafe import Markup

from licensing.allegations.models import AssuredSetting, Consultation, ReportWords, SettingVisit
from licensing.allegations.presenting import LINK
from licensing.allegations.words import Category, ReferrerKind, Sector
from licensing.allegations.words_of_advice import ASKED
from licensing.dates import in_words, moment_in_words
from licensing.sealing import opened


def consultation_row(row: Consultation) -> dict[str, str | Markup]:
    address = url_for("allegations.show_consultation", consultation_id=row.id)
    return {
        "reference": LINK.format(address, row.reference),
        "asked": in_words(row.asked_on),
        "who": ReferrerKind(row.referrer_kind).label,
        "sector": Sector(row.sector).label,
        "minutes": f"{row.minutes} minutes",
    }


def consultation_rows(row: Consultation | None) -> list[tuple[str, str | None]]:
    assert row is not None
    return [
        ("Asked", in_words(row.asked_on)),
        ("Who asked", ReferrerKind(row.referrer_kind).label),
        ("Employer or organisation", opened(row, "employer_sealed") or None),
        ("About what work", Sector(row.sector).label),
        ("Kind of harm", Category(row.category).label if row.category else None),
        ("What was asked", opened(row, "question_sealed")),
        ("What was advised", opened(row, "advice_sealed")),
        ("Time spent", f"{row.minutes} minutes"),
        ("Kept until it is reviewed on", in_words(row.keep_until)),
        ("Recorded", moment_in_words(row.recorded_at)),
    ]


def consultation_typed(row: Consultation) -> dict[str, Any]:
    """What the form of it begins with."""
    return {
        **{name: getattr(row, name) for name in ("asked_on", "referrer_kind", "sector", "category", "minutes")},
        **{name: opened(row, f"{name}_sealed") for name in ("employer", "question", "advice")},
    }


def setting_row(row: AssuredSetting, visit: SettingVisit | None, today: date) -> dict[str, str | Markup]:
    """A setting with how the three things stand and when the next visit is."""
    stands = {name: getattr(visit, name).label if visit else "Not seen" for name in ASKED}
    return {
        "name": LINK.format(url_for("allegations.show_setting", setting_id=row.id), opened(row, "name_sealed")),
        "kind": row.kind.label,
        "next": _next(row, visit, today),
        **stands,
    }


def _next(row: AssuredSetting, visit: SettingVisit | None, today: date) -> str:
    """When somebody visits it next; nobody does once it ended."""
    if row.ended_on:
        return f"Ended on {in_words(row.ended_on)}"
    if visit is None:
        return "No visit yet"
    return f"{in_words(visit.next_on)}{' (overdue)' if visit.next_on < today else ''}"


def setting_typed(row: AssuredSetting) -> dict[str, Any]:
    """What the form of it begins with."""
    return {
        "kind": row.kind,
        "ended_on": row.ended_on,
        **{name: opened(row, f"{name}_sealed") for name in ("name", "place", "contact")},
    }


def setting_rows(row: AssuredSetting | None) -> list[tuple[str, str | None]]:
    assert row is not None
    return [
        ("Kind", row.kind.label),
        ("Where", opened(row, "place_sealed")),
        ("Who answers for safeguarding", opened(row, "contact_sealed") or None),
        ("Ended", in_words(row.ended_on) if row.ended_on else None),
        *([("Kept, and then reviewed, until", in_words(row.keep_until))] if row.keep_until else []),
    ]


def visit_row(row: SettingVisit) -> dict[str, str]:
    return {
        "visited": in_words(row.visited_on),
        **{name: getattr(row, name).label for name in ASKED},
        "next": in_words(row.next_on),
        "words": opened(row, "words_sealed") or "–",
    }


_REPORTED = {"themes": "Themes", "training": "Training", "planned": "Planned for next year"}


def report_words(row: ReportWords | None) -> list[tuple[str, str]]:
    """What was written of a year beside its figures."""
    return [(label, opened(row, f"{name}_sealed") or "–") for name, label in _REPORTED.items()] if row else []


def report_typed(row: ReportWords | None) -> dict[str, str]:
    """The same as the form has it."""
    return {name: opened(row, f"{name}_sealed") for name in _REPORTED} if row else {}
