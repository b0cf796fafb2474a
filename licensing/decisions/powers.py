"""What can be decided, by which power, on which grounds, and what each power allows. One table, with the law in it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from licensing.deadlines.codes import ClockCode
from licensing.register.catalogue import Family, LicenceKind
from licensing.register.events import EventKind


class DecisionKind(StrEnum):
    """What was decided."""

    GRANT = "grant"
    GRANT_SHORT_TERM = "grant_short_term"
    RENEW = "renew"
    REFUSE = "refuse"
    REFUSE_RENEWAL = "refuse_renewal"
    NO_ACTION = "no_action"
    WARNING = "warning"
    PENALTY_POINTS = "penalty_points"
    TRAINING_REQUIRED = "training_required"
    SUSPEND_FIXED = "suspend_fixed"
    SUSPEND_UNTIL = "suspend_until"
    SUSPEND_INTERIM = "suspend_interim"
    SUSPEND_UNFIT = "suspend_unfit"
    END_SUSPENSION = "end_suspension"
    MODIFY_CONDITIONS = "modify_conditions"
    EXCLUDE_ACTIVITY = "exclude_activity"
    REMOVE_SUPERVISOR = "remove_supervisor"
    REVOKE = "revoke"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def event(self) -> EventKind | None:
        """What it is on the register; None where the licence is left as it is."""
        return _EVENTS.get(self)

    @property
    def is_adverse(self) -> bool:
        return self in ADVERSE

    @property
    def suspends(self) -> bool:
        return self in SUSPENSIONS

    @property
    def varies(self) -> bool:
        """Whether it leaves the licence in force and changes what it allows."""
        return self in VARIATIONS

    @property
    def stops(self) -> bool:
        """Whether the holder may no longer do what the licence allows, once it has taken effect."""
        return self.suspends or self in (DecisionKind.REVOKE, DecisionKind.SUSPEND_UNFIT)

    @property
    def needs_notice(self) -> bool:
        """Whether the holder must be given a notice of it with the grounds."""
        return self in ADVERSE or self is DecisionKind.SUSPEND_UNFIT


_LABELS = {
    DecisionKind.GRANT: "Grant",
    DecisionKind.GRANT_SHORT_TERM: "Grant for a shorter term",
    DecisionKind.RENEW: "Renew",
    DecisionKind.REFUSE: "Refuse the application",
    DecisionKind.REFUSE_RENEWAL: "Refuse to renew",
    DecisionKind.NO_ACTION: "Take no action",
    DecisionKind.WARNING: "Warn",
    DecisionKind.PENALTY_POINTS: "Give penalty points",
    DecisionKind.TRAINING_REQUIRED: "Require training",
    DecisionKind.SUSPEND_FIXED: "Suspend until a day",
    DecisionKind.SUSPEND_UNTIL: "Suspend until something is done",
    DecisionKind.SUSPEND_INTERIM: "Suspend while enquiries go on",
    DecisionKind.SUSPEND_UNFIT: "Suspend a vehicle until it is found fit",
    DecisionKind.END_SUSPENSION: "End a suspension",
    DecisionKind.MODIFY_CONDITIONS: "Modify the conditions",
    DecisionKind.EXCLUDE_ACTIVITY: "Exclude a licensable activity",
    DecisionKind.REMOVE_SUPERVISOR: "Remove the premises supervisor",
    DecisionKind.REVOKE: "Revoke",
}
_EVENTS = {
    DecisionKind.GRANT: EventKind.GRANTED,
    DecisionKind.GRANT_SHORT_TERM: EventKind.GRANTED,
    DecisionKind.RENEW: EventKind.RENEWED,
    DecisionKind.REFUSE: EventKind.REFUSED,
    DecisionKind.REFUSE_RENEWAL: EventKind.RENEWAL_REFUSED,
    DecisionKind.SUSPEND_FIXED: EventKind.SUSPENDED,
    DecisionKind.SUSPEND_UNTIL: EventKind.SUSPENDED,
    DecisionKind.SUSPEND_INTERIM: EventKind.SUSPENDED,
    DecisionKind.SUSPEND_UNFIT: EventKind.FOUND_UNFIT,
    DecisionKind.END_SUSPENSION: EventKind.SUSPENSION_ENDED,
    DecisionKind.MODIFY_CONDITIONS: EventKind.VARIED,
    DecisionKind.EXCLUDE_ACTIVITY: EventKind.VARIED,
    DecisionKind.REMOVE_SUPERVISOR: EventKind.VARIED,
    DecisionKind.REVOKE: EventKind.REVOKED,
}
GRANTS = frozenset({DecisionKind.GRANT, DecisionKind.GRANT_SHORT_TERM, DecisionKind.RENEW})
REFUSALS = frozenset({DecisionKind.REFUSE, DecisionKind.REFUSE_RENEWAL})
# What answers an application, and nothing else.
ON_APPLICATION = GRANTS | REFUSALS
SUSPENSIONS = frozenset({DecisionKind.SUSPEND_FIXED, DecisionKind.SUSPEND_UNTIL, DecisionKind.SUSPEND_INTERIM})
VARIATIONS = frozenset({DecisionKind.MODIFY_CONDITIONS, DecisionKind.EXCLUDE_ACTIVITY, DecisionKind.REMOVE_SUPERVISOR})
ADVERSE = REFUSALS | SUSPENSIONS | VARIATIONS | {DecisionKind.REVOKE}
# What else is asked of such a decision in words, and how the question is called.
WORDS_ASKED = {
    DecisionKind.TRAINING_REQUIRED: "Which training is required, and by when",
    DecisionKind.SUSPEND_UNTIL: "What must be done before the suspension ends",
    DecisionKind.SUSPEND_UNFIT: "What must be done before the suspension ends",
    DecisionKind.MODIFY_CONDITIONS: "Which conditions are altered, added or omitted",
    DecisionKind.EXCLUDE_ACTIVITY: "Which licensable activity is excluded",
}


class Ground(StrEnum):
    """Why the law lets a council act."""

    CONVICTION = "conviction"
    OFFENCE = "offence"
    IMMIGRATION = "immigration"
    UNFIT_VEHICLE = "unfit_vehicle"
    CONDUCT = "conduct"
    MATERIAL_CHANGE = "material_change"
    NOT_FIT_AND_PROPER = "not_fit_and_proper"
    OBJECTIVES = "objectives"
    RELEVANT_OFFENCE = "relevant_offence"
    REASONABLE_CAUSE = "reasonable_cause"

    @property
    def label(self) -> str:
        return _GROUNDS[self]


_GROUNDS = {
    Ground.CONVICTION: "Convicted since the grant of an offence involving dishonesty, indecency or violence",
    Ground.OFFENCE: "An offence under, or a failure to comply with, the Act of 1847 or Part II of the Act of 1976",
    Ground.IMMIGRATION: "An immigration offence or penalty",
    Ground.UNFIT_VEHICLE: "The vehicle is unfit for use",
    Ground.CONDUCT: "Conduct that makes the operator unfit",
    Ground.MATERIAL_CHANGE: "A material change since the grant",
    Ground.NOT_FIT_AND_PROPER: "The council is not satisfied that the applicant is fit and proper",
    Ground.OBJECTIVES: "Steps are appropriate to promote the licensing objectives",
    Ground.RELEVANT_OFFENCE: "A relevant offence, a foreign offence or an immigration penalty",
    Ground.REASONABLE_CAUSE: "Any other reasonable cause",
}


class Immediate(StrEnum):
    """Whether a power can take effect at once."""

    CAN = "can"
    ALWAYS = "always"
    NEVER = "never"
    BELIEVED_NEVER = "believed_never"  # not verified: it warns and does not refuse


@dataclass(frozen=True, slots=True)
class Power:
    """One power: its law, the licences and decisions that it is for, its grounds, and what goes with it.

    `only` names the licences of the family that it is for, where it is not for all of them.
    `appeal_to` is empty where the law knows no appeal; `appeal_clocks` are the counts of the time for one;
    `by_court` where a court orders it, before which the holder stands: the council gives no notice of it.
    """

    code: str
    law: str
    family: Family
    kinds: frozenset[DecisionKind]
    grounds: tuple[Ground, ...]
    immediate: Immediate
    appeal_to: str
    longest_suspension_months: int | None = None
    committee_only: bool = False
    by_court: bool = False
    appeal_clocks: tuple[ClockCode, ...] = (ClockCode.S61_EFFECT, ClockCode.MAG_APPEAL_1976)
    grounds_clock: ClockCode | None = ClockCode.S60_61_GROUNDS
    only: frozenset[LicenceKind] = frozenset()

    @property
    def is_interim(self) -> bool:
        """Whether it is for the time until a summary review is determined (2003 Act s.53B)."""
        return self.code == INTERIM

    @property
    def determines_review(self) -> bool:
        """Whether it is the power by which a review of premises ends."""
        return self.code in DETERMINING


INTERIM = "LA53B"
DETERMINING = frozenset({"LA52", "LA53C", "LA167"})
_1976 = "Local Government (Miscellaneous Provisions) Act 1976"
_ACTS = SUSPENSIONS | {DecisionKind.REVOKE, DecisionKind.REFUSE_RENEWAL}
_MAGISTRATES = "a magistrates’ court"


def _power(
    code: str,
    law: str,
    family: Family,
    kinds: frozenset[DecisionKind],
    grounds: tuple[Ground, ...],
    immediate: Immediate = Immediate.NEVER,
    appeal_to: str = _MAGISTRATES,
    **more: Any,
) -> Power:
    return Power(code, law, family, kinds, grounds, immediate, appeal_to, **more)


def _of_2003(code: str, law: str, family: Family, kinds: frozenset[DecisionKind], **more: Any) -> Power:
    """A power of the Licensing Act 2003: one count of the time for an appeal (Schedule 5), and no 14 days."""
    counts = {"appeal_clocks": (ClockCode.LA_APPEAL,), "grounds_clock": None}
    ground = (Ground.OBJECTIVES if family is Family.PREMISES else Ground.RELEVANT_OFFENCE,)
    return _power(code, f"Licensing Act 2003 {law}", family, kinds, ground, **counts, **more)


_REVIEWED = VARIATIONS | {DecisionKind.SUSPEND_FIXED, DecisionKind.REVOKE}
_ON_REVIEW = {"longest_suspension_months": 3, "committee_only": True}
_REFUSE = frozenset({DecisionKind.REFUSE})
_FITNESS = (Ground.NOT_FIT_AND_PROPER,)

POWERS: tuple[Power, ...] = (
    _power(
        "S61",
        f"{_1976} s.61",
        Family.DRIVER,
        _ACTS,
        (Ground.CONVICTION, Ground.OFFENCE, Ground.IMMIGRATION, Ground.REASONABLE_CAUSE),
        Immediate.CAN,
    ),
    _power("S51_59", f"{_1976} s.51, s.59", Family.DRIVER, _REFUSE, _FITNESS),
    _power(
        "S60",
        f"{_1976} s.60",
        Family.VEHICLE,
        _ACTS,
        (Ground.UNFIT_VEHICLE, Ground.OFFENCE, Ground.REASONABLE_CAUSE),
    ),
    _power(
        "S68",
        f"{_1976} s.68",
        Family.VEHICLE,
        frozenset({DecisionKind.SUSPEND_UNFIT}),
        (Ground.UNFIT_VEHICLE,),
        Immediate.ALWAYS,
    ),
    _power(
        "S48",
        f"{_1976} s.48",
        Family.VEHICLE,
        _REFUSE,
        (Ground.UNFIT_VEHICLE, Ground.REASONABLE_CAUSE),
        only=frozenset({LicenceKind.PRIVATE_HIRE_VEHICLE}),
    ),
    # Public Health Acts Amendment Act 1907 s.7: this refusal alone goes to the Crown Court.
    _power(
        "TPCA37",
        "Town Police Clauses Act 1847 s.37",
        Family.VEHICLE,
        _REFUSE,
        (Ground.UNFIT_VEHICLE, Ground.REASONABLE_CAUSE),
        appeal_to="the Crown Court",
        appeal_clocks=(ClockCode.HCV_APPEAL,),
        grounds_clock=None,
        only=frozenset({LicenceKind.HACKNEY_CARRIAGE_VEHICLE}),
    ),
    _power(
        "S62",
        f"{_1976} s.62",
        Family.OPERATOR,
        _ACTS,
        (Ground.OFFENCE, Ground.CONDUCT, Ground.MATERIAL_CHANGE, Ground.IMMIGRATION, Ground.REASONABLE_CAUSE),
        Immediate.BELIEVED_NEVER,
    ),
    _power("S55", f"{_1976} s.55", Family.OPERATOR, _REFUSE, _FITNESS),
    _of_2003("LA52", "s.52, s.88", Family.PREMISES, _REVIEWED, **_ON_REVIEW),
    _of_2003("LA53C", "s.53C", Family.PREMISES, _REVIEWED, **_ON_REVIEW),
    _of_2003("LA167", "s.167", Family.PREMISES, _REVIEWED, **_ON_REVIEW),
    _of_2003(
        INTERIM,
        "s.53B (interim steps)",
        Family.PREMISES,
        VARIATIONS | {DecisionKind.SUSPEND_INTERIM},
        immediate=Immediate.ALWAYS,
        appeal_to="",
        committee_only=True,
    ),
    _of_2003("LA18", "s.18, s.35", Family.PREMISES, _REFUSE),
    _of_2003(
        "LA132A",
        "s.132A",
        Family.PERSONAL,
        SUSPENSIONS | {DecisionKind.REVOKE},
        longest_suspension_months=6,
        committee_only=True,
    ),
    _of_2003(
        "LA129",
        "s.129 (forfeiture or suspension by a court)",
        Family.PERSONAL,
        frozenset({DecisionKind.SUSPEND_FIXED, DecisionKind.REVOKE}),
        immediate=Immediate.ALWAYS,
        appeal_to="the Crown Court",
        longest_suspension_months=6,
        by_court=True,
    ),
    _of_2003("LA120", "s.120", Family.PERSONAL, _REFUSE),
    _power(
        "HA70",
        "Housing Act 2004 s.64, s.70",
        Family.HMO,
        _REFUSE | {DecisionKind.REVOKE},
        _FITNESS,
        Immediate.BELIEVED_NEVER,
        "the First-tier Tribunal",
        appeal_clocks=(ClockCode.HMO_APPEAL,),
        grounds_clock=None,
    ),
)
BY_CODE = {power.code: power for power in POWERS}


def power_of(code: str | None) -> Power | None:
    """The power that a code names; None where there is none."""
    return BY_CODE.get(code or "")


def powers_for(licence: LicenceKind, kind: DecisionKind) -> list[Power]:
    """The powers by which this can be decided of such a licence."""
    fitting = (power for power in POWERS if power.family is licence.family and kind in power.kinds)
    return [power for power in fitting if licence in (power.only or {licence})]


def kinds_for(licence: LicenceKind, *, applied: bool, held: bool, suspended: bool) -> list[DecisionKind]:
    """What can be decided of a licence that is applied for, held or suspended, in the order of the form."""
    wanted: set[DecisionKind] = set()
    family = licence.family
    if held:
        wanted = {kind for kind in DecisionKind if kind.needs_notice and powers_for(licence, kind)}
        wanted |= {DecisionKind.NO_ACTION, DecisionKind.WARNING, DecisionKind.RENEW}
        wanted -= {DecisionKind.REFUSE} if applied else {DecisionKind.REFUSE, *ON_APPLICATION}
        if family in (Family.DRIVER, Family.OPERATOR):
            wanted |= {DecisionKind.PENALTY_POINTS, DecisionKind.TRAINING_REQUIRED}
    elif applied:
        wanted = {DecisionKind.GRANT, DecisionKind.GRANT_SHORT_TERM}
        wanted |= {DecisionKind.REFUSE} if powers_for(licence, DecisionKind.REFUSE) else set()
    if suspended:
        wanted |= {DecisionKind.END_SUSPENSION}
    return [kind for kind in DecisionKind if kind in wanted]
