"""What a notice says: statutory statements, the appeal and the dates in words. Text only; the page and the PDF show it.

Each template has a version. A council records that its solicitor read that version; until then every preview warns.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from licensing.dates import in_words
from licensing.decisions.powers import DecisionKind, Ground, Immediate, Power
from licensing.register.catalogue import Family


class ServiceMethod(StrEnum):
    """How a notice was given."""

    IN_PERSON = "in_person"
    FIRST_CLASS_POST = "first_class_post"
    RECORDED_DELIVERY = "recorded_delivery"
    LEFT_AT_ADDRESS = "left_at_address"
    EMAIL = "email"
    AT_THE_HEARING = "at_the_hearing"

    @property
    def label(self) -> str:
        return "E-mail" if self is ServiceMethod.EMAIL else self.replace("_", " ").capitalize()


class Template(StrEnum):
    """The templates of notices."""

    SUSPENSION = "suspension"
    REVOCATION = "revocation"
    REFUSAL = "refusal"
    UNFIT_VEHICLE = "unfit_vehicle"
    PREMISES = "premises"

    @property
    def label(self) -> str:
        return _TEMPLATES[self]


_TEMPLATES = {
    Template.SUSPENSION: "Notice of suspension",
    Template.REVOCATION: "Notice of revocation",
    Template.REFUSAL: "Notice of refusal",
    Template.UNFIT_VEHICLE: "Notice to have a vehicle inspected, and of its suspension",
    Template.PREMISES: "Notice of a decision on the review of premises",
}
# Raised whenever a word of a template changes: what was reviewed is that version and no other.
VERSIONS = dict.fromkeys(Template, 2)


def template_for(kind: DecisionKind, family: Family) -> Template:
    """The template of a decision that needs a notice."""
    if family is Family.PREMISES and kind is not DecisionKind.REFUSE:
        return Template.PREMISES
    if kind.suspends:
        return Template.SUSPENSION
    if kind is DecisionKind.REVOKE:
        return Template.REVOCATION
    return Template.UNFIT_VEHICLE if kind is DecisionKind.SUSPEND_UNFIT else Template.REFUSAL


@dataclass(frozen=True)
class Particulars:
    """What stands in a notice. `given_on` is the day on which it is to be given, from which its dates are reckoned.

    `effect_from`: the first day of the effect where nobody appeals; `appeal_by`: the last day by the earlier count.
    """

    kind: DecisionKind
    power: Power
    council: str
    contact: str
    reference: str
    holder: str
    address: Sequence[str]
    licence: str
    decided_on: date
    given_on: date
    grounds: Sequence[Ground]
    reasons: str
    immediate: bool
    public_safety: str
    effect_from: date
    appeal_by: date
    ends_on: date | None
    condition: str
    family: Family
    mark: str
    relied: bool
    maker: str


@dataclass(frozen=True)
class Part:
    """One part of a notice: a heading and paragraphs."""

    heading: str
    paragraphs: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class NoticeText:
    """A whole notice, as the page and the PDF show it."""

    title: str
    council: str
    reference: str
    addressed: list[str]
    facts: list[tuple[str, str]]
    parts: list[Part]
    signed: list[str]


def compose(about: Particulars) -> NoticeText:
    """The notice, from its template."""
    facts = [
        ("Licence", about.licence[0].upper() + about.licence[1:]),
        ("Decision", _AS_NAMED.get(about.kind, about.kind.label)),
        ("Decided on", in_words(about.decided_on)),
        ("Decided by", about.maker),
        ("By the power of", about.power.law),
        ("Our reference", about.reference),
    ]
    return NoticeText(
        title=template_for(about.kind, about.family).label,
        council=about.council,
        reference=about.reference,
        addressed=[about.holder, *about.address],
        facts=facts,
        parts=[part for part in _parts(about) if part.paragraphs],
        signed=[f"Authorised officer, {about.council}", about.contact, f"Given on {in_words(about.given_on)}"],
    )


def _parts(about: Particulars) -> Iterator[Part]:
    yield Part("What we have decided", list(_decided(about)))
    yield Part("Grounds", [f"{ground.label}." for ground in about.grounds])
    yield Part("Reasons", [line for line in about.reasons.splitlines() if line.strip()])
    yield Part("When it takes effect", list(_effect(about)))
    yield Part("What you must do", list(_duties(about)))
    yield Part("Your right to appeal", list(_appeal(about)))
    yield Part("What else follows", list(_follows(about)))


# What the council calls it among its own is not what the law calls it.
_AS_NAMED = {
    DecisionKind.SUSPEND_FIXED: "Suspension",
    DecisionKind.SUSPEND_UNTIL: "Suspension",
    DecisionKind.SUSPEND_INTERIM: "Suspension",
    DecisionKind.SUSPEND_UNFIT: "Suspension until the vehicle is found fit",
    DecisionKind.REVOKE: "Revocation",
    DecisionKind.REFUSE: "Refusal of the application",
    DecisionKind.REFUSE_RENEWAL: "Refusal to renew",
    DecisionKind.MODIFY_CONDITIONS: "Conditions modified",
    DecisionKind.EXCLUDE_ACTIVITY: "Licensable activity excluded",
    DecisionKind.REMOVE_SUPERVISOR: "Premises supervisor removed",
}
_SUSPENDED = "suspended your {}"
_DID = {
    DecisionKind.SUSPEND_FIXED: _SUSPENDED,
    DecisionKind.SUSPEND_UNTIL: _SUSPENDED,
    DecisionKind.SUSPEND_INTERIM: _SUSPENDED,
    DecisionKind.SUSPEND_UNFIT: _SUSPENDED,
    DecisionKind.REVOKE: "revoked your {}",
    DecisionKind.MODIFY_CONDITIONS: "modified the conditions of your {}",
    DecisionKind.EXCLUDE_ACTIVITY: "excluded a licensable activity from the scope of your {}",
    DecisionKind.REMOVE_SUPERVISOR: "removed the designated premises supervisor from your {}",
}


def _decided(about: Particulars) -> Iterator[str]:
    if about.kind in _DID:
        yield f"{about.council} has {_DID[about.kind].format(about.licence)} under the {about.power.law}."
    elif about.kind is DecisionKind.REFUSE_RENEWAL:
        yield f"{about.council} has refused to renew your {about.licence} under the {about.power.law}."
    else:
        yield f"{about.council} has refused your application for a {about.licence} under the {about.power.law}."
    if about.kind is DecisionKind.SUSPEND_UNFIT:
        yield (
            "The vehicle may not be used as a hackney carriage or private hire vehicle until an authorised officer or "
            f"a constable is satisfied as to its fitness. To have it found fit: {about.condition}"
        )
        return
    if about.ends_on and about.kind.suspends:
        yield f"The suspension lasts until the end of {in_words(about.ends_on)}."
    if about.ends_on and about.kind.varies:
        yield f"This has effect until the end of {in_words(about.ends_on)}."
    if about.condition and about.kind.varies:
        yield from (line for line in about.condition.splitlines() if line.strip())
    elif about.condition:
        yield f"The suspension lasts until this has been done: {about.condition}"


def _effect(about: Particulars) -> Iterator[str]:
    if about.kind is DecisionKind.REFUSE:
        return
    if about.kind is DecisionKind.SUSPEND_UNFIT and about.ends_on:
        yield "The suspension takes effect when this notice is given."
        yield (
            f"If no officer or constable is satisfied as to the vehicle’s fitness by {in_words(about.ends_on)}, the "
            f"licence is deemed to have been revoked ({about.power.law})."
        )
        return
    if about.immediate or about.power.immediate is Immediate.ALWAYS:
        yield "This decision has immediate effect: it takes effect when this notice is given to you."
        if about.public_safety:
            yield (
                f"It appears to {about.council} that the interests of public safety require it to have immediate "
                f"effect (Local Government (Miscellaneous Provisions) Act 1976 s.61(2B)). The explanation is this: "
                f"{about.public_safety}"
            )
        return
    if about.kind is DecisionKind.REFUSE_RENEWAL:
        yield "If you appeal in time, you may go on until the appeal is disposed of (s.77(2))."
        return
    yield _by_law(about)
    yield (
        f"If it is given on {in_words(about.given_on)} and nobody appeals, the time for an appeal has passed, however "
        f"it is counted, when {in_words(about.effect_from)} begins. From then we treat it as in effect. Until then "
        "you may go on."
    )


def _by_law(about: Particulars) -> str:
    """When it takes effect, in the words of its own Act."""
    if about.power.code == "S61":
        return (
            "It takes effect at the end of the period of 21 days beginning with the day on which this notice is given "
            "to you or, if you appeal, when the appeal is disposed of (s.61(2A))."
        )
    if about.family in (Family.PREMISES, Family.PERSONAL, Family.HMO):
        who = _APPELLANT.get(about.family, "you appeal")
        return f"It takes effect when the time for an appeal has passed or, if {who}, when the appeal is disposed of."
    return (
        "It does not take effect until the time for an appeal has passed or, if you appeal, until the appeal is "
        "disposed of (s.77(2))."
    )


# Licensing Act 2003 Schedule 5 paragraph 8: whoever asked for the review may appeal, and whoever made representations.
_APPELLANT = {Family.PREMISES: "somebody appeals"}


def _duties(about: Particulars) -> Iterator[str]:
    if about.kind is DecisionKind.REMOVE_SUPERVISOR:
        yield "Without a designated premises supervisor no alcohol may be supplied under this licence."
    if about.mark and (about.kind.suspends or about.kind in (DecisionKind.REVOKE, DecisionKind.SUSPEND_UNFIT)):
        at_once = about.immediate or about.power.immediate is Immediate.ALWAYS
        when = "at once" if at_once else "when the decision takes effect"
        yield f"Return your {about.mark} to {about.council} {when}. To keep it without a good reason is an offence."


def _appeal(about: Particulars) -> Iterator[str]:
    if about.power.is_interim:
        yield (
            "There is no appeal against interim steps. You may make representations against them: we then hold a "
            "hearing within 48 hours, in which days that are not working days do not count (s.53B)."
        )
    if about.kind is DecisionKind.SUSPEND_UNFIT or not about.power.appeal_to:
        return
    if about.family is Family.HMO:
        counted = "within 28 days beginning with the date of this notice (Housing Act 2004 Schedule 5)"
    elif about.power.code == "TPCA37":
        counted = (
            "within 21 days beginning with the day on which this notice is given to you (Public Health Acts Amendment "
            "Act 1907 s.7)"
        )
    elif about.family in (Family.PREMISES, Family.PERSONAL):
        counted = "within 21 days beginning with the day on which this notice is given to you (Schedule 5)"
    else:
        counted = "within 21 days from the day on which this notice is given to you"
    yield f"You may appeal to {about.power.appeal_to} {counted}."
    yield (
        f"If it is given on {in_words(about.given_on)}, the shorter way of counting ends on "
        f"{in_words(about.appeal_by)}: to be safe, appeal by then. The court may refuse to hear an appeal that comes "
        "too late."
    )
    if about.immediate:
        more = " You may not drive while it is heard." if about.family is Family.DRIVER else ""
        yield f"An appeal does not stop a decision that has immediate effect.{more}"


def _follows(about: Particulars) -> Iterator[str]:
    if about.family is Family.DRIVER and about.relied:
        yield (
            "The law asks us to enter this decision in the national register of refused, suspended and revoked "
            "licences within five working days, and to keep it there for 11 years (Taxis and Private Hire Vehicles "
            "(Safeguarding and Road Safety) Act 2022). Other licensing authorities search that register, and may ask "
            "us for the information on which we relied. We change the entry if an appeal changes the decision."
        )
