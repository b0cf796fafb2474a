"""The allegations within a case: put right, and brought to an outcome of their own."""

from datetime import date
from typing import Any

from licensing.accounts.acting import ActingUser
from licensing.allegations import rules_of_work
from licensing.allegations.changes import duties, sharing
from licensing.allegations.changes.cases import add_allegation, note
from licensing.allegations.models import Allegation, Case
from licensing.allegations.words import Category, EntryKind, Outcome
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.dates import in_words
from licensing.sealing import opened, seal


def add(user: ActingUser, case: Case, **said: Any) -> None:
    """One more thing that is alleged, as came to be known later."""
    add_allegation(user, case.id, **said)
    note(user, case.id, EntryKind.CHANGE, "An allegation was added.")


def change(
    user: ActingUser,
    case: Case,
    row: Allegation,
    *,
    limbs: list[str],
    category: Category,
    words: str,
    alleged_on: date | None,
) -> None:
    """Put right what is alleged; the chronology keeps how it was written before, and who was told is owed a message."""
    before = opened(row, "words_sealed")
    if (row.limbs, row.category, row.alleged_on, before) != (limbs, category, alleged_on, words):
        duties.owe_recipients(case)
    row.limbs, row.category, row.alleged_on = limbs, category, alleged_on
    if words != before:
        row.words_sealed = seal(Allegation, "words_sealed", row.id, words)
        note(user, row.case_id, EntryKind.CHANGE, f"What is alleged was put right. Before: {before}")
    audit.record(Action.CHANGED, ObjectKind.ALLEGATION, row.case_id, details={"part": "allegation"})


def record_outcome(
    user: ActingUser, case: Case, row: Allegation, *, outcome: Outcome, outcome_on: date, words: str
) -> None:
    """How one allegation ended, on the balance of probabilities, or how it ended after all.

    Raises RuleBroken before the threshold is decided, and once the case is over.
    """
    rules_of_work.check_outcome(case.stage)
    rules_of_work.check_day("outcome_on", outcome_on, "found to meet the threshold", case.threshold_on)
    before = f" Before: {_told(row)}" if row.outcome is not Outcome.OPEN else ""
    row.outcome, row.outcome_on = outcome, outcome_on
    row.outcome_sealed = seal(Allegation, "outcome_sealed", row.id, words)
    note(user, case.id, EntryKind.DECISION, f"Outcome of an allegation: {_told(row)}{before}")
    audit.record(Action.DECIDED, ObjectKind.ALLEGATION, case.id, details={"outcome": outcome.value})
    sharing.outcome_changed(user, case)


def _told(row: Allegation) -> str:
    day = f", {in_words(row.outcome_on)}" if row.outcome_on else ""
    return f"{row.outcome.label}{day}. {opened(row, 'outcome_sealed')}"
