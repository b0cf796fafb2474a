"""What a notice says: statutory statements, the appeal and the dates in words. Text only; the page and the PDF show it.

Each template has a version. A council records that its solicitor read that version; until then every preview warns.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from licensing.dates import in_words
from licensing.decisions.powers import DecisionKind, Ground, Immediate, Power


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

    @property
    def label(self) -> str:
        return _TEMPLATES[self]


_TEMPLATES = {
    Template.SUSPENSION: "Notice of suspension",
    Template.REVOCATION: "Notice of revocation",
    Template.REFUSAL: "Notice of refusal",
    Template.UNFIT_VEHICLE: "Notice to have a vehicle inspected, and of its suspension",
}
# Raised whenever a word of a template changes: what was reviewed is that version and no other.
VERSIONS = dict.fromkeys(Template, 1)


def template_for(kind: DecisionKind) -> Template:
    """The template of a decision that needs a notice."""
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
    is_driver: bool
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
        ("Decision", about.kind.label),
        ("Decided on", in_words(about.decided_on)),
        ("Decided by", about.maker),
        ("By the power of", about.power.law),
        ("Our reference", about.reference),
    ]
    return NoticeText(
        title=template_for(about.kind).label,
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


def _decided(about: Particulars) -> Iterator[str]:
    did = {
        Template.SUSPENSION: "suspended",
        Template.REVOCATION: "revoked",
        Template.UNFIT_VEHICLE: "suspended",
    }.get(template_for(about.kind))
    if did:
        yield f"{about.council} has {did} your {about.licence} under the {about.power.law}."
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
    if about.condition:
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
    yield (
        "It takes effect at the end of the period of 21 days beginning with the day on which this notice is given to "
        "you or, if you appeal, when the appeal is disposed of."
    )
    yield (
        f"If it is given on {in_words(about.given_on)} and you do not appeal, it takes effect on "
        f"{in_words(about.effect_from)}. Until then you may go on."
    )


def _duties(about: Particulars) -> Iterator[str]:
    if about.mark and (about.kind.suspends or about.kind in (DecisionKind.REVOKE, DecisionKind.SUSPEND_UNFIT)):
        at_once = about.immediate or about.power.immediate is Immediate.ALWAYS
        when = "at once" if at_once else "when the decision takes effect"
        yield f"Return your {about.mark} to {about.council} {when}. To keep it without a good reason is an offence."


def _appeal(about: Particulars) -> Iterator[str]:
    if about.kind is DecisionKind.SUSPEND_UNFIT:
        return
    yield f"You may appeal to {about.power.appeal_to} within 21 days from the day on which this notice is given to you."
    yield (
        f"If it is given on {in_words(about.given_on)}, do so by {in_words(about.appeal_by)}. The court may refuse "
        "to hear an appeal that comes later."
    )
    if about.immediate:
        yield "An appeal does not stop a decision that has immediate effect. You may not drive while it is heard."


def _follows(about: Particulars) -> Iterator[str]:
    if about.is_driver and about.relied:
        yield (
            "The law asks us to enter this decision in the national register of refused, suspended and revoked "
            "licences within five working days, and to keep it there for 11 years (Taxis and Private Hire Vehicles "
            "(Safeguarding and Road Safety) Act 2022). Other licensing authorities search that register, and may ask "
            "us for the information on which we relied. We change the entry if an appeal changes the decision."
        )
