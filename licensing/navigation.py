"""The service navigation: where the signed-in person can go."""

from typing import Any

from flask import Flask, request, url_for
from flask_login import current_user

from licensing.permissions import Permission

# Shown in this order to whoever holds one of the permissions.
PLACES = (
    ("Home", "accounts.home", frozenset({Permission.SIGNED_IN})),
    ("Driver check", "driver_check.list_checks", frozenset({Permission.CHECK_DRIVERS})),
    ("People", "register.list_people", frozenset({Permission.REGISTER_READ})),
    ("Vehicles", "register.list_vehicles", frozenset({Permission.REGISTER_READ})),
    ("Organisations", "register.list_organisations", frozenset({Permission.REGISTER_READ})),
    ("Premises", "register.list_premises", frozenset({Permission.REGISTER_READ})),
    ("Imports", "imports.list_imports", frozenset({Permission.IMPORT})),
    ("Training", "training.show_coverage", frozenset({Permission.CASEWORK})),
    ("Vetting", "vetting.show_coverage", frozenset({Permission.CASEWORK})),
    ("Decisions", "decisions.list_decisions", frozenset({Permission.CASEWORK})),
    ("Work", "tasks.list_tasks", frozenset({Permission.TASKS})),
    ("Deadlines", "deadlines.list_rules", frozenset({Permission.CASEWORK})),
    ("Jobs", "jobs.list_jobs", frozenset({Permission.JOBS_READ})),
    ("Audit", "audit.list_entries", frozenset({Permission.AUDIT_READ, Permission.AUDIT_ACCOUNTS})),
    (
        "Approvals",
        "approvals.list_proposals",
        frozenset(
            {
                Permission.CHANGES_APPROVE,
                Permission.ROLES_APPROVE,
                Permission.REGISTER_EDIT,
                Permission.USERS_MANAGE,
            }
        ),
    ),
    ("NR3S", "sharing.list_entries", frozenset({Permission.CASEWORK})),
    ("Users", "administration.list_users", frozenset({Permission.USERS_READ})),
    ("Public registers", "public_register.show_settings", frozenset({Permission.SETTINGS_CHANGE})),
    ("Applications", "suitability.list_applications", frozenset({Permission.CASEWORK})),
    ("Considerations", "suitability.list_considerations", frozenset({Permission.CASEWORK})),
)


def init_app(app: Flask) -> None:
    app.context_processor(lambda: {"navigation": places()})


def places() -> list[dict[str, Any]]:
    """The entries for the signed-in person, the one they are in marked; none when nobody is signed in."""
    if not current_user.is_authenticated:
        return []
    here = request.blueprint
    return [
        {"text": text, "href": url_for(endpoint), "active": _is_here(endpoint, here)}
        for text, endpoint, permissions in PLACES
        if current_user.permissions & permissions
    ]


def _is_here(endpoint: str, blueprint: str | None) -> bool:
    room = endpoint.partition(".")[0]
    if room != blueprint:
        return False
    if room == "suitability":
        return ("application" in endpoint) == ("application" in (request.endpoint or ""))
    if room != "register":
        return True
    return _register_of(endpoint) == _register_of(request.endpoint or "")


def _register_of(endpoint: str) -> str:
    """Which of the registers a page belongs to; a licence belongs to whatever it is for, so to none here."""
    named = (name for name in ("premises", "vehicle", "organisation", "licence", "entry", "event") if name in endpoint)
    return next(named, "people")
