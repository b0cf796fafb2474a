"""A decision's notice with the particulars of the council, the holder and the licence; and its PDF."""

import json
from dataclasses import asdict
from datetime import date

from licensing import pdf
from licensing.accounts.models import Authority
from licensing.dates import in_words
from licensing.db import db
from licensing.deadlines import queries as clocks
from licensing.deadlines.codes import ClockCode
from licensing.decisions import queries
from licensing.decisions.models import Decision, Notice
from licensing.decisions.notices import NoticeText, Part, Particulars, compose
from licensing.decisions.powers import DecisionKind, Power
from licensing.decisions.rules import RELIED
from licensing.errors import RuleBroken
from licensing.register.catalogue import Family
from licensing.register.models import Licence
from licensing.sealing import opened

_MARKS = {Family.DRIVER: "badge and licence", Family.VEHICLE: "plate and licence"}


def notice_of(decision: Decision, given_on: date) -> NoticeText:
    """The notice as it would be given on that day. RuleBroken where the law refuses to have it issued as it stands."""
    power = decision.power
    if not decision.needs_notice or power is None:
        raise RuleBroken("This decision needs no notice.")
    authority = db.session.get_one(Authority, decision.authority_id)
    window, licence = queries.appeal_window(authority.id, given_on, power), decision.licence
    _check_it_may_be_given(decision, power, given_on, window.effect_from)
    return compose(
        Particulars(
            kind=decision.kind,
            power=power,
            council=authority.name,
            contact=_contact(authority),
            reference=decision.reference,
            holder=_holder(licence),
            address=_address(licence),
            licence=_licence(licence),
            decided_on=decision.decided_on,
            given_on=given_on,
            grounds=decision.grounds_given,
            reasons=opened(decision, "reasons_sealed"),
            immediate=decision.immediate,
            public_safety=opened(decision, "public_safety_sealed"),
            effect_from=window.effect_from,
            appeal_by=window.earlier_until,
            ends_on=_last_day(decision, given_on),
            condition=opened(decision, "condition_sealed"),
            family=licence.kind.family,
            mark=_MARKS.get(licence.kind.family, ""),
            relied=decision.relevant_information in RELIED,
            maker=decision.maker.label,
        )
    )


def _check_it_may_be_given(decision: Decision, power: Power, given_on: date, effect_from: date) -> None:
    """RuleBroken for a notice that the law forbids, that precedes its decision, or of what is over before it begins."""
    if decision.immediate and power.code == "S61" and not opened(decision, "public_safety_sealed"):
        raise RuleBroken(
            "This decision has immediate effect and no explanation of why public safety needs it. "
            "1976 Act s.61(2B): without it the notice must not be issued. Ask legal services."
        )
    if given_on < decision.decided_on:
        raise RuleBroken(f"The decision was made on {in_words(decision.decided_on)}: no notice came before", "given_on")
    begins = given_on if decision.immediate else effect_from
    if decision.ends_on and decision.ends_on < begins and decision.kind is not DecisionKind.SUSPEND_UNFIT:
        raise RuleBroken(
            f"It ends on {in_words(decision.ends_on)}, and given on this day it would begin on {in_words(begins)}. "
            "It is to be decided again."
        )


def _last_day(decision: Decision, given_on: date) -> date | None:
    """The last day of a suspension; of an unfit vehicle, the last on which it can be found fit (1976 Act s.68)."""
    if decision.kind is DecisionKind.SUSPEND_UNFIT:
        return clocks.due(ClockCode.S68_DEEMED, decision.authority_id, given_on).due_on
    return decision.ends_on


def _contact(authority: Authority) -> str:
    parts = (authority.licensing_contact, authority.licensing_email, authority.licensing_phone)
    return ", ".join(part for part in parts if part) or "Licensing team"


def _holder(licence: Licence) -> str:
    if licence.person:
        return f"{licence.person.given_names} {licence.person.family_name}".strip()
    return licence.organisation.name if licence.organisation else "The holder"


def _address(licence: Licence) -> list[str]:
    if licence.person is None:
        return []
    standing = [one for one in licence.person.addresses if one.until_on is None and one.superseded_at is None]
    return [*standing[-1].lines.splitlines(), standing[-1].postcode] if standing else []


def _licence(licence: Licence) -> str:
    name = licence.kind.label.lower()
    name = name if name.endswith(("licence", "certificate")) else f"{name} licence"
    place = f" ({licence.premises.name})" if licence.premises else ""
    return f"{name} {licence.number}{place}"


def as_json(text: NoticeText) -> str:
    """A notice as it is kept."""
    return json.dumps(asdict(text), ensure_ascii=False)


def issued(notice: Notice) -> NoticeText:
    """A notice as it was issued, word for word."""
    kept = json.loads(opened(notice, "content_sealed"))
    kept["parts"] = [Part(**part) for part in kept["parts"]]
    kept["facts"] = [(words, value) for words, value in kept["facts"]]
    return NoticeText(**kept)


def pdf_of(text: NoticeText) -> bytes:
    """The notice as a PDF; the same bytes for the same text."""
    content = [pdf.words(text.council, bold=True), pdf.gap(), *(pdf.words(line) for line in text.addressed)]
    content += [pdf.gap(), pdf.title(text.title), pdf.facts(text.facts)]
    for part in text.parts:
        content += [pdf.heading(part.heading), *(pdf.words(paragraph) for paragraph in part.paragraphs)]
    content += [pdf.heading("Signed"), *(pdf.words(line) for line in text.signed)]
    about = f"{text.title}, {text.reference}"
    return pdf.document(text.title, about, f"{text.council}, {text.reference}", content)
