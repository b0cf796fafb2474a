"""Making a check: it is recorded and committed first, then searched and answered, once."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from flask import current_app
from sqlalchemy import insert, update

from licensing import dates
from licensing.accounts.acting import ActingUser
from licensing.accounts.models import Authority
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db, insert_many
from licensing.driver_check import queries
from licensing.driver_check.answers import Answer, Found, Searched, adverse_from, licence_from
from licensing.driver_check.asking import AnyAsked, Asked, AskedList, AskedNumber
from licensing.driver_check.licensed_by import LicensedBy, NumberAnswer
from licensing.driver_check.models import CheckResult, DriverCheck
from licensing.driver_check.queries import Disclosed
from licensing.driver_check.rules import CheckKind, Purpose
from licensing.errors import RuleBroken
from licensing.matching.bands import Band
from licensing.matching.identifiers import normalise
from licensing.matching.keys import asking_keys
from licensing.matching.reasons import Reason
from licensing.matching.scoring import Candidate, Match, rank
from licensing.references import new_reference
from licensing.register import statistics

_KINDS = {Asked: CheckKind.ONE_PERSON, AskedList: CheckKind.LIST, AskedNumber: CheckKind.NUMBER}

ADD_AN_IDENTIFIER = "It may be a namesake. Add an identifier and check again, or ring the council."


def open_check(user: ActingUser, asked: AnyAsked, purpose: Purpose, case_reference: str) -> UUID:
    """Record that a check is made, for what, and on what details. The caller commits before it is answered."""
    if asked.is_empty():
        raise RuleBroken("Enter at least one detail to search for", "name")
    check_id = uuid4()
    row = {
        "id": check_id,
        "authority_id": user.authority.id,
        "reference": new_reference("DC"),
        "kind": _KINDS[type(asked)],
        "purpose": purpose,
        "case_reference": case_reference,
        "asked_sealed": _seal("asked_sealed", check_id, asked.as_kept()),
    }
    # Who made it, when and in which transaction is stamped by the database.
    db.session.execute(insert(DriverCheck).inline(), [row])
    audit.record(Action.CHECKED, ObjectKind.DRIVER_CHECK, check_id, purpose=purpose.value, reference=case_reference)
    return check_id


def answer_check(user: ActingUser, check_id: UUID, asked: Asked) -> Answer:
    """Search, keep whom it found, and keep the answer as it was given."""
    matches, authority_of = find_matches(check_id, [asked])[0]
    keep_results(user, check_id, [(0, match, authority_of[match.ref]) for match in matches])
    told = queries.disclosed(check_id)
    answer = _answer(user, matches, authority_of, told)
    if any(one.ask_first for one in told.values()):
        queries.meet_markers(check_id)
    record_disclosures(user, check_id, [(one.person_id, one.authority_id) for one in told.values()])
    close_check(check_id, answer)
    return answer


def find_matches(check_id: UUID, people: Sequence[Asked]) -> list[tuple[list[Match], dict[str, UUID]]]:
    """For each person asked about, the matches worth showing and each one's authority; one statement for all."""
    secret, known = current_app.config["KEYS"].matching_secret, statistics.current()
    enquiries = [asked.enquiry(secret) for asked in people]
    keys = [(n, key, cap) for n, one in enumerate(enquiries) for key, cap in asking_keys(one, known, secret)]
    found: list[tuple[list[Candidate], dict[str, UUID]]] = [([], {}) for _ in people]
    read = list(queries.candidates(check_id, keys))
    group_of = queries.linked_groups(check_id, {candidate.record.ref for _, _, candidate in read})
    for number, authority_id, candidate in read:
        candidates, authority_of = found[number]
        candidates.append(replace(candidate, group=group_of.get(candidate.record.ref)))
        authority_of[candidate.record.ref] = authority_id
    return [
        (rank(enquiry, candidates, known), authority_of)
        for enquiry, (candidates, authority_of) in zip(enquiries, found, strict=True)
    ]


def keep_results(user: ActingUser, check_id: UUID, matches: Iterable[tuple[int, Match, UUID]]) -> None:
    """Keep whom a check found: what may be told of them follows from these rows."""
    ranks: dict[int, int] = {}
    rows = []
    for number, match, _authority in matches:
        ranks[number] = ranks.get(number, 0) + 1
        rows.append(
            {
                "check_id": check_id,
                "number": number,
                "rank": ranks[number],
                "authority_id": user.authority.id,
                "person_id": UUID(match.ref),
                "band": match.band,
                "probability": match.probability,
            }
        )
    insert_many(CheckResult, rows)


def close_check(check_id: UUID, answer: Answer | NumberAnswer) -> None:
    """Keep the answer; the database refuses a second one."""
    db.session.execute(
        update(DriverCheck)
        .where(DriverCheck.id == check_id)
        .values(answer_sealed=_seal("answer_sealed", check_id, answer.as_kept()), band=answer.best_band)
        .execution_options(synchronize_session=False)
    )


def record_disclosures(
    user: ActingUser, check_id: UUID, told: Iterable[tuple[UUID, UUID]], kind: ObjectKind = ObjectKind.PERSON
) -> None:
    """In the trail of each other authority: that its record (record, authority) was shown, why and by which check."""
    check = queries.check(check_id)
    others = [(record_id, authority_id) for record_id, authority_id in told if authority_id != user.authority.id]
    shared = {"purpose": check.purpose.value, "reference": check.reference}
    audit.record_many(Action.DISCLOSED, kind, others, **shared)


def asked_of(check: DriverCheck) -> AnyAsked:
    """What was asked by this check."""
    kept = _open("asked_sealed", check.id, check.asked_sealed)
    if check.kind is CheckKind.ONE_PERSON:
        return Asked.from_kept(kept)
    return AskedList(**kept) if check.kind is CheckKind.LIST else AskedNumber(**kept)


def answer_of(check: DriverCheck) -> Answer | None:
    """The answer as it was given, or None when the search was broken off."""
    kept = _kept_answer(check)
    return Answer.from_kept(kept) if kept else None


def answer_of_number(check: DriverCheck) -> NumberAnswer | None:
    """The same of a check of a number."""
    kept = _kept_answer(check)
    return NumberAnswer.from_kept(kept) if kept else None


def answer_number(user: ActingUser, check_id: UUID, asked: AskedNumber) -> NumberAnswer:
    """Which councils license or licensed it: kept as it was given, and told to the trail of each other council."""
    licensed = queries.licensed_by(check_id, normalise(asked.vrm), normalise(asked.licence_no))
    authorities = _authorities()
    told = tuple(
        LicensedBy(authorities[one.authority_id].name, authorities[one.authority_id].contact, *one.told)
        for one in licensed
    )
    by_name = sorted(told, key=lambda one: (one.authority, one.kind.label, one.number or ""))
    answer = NumberAnswer(*where_searched(user), tuple(by_name))
    places = [(one.licence_id, one.authority_id) for one in licensed]
    record_disclosures(user, check_id, places, ObjectKind.LICENCE)
    close_check(check_id, answer)
    return answer


def _kept_answer(check: DriverCheck) -> dict[str, Any] | None:
    return _open("answer_sealed", check.id, check.answer_sealed) if check.answer_sealed else None


def _authorities() -> dict[UUID, Authority]:
    return {one.id: one for one in db.session.scalars(db.select(Authority).order_by(Authority.id))}


def where_searched(user: ActingUser) -> tuple[tuple[Searched, ...], tuple[Searched, ...]]:
    """The authorities whose registers this user's check searches, and those it cannot."""
    today = dates.today()
    searched, not_searched = [], []
    for authority, fresh in queries.licensing_authorities(today):
        one = Searched(authority.code, authority.name, fresh.imported_at if fresh else None)
        open_to_us = authority.id == user.authority.id or authority.shares_with_others(today)
        (searched if open_to_us else not_searched).append(one)
    return tuple(searched), tuple(not_searched)


def _answer(
    user: ActingUser, matches: Sequence[Match], authority_of: dict[str, UUID], told: dict[UUID, Disclosed]
) -> Answer:
    authorities = _authorities()
    result_of = {match.ref: result for result, match in enumerate(matches, 1)}
    found = tuple(
        replace(
            _found(user, number, match, authorities[authority_of[match.ref]], told.get(UUID(match.ref))),
            result=result_of[match.ref],
            authority_code=authorities[authority_of[match.ref]].code,
        )
        for number, match in enumerate(_adverse_first(matches, told), 1)
    )
    return Answer(*where_searched(user), found)


def _adverse_first(matches: Sequence[Match], told: dict[UUID, Disclosed]) -> list[Match]:
    """Within their band, people against whom a decision stands come first, where that may be told at all."""
    bands = list(Band)

    def place(match: Match) -> tuple[int, bool]:
        person = told.get(UUID(match.ref))
        stands_first = match.band is not Band.POSSIBLE and person is not None and bool(person.adverse)
        return bands.index(match.band), not stands_first

    return sorted(matches, key=place)


def _found(user: ActingUser, number: int, match: Match, authority: Authority, told: Disclosed | None) -> Found:
    """What may be shown of one match: everything of our own, what security allows of another's."""
    own = authority.id == user.authority.id
    if not own and match.band is Band.POSSIBLE:
        return Found(number, match.band, own, authority.name, authority.contact, would_settle=ADD_AN_IDENTIFIER)
    return Found(
        rank=number,
        band=match.band,
        own=own,
        authority=authority.name,
        contact=authority.contact,
        person_id=match.ref if own else None,
        name=told.name if told else "",
        date_of_birth=told.date_of_birth if told else None,
        words=match.words,
        reasons=tuple(_reason(reason, own) for reason in match.reasons),
        would_settle=match.would_settle,
        licences=tuple(licence_from(one) for one in told.licences) if told else (),
        adverse=tuple(adverse_from(one) for one in told.adverse) if told else (),
        trained=told.trained if told else None,
        ask_first=told is not None and told.ask_first,
    )


def _reason(reason: Reason, own: bool) -> str:
    """In words; of another's record never the stored spelling, which may be an alias, only what was typed."""
    if own:
        return str(reason)
    return f"{reason.text}: {reason.asked}" if reason.asked else reason.text


def _seal(column: str, check_id: UUID, value: object) -> bytes:
    return current_app.config["KEYS"].seal(json.dumps(value).encode(), "driver_check", column, check_id)


def _open(column: str, check_id: UUID, sealed: bytes) -> dict[str, Any]:
    opened: dict[str, Any] = json.loads(current_app.config["KEYS"].open(sealed, "driver_check", column, check_id))
    return opened
