"""The kinds of mail, and every word that stands in one."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class LinkKind(StrEnum):
    """What a single-use link lets its holder do."""

    INVITATION = "invitation"
    PASSWORD_RESET = "password_reset"
    SECOND_FACTOR_RESET = "second_factor_reset"

    @property
    def lasts(self) -> timedelta:
        return timedelta(days=7) if self is LinkKind.INVITATION else timedelta(hours=1)


class MailKind(StrEnum):
    """Why somebody is written to."""

    INVITATION = LinkKind.INVITATION.value
    PASSWORD_RESET = LinkKind.PASSWORD_RESET.value
    SECOND_FACTOR_RESET = LinkKind.SECOND_FACTOR_RESET.value
    APPROVAL_WAITS = "approval_waits"
    TASK_GIVEN = "task_given"
    WORK_DUE = "work_due"
    RECORD_OPENED = "record_opened"
    PARTNER_ASKED = "partner_asked"
    BRIEFING_PUBLISHED = "briefing_published"
    BRIEFINGS_DRAFTED = "briefings_drafted"
    NOTE_ISSUED = "note_issued"
    NOTES_REPORTED = "notes_reported"
    READING_NOTICED = "reading_noticed"

    @property
    def link(self) -> LinkKind | None:
        """The single-use link that it carries, if it does."""
        return LinkKind(self.value) if self.value in set(LinkKind) else None


@dataclass(frozen=True)
class Words:
    """Subject, what waits, and the page that the link opens; a link of its own takes the token.

    `counts` are the numbers that stand in the text, and all that a mail ever says of anybody's work.
    """

    subject: str
    text: str
    endpoint: str
    counts: tuple[str, ...] = ()


WORDS = {
    MailKind.INVITATION: Words(
        "You have been invited",
        "You have been invited to use this service. The link works once, for seven days.",
        "accounts.accept_invitation",
    ),
    MailKind.PASSWORD_RESET: Words(
        "Choose a new password",
        "Somebody, probably you, asked for a link to choose a new password. It works once, for one hour. "
        "If it was not you, do nothing: your password stays as it is.",
        "accounts.reset_password",
    ),
    MailKind.SECOND_FACTOR_RESET: Words(
        "Set up a new authenticator",
        "An administrator of your council made a link with which you set up a new authenticator. It needs your "
        "password, works once, and for one hour. If you did not ask for it, tell them.",
        "accounts.reset_authenticator",
    ),
    MailKind.APPROVAL_WAITS: Words(
        "Something awaits your approval",
        "Something awaits your approval. Sign in to see it.",
        "approvals.list_proposals",
    ),
    MailKind.TASK_GIVEN: Words(
        "A task is for you", "A task has been given to you. Sign in to see it.", "tasks.show_task"
    ),
    MailKind.WORK_DUE: Words(
        "What is due today",
        "Overdue: {overdue}. Due today: {today}. Due in the next seven days: {soon}. Sign in to see what.",
        "tasks.list_tasks",
        counts=("overdue", "today", "soon"),
    ),
    MailKind.RECORD_OPENED: Words(
        "A record was opened in an emergency",
        "A record was opened in an emergency. Sign in to review it.",
        "accounts.home",
    ),
    MailKind.PARTNER_ASKED: Words(
        "Your agency is asked for something",
        "A partner asks your agency for something. Sign in to see what, and to answer.",
        "disruption.show_partner_task",
    ),
    MailKind.BRIEFING_PUBLISHED: Words(
        "A briefing is ready for you",
        "A briefing is ready for you. Sign in to read it, and to say that you have.",
        "briefings.show_briefing",
    ),
    MailKind.BRIEFINGS_DRAFTED: Words(
        "The month’s briefings are drafted",
        "The briefings of the month are drafted. Sign in to write their headlines and have them approved.",
        "briefings.list_briefings",
    ),
    MailKind.NOTE_ISSUED: Words(
        "A note is for you",
        "A note is for you. Sign in to read it, and say that you have.",
        "need_to_know.show_note",
    ),
    MailKind.NOTES_REPORTED: Words(
        "A monthly report is for you",
        "A monthly report is for you. Sign in to read it and to sign it.",
        "need_to_know.show_report",
    ),
    # Word for word another task's: whoever sees the mail does not learn that something was noticed.
    MailKind.READING_NOTICED: Words(
        "A task is for you", "A task has been given to you. Sign in to see it.", "tasks.show_task"
    ),
}

ENDING = "This mail was sent by a machine. Nobody reads answers to it."


def body(service: str, kind: MailKind, link: str, **counts: int) -> str:
    """The whole text of a mail."""
    return f"{service}\n\n{WORDS[kind].text.format(**counts)}\n\n{link}\n\n{ENDING}\n"
