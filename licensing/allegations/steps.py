"""The answers of a referral's pages: kept sealed as one, and read back as they were typed."""

import json
from typing import Any
from uuid import UUID

from licensing.allegations.models import CaseStep
from licensing.forms.answers import answers_again, as_kept
from licensing.sealing import opened, seal


def sealed_answers(row_id: UUID, answers: dict[str, Any]) -> bytes:
    """What was answered, by the names of the questions."""
    kept = {name: as_kept(value) for name, value in answers.items()}
    return seal(CaseStep, "answers_sealed", row_id, json.dumps(kept))


def answers_of(row: CaseStep | None) -> dict[str, Any]:
    """What was answered, dates as dates; empty where the page was never saved."""
    return answers_again(json.loads(opened(row, "answers_sealed"))) if row else {}
