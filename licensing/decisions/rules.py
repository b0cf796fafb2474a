"""What the law asks of a decision. Values in; broken rules out, each with its law and the question it belongs to.

A rule whose law was read refuses what this product would issue; one that was not only warns. What was already
decided or issued elsewhere is recorded all the same, with every rule that it breaks, as irregular.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from licensing.dates import in_words
from licensing.decisions.powers import (
    GRANTS,
    ON_APPLICATION,
    WORDS_ASKED,
    DecisionKind,
    Ground,
    Immediate,
    Power,
)
from licensing.register.catalogue import Family
from licensing.register.events import LicenceStatus, RelevantInformation
from licensing.register.life_cycle import may_follow
from licensing.suitability.rules import Limb

S61_2B = "Local Government (Miscellaneous Provisions) Act 1976 s.61(2B)"
RELIED = (RelevantInformation.WHOLLY, RelevantInformation.PARTLY)


class Maker(StrEnum):
    """Who decided."""

    OFFICER = "officer"
    MANAGER = "manager"
    SUB_COMMITTEE = "sub_committee"
    COURT = "court"

    @property
    def label(self) -> str:
        return _MAKERS[self]


# What these decided, somebody else records.
ALONE = (Maker.OFFICER, Maker.MANAGER)
BY_OTHERS = (Maker.SUB_COMMITTEE, Maker.COURT)
_MAKERS = {
    Maker.OFFICER: "An officer with delegated power",
    Maker.MANAGER: "A licensing manager",
    Maker.SUB_COMMITTEE: "The licensing sub-committee",
    Maker.COURT: "A court",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A decision as it was typed."""

    kind: DecisionKind
    maker: Maker
    decided_on: date
    power: Power | None = None
    grounds: tuple[Ground, ...] = ()
    reasons: str = ""
    immediate: bool = False
    public_safety: str = ""
    relevant_information: RelevantInformation | None = None
    limbs: tuple[Limb, ...] = ()
    not_relied_reason: str = ""
    minute_ref: str = ""
    departing: str = ""
    ends_on: date | None = None
    condition: str = ""
    starts_on: date | None = None
    expires_on: date | None = None
    new_information: bool = False
    legal_agreed: bool = False
    elsewhere: bool = False

    @property
    def at_once(self) -> bool:
        """Whether it takes effect when its notice is given, by choice or always by that power."""
        return self.immediate or (self.power is not None and self.power.immediate is Immediate.ALWAYS)


def to_be_confirmed(asked: Asked, *, may_decide: bool) -> bool:
    """Whether a manager compares it with its minute: an officer recorded what others decided, or decided elsewhere."""
    return not may_decide and (asked.elsewhere or asked.maker in BY_OTHERS)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of the licence and of whoever decides, at that moment."""

    family: Family
    status: LicenceStatus
    today: date
    decider: UUID
    may_decide: bool
    delegated: bool
    recommended_by: UUID | None = None
    died_on: date | None = None
    leave_ends_on: date | None = None
    beyond_leave: str = ""
    longest_term_until: date | None = None
    suspended_on_same_facts: bool = False
    applied: bool = True
    stops_decision: tuple[str, ...] = ()
    stops_grant: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()
    starting_point: str = ""
    longest_suspension_until: date | None = None
    begins_no_earlier: date | None = None
    has_supervisor: bool = False
    interim_steps: bool = False


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that a decision does not keep. One that `warns` lets it pass; one `always` holds, wherever it was made."""

    message: str
    field: str | None
    warns: bool = False
    always: bool = False


def broken_rules(asked: Asked, facts: Facts) -> list[Broken]:
    """Every rule that the decision breaks, in the order of the form."""
    return [
        *_who(asked, facts),
        *_of_the_holder(asked, facts),
        *_from_where(asked, facts),
        *_grounds(asked, facts),
        *_at_once(asked),
        *_terms(asked, facts),
        *_twice(asked, facts),
    ]


NOT_DELEGATED = (
    "An officer decides alone only what a delegation on record covers: a licensing manager records it, under Decisions."
)


def _who(asked: Asked, facts: Facts) -> Iterator[Broken]:
    if asked.decided_on > facts.today:
        yield Broken("The day of the decision must be today or in the past", "decided_on", always=True)
    if facts.recommended_by == facts.decider and asked.maker in ALONE:
        yield Broken("You recommended this. Somebody else must decide it.", "maker")
    if asked.maker is Maker.MANAGER and not facts.may_decide:
        yield Broken("Only a licensing manager decides as one.", "maker")
    if asked.maker is Maker.OFFICER and not facts.delegated:
        yield Broken(NOT_DELEGATED, "maker")
    if asked.maker in BY_OTHERS and not asked.minute_ref:
        yield Broken("Enter the reference of the minute, or of the court’s order", "minute_ref")
    if asked.power and asked.power.committee_only and asked.maker in ALONE:
        yield Broken(f"By {asked.power.law} the sub-committee decides, not an officer.", "maker")
    if asked.power and asked.power.by_court and asked.maker is not Maker.COURT:
        yield Broken(f"By {asked.power.law} a court decides, not the council.", "maker")


def _of_the_holder(asked: Asked, facts: Facts) -> Iterator[Broken]:
    if facts.died_on and facts.died_on <= asked.decided_on:
        yield Broken(
            f"The holder died on {in_words(facts.died_on)}, and the licence ended with them: nothing is to be decided.",
            "kind",
        )
    if asked.kind in ON_APPLICATION:
        if not facts.applied:
            yield Broken("Record the application first: this answers one, and what the law asks before it.", "kind")
        yield from (Broken(words, "kind") for words in facts.stops_decision)
        if asked.maker in ALONE and facts.recommended_by is None:
            yield Broken(UNADVISED, "kind", warns=True)
    if asked.kind in GRANTS:
        yield from (Broken(words, "kind") for words in facts.stops_grant)
        if facts.unsettled:
            yield Broken(f"Not settled on the application’s list: {'; '.join(facts.unsettled)}.", "kind", warns=True)
        if facts.starting_point and not asked.departing:
            yield Broken(f"{facts.starting_point} Enter the exceptional reasons for departing from it.", "departing")


UNADVISED = "Nobody has recommended anything in this application: one person recommends, and another decides."


_LIFTING = frozenset({*GRANTS, DecisionKind.END_SUSPENSION})
NO_UN_REVOKING = (
    "A licence that was revoked cannot be given back by the council. Either a court allows an appeal, for which you "
    "can record what the council now says; or the person applies again, and the application can be expedited."
)


def _from_where(asked: Asked, facts: Facts) -> Iterator[Broken]:
    revoked = facts.status in (LicenceStatus.REVOKED, LicenceStatus.REVOCATION_PENDING)
    if revoked and asked.kind in _LIFTING:
        yield Broken(NO_UN_REVOKING, "kind")
    elif asked.kind is DecisionKind.END_SUSPENSION and facts.status not in (
        LicenceStatus.SUSPENDED,
        LicenceStatus.SUSPENSION_PENDING,
    ):
        yield Broken("The licence is not suspended.", "kind")
    elif asked.kind is DecisionKind.REFUSE and facts.status is not LicenceStatus.APPLIED:
        yield Broken("Only what was applied for can be refused.", "kind")
    elif asked.kind.event and not may_follow(facts.family, facts.status, asked.kind.event):
        yield Broken(_IRREGULAR.format(facts.status.label.lower(), asked.kind.label.lower()), "kind")
    if asked.kind is DecisionKind.REMOVE_SUPERVISOR and not facts.has_supervisor:
        yield Broken("Nobody is recorded as the designated premises supervisor: there is none to remove.", "kind")


_IRREGULAR = "On that day the licence was: {}. The law has no “{}” from there."


def _grounds(asked: Asked, facts: Facts) -> Iterator[Broken]:
    if not asked.kind.needs_notice:
        return
    if asked.power is None:
        yield Broken("Select the power", "power")
        return
    if not asked.grounds or not set(asked.grounds) <= set(asked.power.grounds):
        yield Broken(f"Select at least one ground of {asked.power.law}", "grounds")
    if not asked.reasons:
        yield Broken("Enter the reasons", "reasons")
    if facts.family is not Family.DRIVER:
        return
    # 2022 Act s.2: whether it relied on relevant information decides whether an entry is owed.
    if asked.relevant_information in RELIED:
        if not asked.limbs:
            yield Broken("Select what the relevant information was about", "limbs")
    elif asked.relevant_information is RelevantInformation.NO:
        if not asked.not_relied_reason:
            yield Broken("Enter why the decision did not rely on relevant information", "not_relied_reason")
    else:
        yield Broken("Select whether the decision relied on relevant information", "relevant_information")


def _at_once(asked: Asked) -> Iterator[Broken]:
    if not asked.immediate or asked.power is None:
        return
    if asked.power.immediate is Immediate.NEVER:
        yield Broken(f"{asked.power.law} gives no power to act with immediate effect.", "immediate")
    elif asked.power.immediate is Immediate.BELIEVED_NEVER:
        yield Broken(
            f"{asked.power.law} is believed to give no power to act with immediate effect: ask a solicitor.",
            "immediate",
            warns=True,
        )
    elif asked.power.immediate is Immediate.CAN:
        if asked.kind is DecisionKind.REFUSE_RENEWAL:
            yield Broken(f"{S61_2B} is for suspensions and revocations, not for a refusal to renew.", "immediate")
        if not asked.public_safety:
            yield Broken(
                f"Enter why public safety needs immediate effect: {S61_2B} asks that the notice explain it",
                "public_safety",
            )


def _terms(asked: Asked, facts: Facts) -> Iterator[Broken]:
    if asked.kind is DecisionKind.SUSPEND_FIXED and not asked.ends_on:
        yield Broken("Enter the last day of the suspension", "ends_on")
    if asked.kind in WORDS_ASKED and not asked.condition:
        asks = WORDS_ASKED[asked.kind]
        yield Broken(f"Enter {asks[0].lower()}{asks[1:]}", "condition")
    if asked.ends_on and asked.ends_on < asked.decided_on:
        yield Broken("The last day must be on or after the day of the decision", "ends_on")
    if asked.ends_on and facts.begins_no_earlier and asked.ends_on < facts.begins_no_earlier:
        yield Broken(
            f"It would be over before it begins: without immediate effect, no earlier than "
            f"{in_words(facts.begins_no_earlier)}",
            "ends_on",
        )
    if asked.ends_on and facts.longest_suspension_until and asked.ends_on > facts.longest_suspension_until:
        law = asked.power.law if asked.power else ""
        yield Broken(f"{law} allows it no longer than until {in_words(facts.longest_suspension_until)}", "ends_on")
    if asked.kind in GRANTS:
        yield from _of_a_grant(asked, facts)


def _of_a_grant(asked: Asked, facts: Facts) -> Iterator[Broken]:
    if not asked.starts_on:
        yield Broken("Enter the first day of the licence", "starts_on")
    if facts.longest_term_until and not asked.expires_on:
        yield Broken("Enter the last day of the licence", "expires_on")
    if not asked.expires_on:
        return
    if asked.starts_on and asked.expires_on <= asked.starts_on:
        yield Broken("The last day of the licence must be after the first", "expires_on")
    if facts.longest_term_until and asked.expires_on > facts.longest_term_until:
        yield Broken(
            f"The licence can run until {in_words(facts.longest_term_until)} at the longest (1976 Act s.53, s.55)",
            "expires_on",
        )
    if facts.beyond_leave:
        yield Broken(facts.beyond_leave, "expires_on")
    elif facts.leave_ends_on and asked.expires_on > facts.leave_ends_on:
        yield Broken(
            f"Permission to work ends on {in_words(facts.leave_ends_on)}: the licence must end on or before that day "
            "(1976 Act s.53A, s.55ZA)",
            "expires_on",
        )


INTERIM_RISK = (
    "The courts have said that a suspension is a final sanction and not a holding measure (R (Singh) v Cardiff "
    "[2012] EWHC 1852 (Admin)). Take legal advice before you suspend while enquiries go on."
)


INTERIM_STAND = (
    "Interim steps are in force. At the final hearing the sub-committee reviews them too (Licensing Act 2003 s.53D): "
    "record that review. They bite until then, whether or not anybody appeals against this decision."
)


def _twice(asked: Asked, facts: Facts) -> Iterator[Broken]:
    if asked.kind is DecisionKind.SUSPEND_INTERIM and not (asked.power and asked.power.is_interim):
        yield Broken(INTERIM_RISK, "kind", warns=True)
    if facts.interim_steps and asked.power and asked.power.determines_review:
        yield Broken(INTERIM_STAND, "kind", warns=True)
    # On a review of premises interim steps come before the final step, and are no sanction.
    sanctions = asked.power is None or not asked.power.determines_review
    if asked.kind is DecisionKind.REVOKE and facts.suspended_on_same_facts and sanctions:
        if not asked.new_information:
            yield Broken(
                "This licence was suspended on these facts already. A second sanction needs information that is new.",
                "new_information",
            )
        if not asked.legal_agreed:
            yield Broken("Say that legal services agreed to a second sanction", "legal_agreed")
