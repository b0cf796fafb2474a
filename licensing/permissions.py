"""Who may do what: roles, permissions, and the declaration that every view must carry.

A security reviewer starts here. The database holds the same table of roles and permissions
(`role_permission`, written by `flask setup`), because its policies ask for permissions too.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any, TypeAlias

from flask import Flask, abort, current_app
from flask_login import current_user

View: TypeAlias = Callable[..., Any]


class Role(StrEnum):
    """The roles a user can hold in one authority; a user may hold several."""

    LICENSING_OFFICER = "licensing_officer"
    LICENSING_MANAGER = "licensing_manager"
    DESIGNATED_OFFICER = "designated_officer"
    DISRUPTION_OFFICER = "disruption_officer"
    BRIEFING_AUTHOR = "briefing_author"
    BRIEFING_APPROVER = "briefing_approver"
    BRIEFING_READER = "briefing_reader"
    ADMINISTRATOR = "administrator"
    INFORMATION_OFFICER = "information_officer"
    AUDITOR = "auditor"
    # Who may open one record of an absent designated officer's, in an emergency and for an hour.
    DEPUTY_DESIGNATED_OFFICER = "deputy_designated_officer"
    # Who looks over the designated officers' shoulders: the trail of what they saw, and nothing of what is written.
    INDEPENDENT_REVIEWER = "independent_reviewer"

    @property
    def label(self) -> str:
        if self is Role.DESIGNATED_OFFICER:
            return "Designated officer (LADO)"
        return self.replace("_", " ").capitalize()


class Permission(StrEnum):
    """What a view or a database policy asks for."""

    REGISTER_READ = "register.read"
    REGISTER_EDIT = "register.edit"
    CHECK_DRIVERS = "driver_check.make"
    IMPORT = "imports.make"
    AUDIT_READ = "audit.read"
    AUDIT_OF_RECORD = "audit.of_record"
    AUDIT_ACCOUNTS = "audit.accounts"
    USERS_READ = "users.read"
    USERS_MANAGE = "users.manage"
    ROLES_APPROVE = "roles.approve"
    CHANGES_APPROVE = "changes.approve"
    SETTINGS_CHANGE = "settings.change"
    JOBS_READ = "jobs.read"
    TASKS = "tasks.use"
    CASEWORK = "casework.work"
    DECIDE = "decisions.make"
    POLICIES = "policies.change"
    ALLEGATIONS = "allegations.work"
    DEPUTISE = "allegations.deputise"
    RESTRICTED_TRAIL = "restricted_trail.read"
    DISRUPT = "disruption.work"
    FIGURES = "figures.read"
    RETURNS = "returns.make"
    BRIEFINGS = "briefings.read"
    BRIEFINGS_DRAFT = "briefings.draft"
    BRIEFINGS_APPROVE = "briefings.approve"
    NOTES_WRITE = "need_to_know.write"
    NOTES_APPROVE = "need_to_know.approve"
    NOTES_READ = "need_to_know.read"
    SUBJECT_ACCESS = "subject_access.work"
    SIGNED_IN = "signed_in"


_OFFICER = {
    Permission.REGISTER_READ,
    Permission.REGISTER_EDIT,
    Permission.CHECK_DRIVERS,
    Permission.IMPORT,
    Permission.TASKS,
    Permission.CASEWORK,
    Permission.DISRUPT,
    Permission.RETURNS,
}

# Everybody who is signed in has SIGNED_IN; a role that is absent here has nothing more.
ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.LICENSING_OFFICER: frozenset(_OFFICER),
    Role.LICENSING_MANAGER: frozenset(
        _OFFICER
        | {
            Permission.AUDIT_OF_RECORD,
            Permission.CHANGES_APPROVE,
            Permission.ROLES_APPROVE,
            Permission.DECIDE,
            Permission.POLICIES,
            Permission.NOTES_WRITE,
        }
    ),
    Role.DESIGNATED_OFFICER: frozenset(
        {Permission.TASKS, Permission.ROLES_APPROVE, Permission.ALLEGATIONS, Permission.RESTRICTED_TRAIL}
    ),
    Role.DEPUTY_DESIGNATED_OFFICER: frozenset({Permission.TASKS, Permission.DEPUTISE}),
    Role.INDEPENDENT_REVIEWER: frozenset({Permission.TASKS, Permission.RESTRICTED_TRAIL}),
    Role.DISRUPTION_OFFICER: frozenset({Permission.TASKS, Permission.DISRUPT}),
    Role.INFORMATION_OFFICER: frozenset({Permission.TASKS, Permission.SUBJECT_ACCESS}),
    Role.BRIEFING_AUTHOR: frozenset(
        {Permission.TASKS, Permission.NOTES_WRITE, Permission.FIGURES, Permission.BRIEFINGS, Permission.BRIEFINGS_DRAFT}
    ),
    Role.BRIEFING_APPROVER: frozenset(
        {
            Permission.TASKS,
            Permission.NOTES_APPROVE,
            Permission.FIGURES,
            Permission.BRIEFINGS,
            Permission.BRIEFINGS_APPROVE,
        }
    ),
    Role.BRIEFING_READER: frozenset({Permission.TASKS, Permission.NOTES_READ, Permission.BRIEFINGS}),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.AUDIT_ACCOUNTS,
            Permission.USERS_READ,
            Permission.USERS_MANAGE,
            Permission.SETTINGS_CHANGE,
            Permission.JOBS_READ,
            Permission.TASKS,
        }
    ),
    # Whoever reads a briefing reads what was published, and never the figures behind it.
    Role.AUDITOR: frozenset({Permission.AUDIT_READ, Permission.USERS_READ, Permission.ROLES_APPROVE}),
}

# Given by two people only: an administrator asks, somebody who may approve roles agrees.
PRIVILEGED = frozenset(
    {
        Role.DESIGNATED_OFFICER,
        Role.DEPUTY_DESIGNATED_OFFICER,
        Role.INDEPENDENT_REVIEWER,
        Role.LICENSING_MANAGER,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    }
)

# A command may not act on behalf of these: their work is never delegated to a script.
NEVER_BY_COMMAND = frozenset(
    {Role.DESIGNATED_OFFICER, Role.DEPUTY_DESIGNATED_OFFICER, Role.INDEPENDENT_REVIEWER, Role.AUDITOR}
)


def permissions_of(roles: set[Role]) -> frozenset[Permission]:
    """What these roles together allow."""
    held: set[Permission] = {Permission.SIGNED_IN}
    return frozenset(held.union(*(ROLE_PERMISSIONS.get(role, frozenset()) for role in roles)))


def requires(*permissions: Permission) -> Callable[[View], View]:
    """The line under the route: whoever holds one of these permissions may open the view."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not current_user.is_authenticated:
                return current_app.login_manager.unauthorized()  # type: ignore[attr-defined]  (Flask-Login's)
            if not any(current_user.may(permission) for permission in permissions):
                abort(403)
            return view(*args, **kwargs)

        guarded.declared_permissions = frozenset(permissions)  # type: ignore[attr-defined]  (a mark)
        return guarded

    return declare


def public(reason: str) -> Callable[[View], View]:
    """Declares that a view is open to anybody, and why."""

    def declare(view: View) -> View:
        view.public_because = reason  # type: ignore[attr-defined]  (a mark)
        return view

    return declare


def declared_by(view: View) -> frozenset[Permission]:
    """Of which permissions a view asks for one; none where it is open to anybody."""
    declared: frozenset[Permission] = getattr(view, "declared_permissions", frozenset())
    return declared


def refuse_undeclared_views(app: Flask) -> None:
    """Stops the application from starting while a view says nothing about who may open it."""
    undeclared = [
        endpoint
        for endpoint, view in app.view_functions.items()
        if not declared_by(view) and not hasattr(view, "public_because")
    ]
    if undeclared:
        raise RuntimeError(f"These views declare no permission: {', '.join(sorted(undeclared))}")
