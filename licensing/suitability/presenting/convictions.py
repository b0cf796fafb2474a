"""Convictions, what the policy starts from, and the policy itself, in words."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from licensing.dates import in_words
from licensing.suitability.models import Conviction
from licensing.suitability.presenting.words import day
from licensing.suitability.queries.convictions import starting_points_of
from licensing.suitability.starting_points import Category, Policy, policy_in_force


def conviction_cards(person_id: UUID | None, today: date) -> list[dict[str, Any]]:
    """Each conviction of a person, and from what the policy starts for it."""
    found = starting_points_of(person_id, today) if person_id else []
    return [
        {
            "id": one.id,
            "title": f"{one.category.label}, {in_words(one.convicted_on)}",
            "rows": [
                ("Offence", one.opened("offence_sealed")),
                ("Convicted", day(one.convicted_on)),
                ("Sentence completed", day(one.sentence_completed_on)),
                ("Driving ban ends", day(one.ban_ends_on) or "None recorded"),
                ("From what the policy starts", point.words),
            ],
        }
        for one, point in found
    ]


def conviction_again(one: Conviction) -> dict[str, Any]:
    """A conviction as the form takes it, to be put right."""
    return {
        "category": one.category,
        "offence": one.opened("offence_sealed"),
        "convicted_on": one.convicted_on,
        "sentence_completed_on": one.sentence_completed_on,
        "ban_ends_on": one.ban_ends_on,
    }


def policy_rows(rows: Sequence[Policy], today: date) -> list[dict[str, Any]]:
    """The policy in force, a row for each category."""
    found = []
    for category in Category:
        policy = policy_in_force(rows, category, today)
        found.append(
            {
                "category": category.label,
                "words": policy.words if policy else "None",
                "whose": _whose(policy) if policy else "None",
                "verified": ("Yes" if policy.verified else "No: ask a lawyer") if policy else "None",
            }
        )
    return found


def policy_history(rows: Sequence[Policy]) -> list[dict[str, Any]]:
    """The council's own rows, the latest first, with why and from when."""
    own = sorted((row for row in rows if row.authority_id), key=lambda row: row.valid_from, reverse=True)
    return [
        {
            "category": row.category.label,
            "words": row.words,
            "from": in_words(row.valid_from),
            "source": row.source,
            "reason": row.reason,
        }
        for row in own
    ]


def _whose(policy: Policy) -> str:
    whose = "Your council’s" if policy.authority_id else "National"
    return f"{whose}, from {in_words(policy.valid_from)}"
