"""The service navigation: where the signed-in person can go, in groups, and the places of the group they are in."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from flask import Flask, request, url_for
from flask_login import current_user

from licensing.permissions import Permission as P


@dataclass(frozen=True)
class Place:
    """A page that others hang under; `also` are the beginnings of addresses that belong to it too."""

    text: str
    endpoint: str
    permissions: frozenset[P]
    also: tuple[str, ...] = ()


def _place(text: str, endpoint: str, *permissions: P, also: tuple[str, ...] = ()) -> Place:
    return Place(text, endpoint, frozenset(permissions), also)


# In this order, to whoever holds one of the permissions; a group of one place is that place.
GROUPS: tuple[tuple[str, tuple[Place, ...]], ...] = (
    ("Home", (_place("Home", "accounts.home", P.SIGNED_IN),)),
    (
        "Work",
        (
            _place("My work", "tasks.list_tasks", P.TASKS),
            _place("Deadlines", "deadlines.list_rules", P.CASEWORK),
            _place("Returns", "returns.list_returns", P.RETURNS),
        ),
    ),
    ("Driver check", (_place("Driver check", "driver_check.list_checks", P.CHECK_DRIVERS),)),
    (
        "Registers",
        (
            _place("People", "register.list_people", P.REGISTER_READ),
            _place("Vehicles", "register.list_vehicles", P.REGISTER_READ),
            _place("Organisations", "register.list_organisations", P.REGISTER_READ),
            _place("Premises", "register.list_premises", P.REGISTER_READ),
            _place("Ending soon", "suitability.list_endings", P.CASEWORK),
        ),
    ),
    (
        "Cases",
        (
            _place("Applications", "suitability.list_applications", P.CASEWORK),
            _place("Considerations", "suitability.list_considerations", P.CASEWORK, also=("/information",)),
            _place(
                "Decisions",
                "decisions.list_decisions",
                P.CASEWORK,
                also=("/appeals", "/suspensions", "/badges", "/delegations", "/notice-templates"),
            ),
            _place("Complaints", "suitability.list_complaints", P.CASEWORK),
            _place("Self-reports", "suitability.list_self_reports", P.CASEWORK),
            _place("Courts", "suitability.list_cases", P.CASEWORK, also=("/defendants",)),
            _place("NR3S", "sharing.list_entries", P.CASEWORK),
            _place("Conviction policy", "suitability.show_policy", P.CASEWORK),
            _place("Concerns", "concerns.list_concerns", P.CASEWORK),
        ),
    ),
    (
        "Checks",
        (
            _place("Vetting", "vetting.show_coverage", P.CASEWORK),
            _place("Training", "training.show_coverage", P.CASEWORK),
        ),
    ),
    (
        "Allegations",
        (
            _place("Cases", "allegations.list_cases", P.ALLEGATIONS),
            _place("Consultations", "allegations.list_consultations", P.ALLEGATIONS),
            _place("Settings", "allegations.list_settings", P.ALLEGATIONS),
            _place("Annual report", "allegations.show_report", P.ALLEGATIONS),
            _place("Restricted trail", "allegations.list_trail", P.RESTRICTED_TRAIL),
        ),
    ),
    (
        "Disruption",
        (
            _place("Actions", "disruption.list_actions", P.DISRUPT),
            _place("Powers", "disruption.list_powers", P.DISRUPT),
            _place("Asked of us", "disruption.list_partner_tasks", P.DISRUPT),
            _place("Agencies", "disruption.list_agencies", P.DISRUPT),
            _place("Operations", "operations.list_operations", P.DISRUPT),
            _place("Test purchases", "operations.list_purchases", P.DISRUPT),
            _place("Hotel notices", "hotel_notices.list_notices", P.DISRUPT),
            _place("Indicators", "prevention.list_counts", P.DISRUPT),
            _place("Awareness", "prevention.list_activities", P.DISRUPT),
            _place("Guesthouses", "places.list_guesthouses", P.DISRUPT, also=("/places",)),
            _place("Signals", "signals.list_signals", P.DISRUPT),
            _place("Meetings", "subject_meetings.list_meetings", P.DISRUPT),
        ),
    ),
    ("Imports", (_place("Imports", "imports.list_imports", P.IMPORT, P.DISRUPT),)),
    (
        "Briefings",
        (
            _place("Briefings", "briefings.list_briefings", P.BRIEFINGS),
            _place("Measures", "measures.list_measures", P.FIGURES),
            _place("Figures", "figures.list_figures", P.FIGURES),
        ),
    ),
    (
        "Need to Know",
        (
            _place("Notes", "need_to_know.list_notes", P.NOTES_WRITE, P.NOTES_APPROVE, P.NOTES_READ, P.ALLEGATIONS),
            _place("What happened", "need_to_know.list_facts", P.NOTES_WRITE),
            _place("Monthly reports", "need_to_know.list_reports", P.NOTES_WRITE, P.NOTES_APPROVE, P.NOTES_READ),
            _place("Who was briefed", "need_to_know.list_briefed", P.NOTES_WRITE, P.NOTES_APPROVE),
        ),
    ),
    (
        "Approvals",
        (
            _place(
                "Approvals",
                "approvals.list_proposals",
                P.CHANGES_APPROVE,
                P.ROLES_APPROVE,
                P.REGISTER_EDIT,
                P.USERS_MANAGE,
            ),
        ),
    ),
    (
        "Administration",
        (
            _place("Users", "administration.list_users", P.USERS_READ, also=("/access-review",)),
            _place("Jobs", "jobs.list_jobs", P.JOBS_READ),
            _place("Public registers", "public_register.show_settings", P.SETTINGS_CHANGE),
            _place("Staff concerns", "concerns.show_contact", P.SETTINGS_CHANGE),
            _place("Agencies", "disruption.list_agencies", P.SETTINGS_CHANGE),
            _place("Signals", "signals.list_rules", P.SETTINGS_CHANGE),
            _place("New powers", "disruption.list_waiting", P.SETTINGS_CHANGE),
        ),
    ),
    ("Subject access", (_place("Subject access", "subject_access.list_requests", P.SUBJECT_ACCESS),)),
    ("Referred concerns", (_place("Referred concerns", "concerns.list_referred", P.ALLEGATIONS),)),
    ("Audit", (_place("Audit", "audit.list_entries", P.AUDIT_READ, P.AUDIT_ACCOUNTS),)),
)


def init_app(app: Flask) -> None:
    app.context_processor(_shown)


@dataclass(frozen=True)
class _OpenPlace:
    """A place as this request may show it, with the addresses that belong to it."""

    text: str
    href: str
    roots: tuple[str, ...]

    def holds(self, path: str) -> bool:
        """Whether an address is this page or under it."""
        return any(path == root or (root != "/" and path.startswith(f"{root}/")) for root in self.roots)


def _shown() -> dict[str, Any]:
    """The groups for the signed-in person, and the places beside the one they are in; nothing for nobody."""
    if not current_user.is_authenticated:
        return {"navigation": [], "places_here": []}
    held, path = current_user.permissions, request.path
    groups = [(text, open_places) for text, places in GROUPS if (open_places := _open(places, held))]
    here = [any(one.holds(path) for one in places) for _, places in groups]
    several = (places for (_, places), is_here in zip(groups, here, strict=True) if is_here and len(places) > 1)
    return {
        "raise_concern_url": url_for("concerns.raise_concern"),
        "navigation": [
            {"text": text if len(places) > 1 else places[0].text, "href": places[0].href, "active": is_here}
            for (text, places), is_here in zip(groups, here, strict=True)
        ],
        "places_here": _entries(next(several, []), path),
    }


def _open(places: tuple[Place, ...], held: Collection[P]) -> list[_OpenPlace]:
    found = [(one, url_for(one.endpoint)) for one in places if not one.permissions.isdisjoint(held)]
    return [_OpenPlace(one.text, href, (href, *one.also)) for one, href in found]


def _entries(places: list[_OpenPlace], path: str) -> list[dict[str, Any]]:
    # Of places one under another, the nearest is where somebody is.
    here = max((one for one in places if one.holds(path)), key=lambda one: len(one.href), default=None)
    return [{"text": one.text, "href": one.href, "active": one is here} for one in places]
