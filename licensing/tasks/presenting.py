"""Tasks in words: rows of the list, and the parts of one task's page."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from markupsafe import Markup

from licensing.accounts.acting import ActingUser
from licensing.audit.rules import ObjectKind
from licensing.dates import in_words, moment_in_words
from licensing.permissions import Role
from licensing.tasks import queries, subjects, work
from licensing.tasks.models import Task, TaskChange
from licensing.tasks.rules import TEAMS, ChangeKind, For, is_overdue
from licensing.tasks.work import Item

_LINK = Markup('<a class="govuk-link" href="{}">{}</a>')
_NOT_SHOWN = "A record that is not shown to you"


def work_rows(items: Sequence[Item], today: date) -> list[dict[str, object]]:
    """The cells of the list, with one question to each room for the names of its records."""
    about = subjects.named((ObjectKind(one.object_kind) if one.object_kind else None, one.object_id) for one in items)
    people = queries.names_of({one.for_user_id for one in items if one.for_user_id})
    return [
        {
            "what": _LINK.format(work.source_of(one).address(one), work.source_of(one).called(one)),
            "about": subject(one.object_id, about),
            "whom": whom(For(one.for_user_id, Role(one.for_team) if one.for_team else None), people),
            "due": due(one.due_on, today, done=one.done_at is not None, paused=one.paused),
        }
        for one in items
    ]


def what(task: Task) -> str:
    return f"{task.kind.label}: {task.note}" if task.note else task.kind.label


def subject(object_id: UUID | None, about: dict[UUID, subjects.Subject]) -> Markup | str:
    """What work is about, as a link where the reader may see the record."""
    if object_id is None:
        return "No record"
    if object_id not in about:
        return _NOT_SHOWN
    name, address = about[object_id]
    return _LINK.format(address, name)


def whom(one: For, people: dict[UUID, str]) -> str:
    if one.team:
        return team(one.team)
    return people.get(one.user_id, "A former colleague") if one.user_id else ""


def team(role: Role) -> str:
    return f"Team: {role.label}"


def due(due_on: date, today: date, *, done: bool, paused: bool = False) -> Markup | str:
    """The day, and whether it has passed or waits."""
    day = in_words(due_on)
    if paused and not done:
        return Markup('{} <strong class="govuk-tag govuk-tag--grey">Paused</strong>').format(day)
    if is_overdue(due_on, done, today):
        return Markup('{} <strong class="govuk-tag govuk-tag--red">Overdue</strong>').format(day)
    return day


def history(changes: Sequence[TaskChange]) -> list[dict[str, object]]:
    """What has happened to a task, for the timeline."""
    people = queries.names_of(_people_in(changes))
    return [
        {
            "title": _told(one, people),
            "at": one.at,
            "by": _by(one.by_id, people),
            "text": one.reason,
        }
        for one in changes
    ]


def _people_in(changes: Sequence[TaskChange]) -> set[UUID]:
    given = {For.parse(one.details["after"]).user_id for one in changes if one.kind is ChangeKind.HANDED_ON}
    return {one.by_id for one in changes if one.by_id} | {user_id for user_id in given if user_id}


def _by(user_id: UUID | None, people: dict[UUID, str]) -> str:
    return people.get(user_id, "A former colleague") if user_id else "The service"


def _told(one: TaskChange, people: dict[UUID, str]) -> str:
    if one.kind is ChangeKind.HANDED_ON:
        return f"Handed on to {whom(For.parse(one.details['after']), people)}"
    if one.kind is ChangeKind.DUE_DATE_CHANGED:
        return f"Now due on {in_words(date.fromisoformat(one.details['after']))}"
    return one.kind.label


def choices_of_whom(user: ActingUser) -> list[tuple[str, str]]:
    """Oneself, the teams, then colleagues, as a form offers them."""
    others = [(one, name) for one, name in queries.colleagues(user.authority.id) if one != user.id]
    return [
        (str(For(user_id=user.id)), "Me"),
        *((str(For(team=role)), team(role)) for role in TEAMS),
        *((str(For(user_id=one)), name) for one, name in others),
    ]


def summary_rows(
    task: Task, about: dict[UUID, subjects.Subject], people: dict[UUID, str], today: date
) -> list[tuple[str, object]]:
    """The task's summary card."""
    rows: list[tuple[str, object]] = [
        ("About", subject(task.object_id, about)),
        ("For", whom(For(task.for_user_id, task.for_team), people)),
        ("Due", due(task.due_on, today, done=task.done_at is not None)),
        ("Why", task.why),
        ("Opened", f"{moment_in_words(task.opened_at)} by {_by(task.opened_by, people)}"),
    ]
    if task.done_at:
        finisher = _by(task.done_by, people)
        rows += [("Done", f"{moment_in_words(task.done_at)} by {finisher}"), ("What came of it", task.outcome)]
    return rows
