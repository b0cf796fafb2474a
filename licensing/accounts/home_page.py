"""What each role can do now: the home page's cards."""

from dataclasses import dataclass

from flask import url_for

from licensing.accounts.acting import ActingUser
from licensing.permissions import Permission


@dataclass(frozen=True)
class Task:
    """One thing that can be done now."""

    title: str
    text: str
    href: str


# Endpoint, title and words for whoever holds the permission, in the order of the page.
_TASKS = (
    (
        Permission.CHECK_DRIVERS,
        "driver_check.make_check",
        "Check a driver",
        "Find out whether somebody is known to any of the councils, and leave with a receipt.",
    ),
    (
        Permission.CHECK_DRIVERS,
        "driver_check.locate",
        "Who licenses this driver or vehicle?",
        "Which councils license or licensed a vehicle or a licence number, and whom to ask there.",
    ),
    (
        Permission.REGISTER_READ,
        "register.list_people",
        "People and driver licences",
        "Find a person on your register, or add one with a licence.",
    ),
    (
        Permission.REGISTER_READ,
        "register.list_premises",
        "Premises",
        "Hotels, guesthouses and other places, with what is known of each.",
    ),
    (
        Permission.IMPORT,
        "imports.list_imports",
        "Bring in a file",
        "Licences, vehicles, premises or decisions. You see what would change before anything does.",
    ),
    (
        Permission.RETURNS,
        "returns.list_returns",
        "Returns and requests",
        "The taxi survey, the national register of vehicles, NR3S, and freedom of information.",
    ),
    (
        Permission.AUDIT_READ,
        "audit.list_entries",
        "Audit trail",
        "Who looked at what, who changed what, and who was refused.",
    ),
    (
        Permission.AUDIT_ACCOUNTS,
        "audit.list_entries",
        "Account activity",
        "Sign-ins, refusals and invitations of your council. No case records.",
    ),
    (
        Permission.CHANGES_APPROVE,
        "approvals.list_proposals",
        "Approvals",
        "What colleagues ask a second person to agree to.",
    ),
    (
        Permission.ROLES_APPROVE,
        "approvals.list_proposals",
        "Approvals",
        "What colleagues ask a second person to agree to.",
    ),
    (
        Permission.USERS_READ,
        "administration.list_users",
        "Users",
        "Who has an account at your council, in which role, and when access was last reviewed.",
    ),
    (
        Permission.TASKS,
        "tasks.list_tasks",
        "My work",
        "Tasks for you and your team: what is due, and what is overdue.",
    ),
    (
        Permission.JOBS_READ,
        "jobs.list_jobs",
        "Jobs",
        "What the service does in the background, and what has failed.",
    ),
    (
        Permission.SETTINGS_CHANGE,
        "public_register.show_settings",
        "Public registers",
        "Which of your council’s registers anybody may read, and what they show of individuals.",
    ),
    (
        Permission.ALLEGATIONS,
        "allegations.begin",
        "Record a call",
        "Somebody reports an allegation. You find the person without anybody else learning of it.",
    ),
    (
        Permission.DEPUTISE,
        "allegations.open_in_emergency",
        "Open a record in an emergency",
        "A child is at risk now and no designated officer can be reached. One record, for an hour.",
    ),
    (
        Permission.RESTRICTED_TRAIL,
        "allegations.list_trail",
        "Restricted trail",
        "What designated officers looked at and did, and what of it is worth a question.",
    ),
    (
        Permission.BRIEFINGS,
        "briefings.list_briefings",
        "Briefings",
        "Two pages: what changed, what is overdue, what was disrupted and whether it worked.",
    ),
    (
        Permission.BRIEFINGS_DRAFT,
        "briefings.draft",
        "Draft a briefing",
        "Of the figures of your council, or of the county. Somebody else approves it.",
    ),
    (
        Permission.FIGURES,
        "measures.list_measures",
        "Measures",
        "By quarter: target, trend, owner, and what the owner says of it.",
    ),
    (
        Permission.NOTES_READ,
        "need_to_know.list_notes",
        "Need to Know",
        "Notes that were issued to you. Say that you have read each.",
    ),
    (
        Permission.NOTES_READ,
        "need_to_know.list_reports",
        "Monthly reports",
        "Read and sign the month’s notes, and ask for what is needed.",
    ),
    (
        Permission.NOTES_WRITE,
        "need_to_know.draft_note",
        "Draft a Need to Know",
        "One page for those who must hear of something first. Somebody else approves it.",
    ),
    (
        Permission.NOTES_APPROVE,
        "need_to_know.list_notes",
        "Approve a Need to Know",
        "Read what colleagues drafted, approve it or send it back.",
    ),
    (
        Permission.SUBJECT_ACCESS,
        "subject_access.list_requests",
        "Subject access",
        "Somebody asks what the council holds on them: what there is, what is given, and by when.",
    ),
    (
        Permission.SIGNED_IN,
        "concerns.raise_concern",
        "Raise a concern",
        "About a driver, a vehicle, premises or an operator, or about how licensing staff or councillors work.",
    ),
)


def tasks_for(user: ActingUser) -> list[Task]:
    """What this user can do now, in order; once, where several permissions lead to the same."""
    entries = {(endpoint, title): words for permission, endpoint, title, words in _TASKS if user.may(permission)}
    return [Task(title, words, url_for(endpoint)) for (endpoint, title), words in entries.items()]
