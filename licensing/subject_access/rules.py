"""What a request, an extension, a decision on a record and an answer need. Dates in, RuleBroken or a state out.

UK GDPR article 12(3), Data Protection Act 2018: one month from receipt, or from the day on which identity was proven
where that was asked; two months more where the request is complex and the person is told why within the first.
"""

from dataclasses import dataclass
from datetime import date

from licensing.dates import in_words
from licensing.errors import RuleBroken
from licensing.subject_access.words import PoliceAnswer, Proof, RequestState, Ruling

ENDED = "This request is answered or withdrawn. Nothing was changed."


def begins_on(received_on: date, *, proof_asked: bool, proven_on: date | None) -> date | None:
    """The day on which the month begins; None while proof that was asked for is awaited."""
    return proven_on if proof_asked else received_on


def check_receipt(received_on: date, proof_asked: bool, proof: Proof | None, proven_on: date | None) -> None:
    """RuleBroken where the proof does not fit: not asked for, half told, or before the request."""
    if not proof_asked and (proof or proven_on):
        raise RuleBroken("Say that proof was asked for, or leave out how and when it was given", "proof_asked")
    if proven_on and not proof:
        raise RuleBroken("Select how they proved who they are", "proof")
    if proof and not proven_on:
        raise RuleBroken("Enter the day on which they proved who they are", "proven_on")
    if proven_on:
        check_proven(received_on, proven_on)


def check_proven(received_on: date, proven_on: date) -> None:
    if proven_on < received_on:
        raise RuleBroken(f"The request was received on {in_words(received_on)}, and proven no earlier", "proven_on")


def check_extension(begun_on: date | None, first_due_on: date | None, extended_on: date, *, again: bool) -> None:
    """RuleBroken where the person was told of more time after the first month (article 12(3)), or twice."""
    if begun_on is None or first_due_on is None:
        raise RuleBroken("The month has not begun: proof of identity is awaited.")
    if again:
        raise RuleBroken("The time was extended before. The law allows that once.")
    if extended_on < begun_on:
        raise RuleBroken(f"The month began on {in_words(begun_on)}", "extended_on")
    if extended_on > first_due_on:
        raise RuleBroken(
            f"The first month ended on {in_words(first_due_on)}. They had to be told by then (article 12(3))",
            "extended_on",
        )


@dataclass(frozen=True, slots=True)
class Weighed:
    """What was decided about one record, and on what."""

    ruling: Ruling
    exemption: str | None = None
    source_confidential: bool = False
    harm_test_by: str = ""
    reason: str = ""
    police_asked_on: date | None = None
    police_answer: PoliceAnswer | None = None
    police_reference: str = ""


def check_weighed(weighed: Weighed, *, live: bool) -> None:
    """RuleBroken where a decision is not whole, or gives what is under way before the police answered."""
    if weighed.ruling is Ruling.GIVE:
        _check_given(weighed)
    else:
        _check_held(weighed)
    _check_police(weighed)
    if not live or weighed.ruling is Ruling.HOLD:
        return
    if not weighed.harm_test_by:
        raise RuleBroken("It is linked with something under way: enter who did the harm test", "harm_test_by")
    if weighed.police_asked_on is None:
        raise RuleBroken("It is linked with something under way: enter when the police were asked", "police_asked_on")
    if weighed.police_answer is PoliceAnswer.NONE_YET:
        raise RuleBroken("Wait for the answer of the police before you give it, or hold it", "police_answer")


def stands(ruling: Ruling, harm_test_by: str | None, police_answer: PoliceAnswer | None, *, live: bool) -> bool:
    """Whether what was decided still holds: what came under way since is given only as `check_weighed` asks."""
    answered = police_answer in (PoliceAnswer.NO_OBJECTION, PoliceAnswer.OBJECTION)
    return not live or ruling is Ruling.HOLD or (bool(harm_test_by) and answered)


def _check_given(weighed: Weighed) -> None:
    if weighed.exemption:
        raise RuleBroken("An exemption is for what is held. Select none, or hold it", "exemption")
    if weighed.source_confidential:
        raise RuleBroken("Its source is confidential: give it in part without the source, or hold it", "ruling")


def _check_held(weighed: Weighed) -> None:
    if not weighed.exemption:
        raise RuleBroken("Select the exemption by which it is held", "exemption")
    if not weighed.harm_test_by:
        raise RuleBroken("Enter who did the harm test", "harm_test_by")
    if not weighed.reason:
        raise RuleBroken("Enter why it is held", "reason")


def _check_police(weighed: Weighed) -> None:
    if weighed.police_asked_on is None:
        if weighed.police_answer or weighed.police_reference:
            raise RuleBroken("Enter the day on which the police were asked", "police_asked_on")
        return
    if weighed.police_answer is None:
        raise RuleBroken("Select what the police said", "police_answer")
    if not weighed.police_reference:
        raise RuleBroken("Enter the reference of the police", "police_reference")


def check_answer(begun_on: date | None, answered_on: date, *, undecided: int, decided_on: date | None) -> None:
    """RuleBroken where the answer comes before proof of identity or the last decision, or a record waits for one."""
    if begun_on is None:
        raise RuleBroken("Proof of identity is awaited. Record it first.")
    if undecided:
        records = "1 record waits" if undecided == 1 else f"{undecided} records wait"
        raise RuleBroken(f"{records} for a decision. Decide about each before you answer.")
    if answered_on < begun_on:
        raise RuleBroken(f"The month began on {in_words(begun_on)}, and it was answered no earlier", "answered_on")
    if decided_on and answered_on < decided_on:
        raise RuleBroken(
            f"The last decision was made on {in_words(decided_on)}, and it was answered no earlier", "answered_on"
        )


def state_of(today: date, due_on: date | None, answered_on: date | None, withdrawn_on: date | None) -> RequestState:
    """How a request stands; one that was answered late says so for ever."""
    if withdrawn_on:
        return RequestState.WITHDRAWN
    if due_on is None:
        return RequestState.WAITS_FOR_PROOF
    if answered_on:
        return RequestState.ANSWERED_LATE if answered_on > due_on else RequestState.ANSWERED
    return RequestState.OVERDUE if today > due_on else RequestState.OPEN
