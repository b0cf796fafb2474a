"""What can be decided, by which power, on which grounds, and what each power allows. One table, with the law in it."""

from dataclasses import dataclass
from enum import StrEnum

from licensing.register.catalogue import Family
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
    DecisionKind.REVOKE: EventKind.REVOKED,
}
GRANTS = frozenset({DecisionKind.GRANT, DecisionKind.GRANT_SHORT_TERM, DecisionKind.RENEW})
REFUSALS = frozenset({DecisionKind.REFUSE, DecisionKind.REFUSE_RENEWAL})
SUSPENSIONS = frozenset({DecisionKind.SUSPEND_FIXED, DecisionKind.SUSPEND_UNTIL, DecisionKind.SUSPEND_INTERIM})
ADVERSE = REFUSALS | SUSPENSIONS | {DecisionKind.REVOKE}


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
    """One power: its law, the licences and decisions that it is for, its grounds, and what goes with it."""

    code: str
    law: str
    families: frozenset[Family]
    kinds: frozenset[DecisionKind]
    grounds: tuple[Ground, ...]
    immediate: Immediate
    appeal_to: str
    longest_suspension_months: int | None = None
    committee_only: bool = False


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
    **more: int | bool,
) -> Power:
    return Power(code, law, frozenset({family}), kinds, grounds, immediate, appeal_to, **more)  # type: ignore[arg-type]


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
    _power("S48", f"{_1976} s.48", Family.VEHICLE, _REFUSE, (Ground.UNFIT_VEHICLE, Ground.REASONABLE_CAUSE)),
    _power(
        "S62",
        f"{_1976} s.62",
        Family.OPERATOR,
        _ACTS,
        (Ground.OFFENCE, Ground.CONDUCT, Ground.MATERIAL_CHANGE, Ground.IMMIGRATION, Ground.REASONABLE_CAUSE),
        Immediate.BELIEVED_NEVER,
    ),
    _power("S55", f"{_1976} s.55", Family.OPERATOR, _REFUSE, _FITNESS),
    _power(
        "LA52",
        "Licensing Act 2003 s.52",
        Family.PREMISES,
        SUSPENSIONS | {DecisionKind.REVOKE},
        (Ground.OBJECTIVES,),
        longest_suspension_months=3,
        committee_only=True,
    ),
    _power(
        "LA53B",
        "Licensing Act 2003 s.53B (interim steps)",
        Family.PREMISES,
        frozenset({DecisionKind.SUSPEND_INTERIM}),
        (Ground.OBJECTIVES,),
        Immediate.ALWAYS,
        committee_only=True,
    ),
    _power("LA18", "Licensing Act 2003 s.18, s.35", Family.PREMISES, _REFUSE, (Ground.OBJECTIVES,)),
    _power(
        "LA132A",
        "Licensing Act 2003 s.132A",
        Family.PERSONAL,
        SUSPENSIONS | {DecisionKind.REVOKE},
        (Ground.RELEVANT_OFFENCE,),
        longest_suspension_months=6,
        committee_only=True,
    ),
    _power("LA120", "Licensing Act 2003 s.120", Family.PERSONAL, _REFUSE, (Ground.RELEVANT_OFFENCE,)),
    _power(
        "HA70",
        "Housing Act 2004 s.64, s.70",
        Family.HMO,
        _REFUSE | {DecisionKind.REVOKE},
        _FITNESS,
        Immediate.BELIEVED_NEVER,
        "the First-tier Tribunal",
    ),
)
BY_CODE = {power.code: power for power in POWERS}


def power_of(code: str | None) -> Power | None:
    """The power that a code names; None where there is none."""
    return BY_CODE.get(code or "")


def powers_for(family: Family, kind: DecisionKind) -> list[Power]:
    """The powers by which this can be decided of such a licence."""
    return [power for power in POWERS if family in power.families and kind in power.kinds]


def kinds_for(family: Family, *, applied: bool, held: bool, suspended: bool) -> list[DecisionKind]:
    """What can be decided of a licence that is applied for, held or suspended, in the order of the form."""
    found = [kind for kind in DecisionKind if kind.needs_notice and powers_for(family, kind)]
    wanted = set(found) if held else {kind for kind in found if kind is DecisionKind.REFUSE and applied}
    wanted |= {DecisionKind.NO_ACTION, DecisionKind.WARNING} if held else set()
    if held and family in (Family.DRIVER, Family.OPERATOR):
        wanted |= {DecisionKind.PENALTY_POINTS, DecisionKind.TRAINING_REQUIRED}
    if not applied:
        wanted -= {DecisionKind.REFUSE}
    if applied and not held:
        wanted |= {DecisionKind.GRANT, DecisionKind.GRANT_SHORT_TERM}
    if held:
        wanted |= {DecisionKind.RENEW}
    if suspended:
        wanted |= {DecisionKind.END_SUSPENSION}
    return [kind for kind in DecisionKind if kind in wanted]
