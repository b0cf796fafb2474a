"""The answers of a referral's pages: kept sealed as one, and read back as they were typed."""

import json
from typing import Any
from uuid import UUID

from licensing.allegations.models import CaseStep
from licensing.allegations.queries import cases as queries
from licensing.allegations.words import Step
from licensing.forms.answers import answers_again, as_kept
from licensing.sealing import opened, seal


def sealed_answers(row_id: UUID, answers: dict[str, Any]) -> bytes:
    """What was answered, by the names of the questions."""
    kept = {name: as_kept(value) for name, value in answers.items()}
    return seal(CaseStep, "answers_sealed", row_id, json.dumps(kept))


_REPORTED = {"yes": "Yes", "no": "No", "unknown": "Not known"}


def reported(case_id: UUID) -> tuple[str | None, str | None]:
    """Whether a child is at risk now, and whether the police know, as the caller said; None where nobody asked."""
    said = answers_of(queries.steps(case_id).get(Step.SAFETY))
    return _REPORTED.get(said.get("at_risk") or ""), _REPORTED.get(said.get("police") or "")


def answers_of(row: CaseStep | None) -> dict[str, Any]:
    """What was answered, dates as dates; empty where the page was never saved."""
    return answers_again(json.loads(opened(row, "answers_sealed"))) if row else {}
