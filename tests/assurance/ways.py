"""The designated officer's pages by address: those of a case with its parts, and those around the cases."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from uuid import UUID, uuid4

from doors import WORDS
from factories import accounts, allegations
from factories.allegations import Filled
from flask import Flask
from werkzeug.routing import Rule

from licensing.allegations.words_of_sharing import ReleaseKind
from licensing.db import acting_as, db
from licensing.register import drafts
from licensing.register.drafts import DraftKind

Way = tuple[str, str, str]
Parts = Mapping[str, UUID]


def parts_of(filled: Filled) -> dict[str, UUID]:
    """What stands in addresses of a case that is filled, with what its officer has begun to look for and to write."""
    case_id = str(filled.lado_case_id)
    sought = {"name": "Khan", "date_of_birth": None, "number": None, "case": case_id}
    with acting_as(accounts.open_session(filled.lado_officer)):
        me = allegations.acting()
        released = {"case": case_id, "authority": str(me.authority.id), "kind": ReleaseKind.ITEM.value, "answers": {}}
        begun = {
            "subject_draft_id": drafts.keep(me, DraftKind.SUBJECT, sought),
            "release_draft_id": drafts.keep(me, DraftKind.RELEASE, released),
        }
        db.session.commit()
    return {**asdict(filled), **begun}


def of_a_case(app: Flask, case_id: UUID, parts: Parts) -> Iterator[Way]:
    """(endpoint, method, address) of every route of a case; other ids in an address are those given, or of nothing."""
    for rule in _rules(app):
        if "case_id" in rule.arguments:
            yield from _written(rule, {**parts, "case_id": case_id})


def around(app: Flask, parts: Parts) -> Iterator[Way]:
    """The same of every route that names no case: the office, its lists, advice and settings, and what was released."""
    for rule in _rules(app):
        if "case_id" not in rule.arguments:
            yield from _written(rule, parts)


def names_a_part(way: Way, case_id: UUID) -> bool:
    """Whether an address of a case names a part of it."""
    return bool(_IDS.findall(way[2].replace(str(case_id), "")))


_IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


def ids_in(address: str) -> set[UUID]:
    return {UUID(one) for one in _IDS.findall(address)}


def _rules(app: Flask) -> list[Rule]:
    return sorted((one for one in app.url_map.iter_rules() if one.endpoint.startswith("allegations.")), key=str)


def _written(rule: Rule, parts: Parts) -> Iterator[Way]:
    def named(found: re.Match[str]) -> str:
        name = found[1]
        if name == "draft_id":
            name = "release_draft_id" if rule.endpoint.endswith("_release") else "subject_draft_id"
        return str(parts.get(name, uuid4()))

    written = re.sub(r"<uuid:(\w+)>", named, rule.rule)
    written = re.sub(r"<(\w+)>", lambda found: WORDS[found[1]], written)
    for method in sorted(set(rule.methods or ()) & {"GET", "POST"}):
        yield rule.endpoint, method, written
