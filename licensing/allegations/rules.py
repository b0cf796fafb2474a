"""What a referral must say, what is owed, when a case may be closed, and how long it is kept."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from licensing.allegations.words import Outcome, Stage, Step, StrandState
from licensing.allegations.words_of_sharing import DutyKind
from licensing.dates import in_words, years_after
from licensing.errors import RuleBroken

# State Pension age is 66 to 68 by date of birth (Pensions Act 2014): the latest keeps a record longest. Not verified
# whether local procedures mean it: a council sets LADO_KEEP and may hold a record back.
PENSION_AGE = 68

# Owed in every case that is opened; licensing authorities, school transport and operators are added as they are known.
OWED_ALWAYS = (DutyKind.REFERRER, DutyKind.PERSON, DutyKind.DBS, DutyKind.LEARNING)


def owed_always(*, died: bool) -> list[DutyKind]:
    """Of those, what is owed of this person: nobody is told of a case after their death."""
    return [one for one in OWED_ALWAYS if not (died and one is DutyKind.PERSON)]


def columns_of(step: Step, answers: Mapping[str, Any]) -> dict[str, Any]:
    """Of a page's answers, what also stands in the case's own columns, to be counted by."""
    if step is Step.CALLER:
        return {
            "referrer_kind": answers.get("referrer_kind"),
            "known_on": answers.get("known_on"),
            "under_duty": bool(answers.get("under_duty")),
        }
    if step is Step.SETTING:
        return {"sector": answers.get("sector")}
    if step is Step.SAFETY:
        return {
            "at_immediate_risk": answers.get("at_risk") == "yes",
            "police_involved": answers.get("police") == "yes",
        }
    return {}


def missing(answers: Mapping[Step, Mapping[str, Any]], subject: object | None) -> list[tuple[Step, str]]:
    """What a referral does not say yet, and must: in words, with the page that asks it."""
    alleged, caller = answers.get(Step.ALLEGED, {}), answers.get(Step.CALLER, {})
    setting, safety = answers.get(Step.SETTING, {}), answers.get(Step.SAFETY, {})
    asked = (
        (caller.get("referrer_kind"), Step.CALLER, "who is calling"),
        (safety.get("at_risk"), Step.SAFETY, "whether a child is at risk now"),
        (subject, Step.PERSON, "who it is about, or what is known of them"),
        (alleged.get("words"), Step.ALLEGED, "what is alleged"),
        (alleged.get("limbs"), Step.ALLEGED, "which limbs of the threshold may be met"),
        (alleged.get("category"), Step.ALLEGED, "what kind of harm"),
        (setting.get("sector"), Step.SETTING, "in what work the person meets children"),
    )
    return [(step, words) for answer, step, words in asked if not answer]


def stops_closing(outcomes: Iterable[Outcome], owed: Iterable[str], strands: Iterable[StrandState]) -> list[str]:
    """Why a case cannot be closed yet, in words; empty where it can. `owed`: each message that is, in words."""
    ended = list(outcomes)
    waiting = [one for one in ended if one in (Outcome.OPEN, Outcome.POLICE_ONGOING)]
    said = [f"{one}." for one in owed]
    if not ended:
        said.append("No allegation is recorded.")
    if waiting:
        said.append("An allegation has no outcome yet.")
    if not all(one.is_over for one in strands):
        said.append("A strand is not finished.")
    return said


def keep_until(ten_years: date, born: date | None) -> date:
    """Until when the record is kept: ten years, or pension age, whichever is later. A review then, never by itself."""
    return max(ten_years, years_after(born, PENSION_AGE)) if born else ten_years


def check_kept_longer(until: date, by_law: date | None, today: date) -> None:
    """RuleBroken for a day before the one until which the law asks that a record is kept, or that has come."""
    if by_law is None:
        raise RuleBroken("Until when a record is kept is worked out as its case ends. This one goes on.")
    if until < by_law:
        asked = f"The law and local procedures ask for {in_words(by_law)}"
        raise RuleBroken(f"{asked}: enter that day or a later one", "until")
    if until <= today:
        raise RuleBroken("Enter a date after today", "until")


def kept_until(by_law: date | None, chosen: date | None) -> date | None:
    """Until when a record is kept: what the law asks, or what was chosen last, whichever is later."""
    return max(by_law, chosen) if by_law and chosen else by_law


def may_be_changed(stage: Stage) -> bool:
    return not stage.is_over
