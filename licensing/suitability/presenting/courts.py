"""Court proceedings in words. Defendants are numbers; a holder is named through their licence."""

from collections.abc import Sequence
from typing import Any

from flask import url_for

from licensing.suitability.models import CourtCase, CourtDefendant, CourtSentence
from licensing.suitability.presenting.words import LINK, Row, day, holder_link
from licensing.suitability.queries.courts import totals_of
from licensing.suitability.sentences import Verdict, in_years, months_together


def case_rows(cases: Sequence[CourtCase]) -> list[dict[str, Any]]:
    """A list of proceedings, each leading to its page."""
    return [
        {
            "court": LINK.format(url_for("suitability.show_case", case_id=one.id), one.court),
            "started": day(one.started_on),
            "ended": day(one.ended_on) or "Under way",
            "figures": totals_of([one]).words,
        }
        for one in cases
    ]


def case_facts(case: CourtCase) -> list[Row]:
    """The summary card of proceedings."""
    return [
        ("Court", case.court),
        ("Began", day(case.started_on)),
        ("Ended", day(case.ended_on) or "Under way"),
        ("Victims as witnesses", str(case.witnesses) if case.witnesses is not None else None),
        ("Figures", totals_of([case]).words),
        ("Reference", case.reference),
    ]


def defendant_rows(case: CourtCase) -> list[dict[str, Any]]:
    """Each defendant by number, with verdict, sentences, and the holder where one is linked."""
    return [
        {
            "number": LINK.format(
                url_for("suitability.change_defendant", defendant_id=one.id), f"Defendant {one.number}"
            ),
            "verdict": one.verdict.label,
            "sentence": _sentenced(one),
            "holder": holder_link(one.licence) if one.licence else "Not linked",
            "consider": _consider(case, one),
        }
        for one in case.defendants
    ]


def _sentenced(one: CourtDefendant) -> str:
    if one.verdict is not Verdict.GUILTY:
        return "None"
    if not one.sentences:
        return "Awaited"
    each = "; ".join(_passed(sentence) for sentence in one.sentences)
    return f"{in_years(months_together(sentence.as_sentence() for sentence in one.sentences))} in all ({each})"


def _passed(sentence: CourtSentence) -> str:
    return f"{sentence.months} months {sentence.kind}" if sentence.months is not None else "awaited"


def _consider(case: CourtCase, one: CourtDefendant) -> Any:
    """For a linked holder: the way to open a consideration that says where it came from."""
    if one.licence_id is None:
        return "–"
    query: dict[str, Any] = {"from": f"court_case:{case.id}"}
    address = url_for("suitability.add_consideration", licence_id=one.licence_id, **query)
    return LINK.format(address, "Open a consideration")


def defendant_again(one: CourtDefendant) -> dict[str, Any]:
    """A defendant as the form takes them."""
    lines = [f"{each.months} {each.kind}" if each.months is not None else "awaited" for each in one.sentences]
    number = one.licence.number if one.licence else ""
    return {"verdict": one.verdict, "licence_no": number, "sentences": "\n".join(lines)}
