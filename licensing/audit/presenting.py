"""Entries of the trail in words, for tables."""

from collections.abc import Iterator
from typing import Any

from flask import url_for
from markupsafe import Markup

from licensing.audit.models import AuditEntry
from licensing.dates import moment_in_words

_LINK = Markup('<a class="govuk-link" href="{}">{}</a>')


def looker_row(entry: AuditEntry) -> dict[str, str]:
    """For “who looked at this record”."""
    return {"at": moment_in_words(entry.at), "who": _who(entry), "what": _what(entry)}


def trail_row(entry: AuditEntry) -> dict[str, str | Markup]:
    """For the auditor's page: who and which record lead to everything of the same."""
    who: str | Markup = _who(entry)
    if entry.actor_id:
        who = _LINK.format(url_for("audit.list_entries", actor=entry.actor_id), who)
    record: str | Markup = entry.object_kind.label if entry.object_kind else "–"
    if entry.object_id:
        words = f"{record} {str(entry.object_id)[:8]}"
        record = _LINK.format(url_for("audit.list_entries", object=entry.object_id), words)
    why = ", ".join(part for part in (_words(entry.purpose), entry.reference) if part)
    return {
        "at": moment_in_words(entry.at),
        "who": who,
        "what": _with_details(entry),
        "record": record,
        "why": why or "–",
    }


def _who(entry: AuditEntry) -> str:
    if entry.actor_name is None:
        return "Nobody signed in"
    return f"{entry.actor_name} ({entry.actor_authority})"


def _what(entry: AuditEntry) -> str:
    return f"{entry.action.label} (by a command)" if entry.by_command else entry.action.label


def _with_details(entry: AuditEntry) -> str | Markup:
    """What was done, and under it what the entry keeps of it: kinds, counts, dates before and after."""
    told = "; ".join(_flat(entry.details or {}))
    return Markup('{}<br><span class="govuk-hint">{}</span>').format(_what(entry), told) if told else _what(entry)


def _flat(details: dict[str, Any], above: str = "") -> Iterator[str]:
    for name, value in details.items():
        words = f"{above} {name}".strip().replace("_", " ")
        if isinstance(value, dict):
            yield from _flat(value, words)
        elif isinstance(value, list):
            yield f"{words}: {', '.join(str(one).replace('_', ' ') for one in value)}"
        else:
            yield f"{words}: {str(value).replace('_', ' ')}"


def _words(code: str | None) -> str:
    return (code or "").replace("_", " ").capitalize()
