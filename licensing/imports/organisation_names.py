"""Whether a written name is an organisation's, of what kind, and when two of them are one."""

from __future__ import annotations

import re
from functools import lru_cache

from licensing.imports.words import key_of
from licensing.matching.names import match_name, tokens_of
from licensing.register.parts import OrganisationKind

_SAME = (("limited", "ltd"), ("publiclimitedcompany", "plc"), ("and", "&"), ("company", "co"))
_COMPANY = r"ltd|limited|plc|inc|incorporated|llc|corp|corporation|cic|company|co"
_TRADE = r"cars|taxis?|cabs?|travel|hire|services?|group|holdings|leisure|brewery|breweries|inns|stores?|hotels?"
_KIND_WORDS = (
    (OrganisationKind.PUBLIC_BODY, re.compile(r"\b(council|university|nhs|police|authority|borough)\b")),
    (OrganisationKind.CHARITY, re.compile(r"\b(charity|charitable|trust|cio|church|parochial)\b")),
    (OrganisationKind.COMPANY, re.compile(rf"\b({_COMPANY})\b\.?")),
    (OrganisationKind.PARTNERSHIP, re.compile(r"\b(llp|partnership|partners|and sons?|bros|brothers)\b|& sons?\b")),
    (OrganisationKind.CLUB, re.compile(r"\b(club|association|society|legion|institute)\b")),
    (OrganisationKind.OTHER, re.compile(rf"\b({_TRADE})\b")),
)


@lru_cache(maxsize=4096)
def organisation_kind(name: str) -> OrganisationKind | None:
    """What its words say that it is in law; None where it reads like the name of a person."""
    words = " ".join(name.casefold().replace(".", "").split())
    return next((kind for kind, pattern in _KIND_WORDS if pattern.search(words)), None)


@lru_cache(maxsize=65_536)
def organisation_key(name: str) -> str:
    """The same for two ways of writing one organisation's name: Limited and Ltd, and and &."""
    words = re.sub(r"[^\w&]+", " ", name.casefold().replace(".", "")).split()
    return " ".join(dict(_SAME).get(word, word) for word in words)


def same_name(one: str, other: str) -> bool:
    """Whether two written names are one holder's: as an organisation, or as a person with or without a title."""
    if one == other or organisation_key(one) == organisation_key(other):
        return True
    if organisation_kind(one) or organisation_kind(other):
        return False
    return bool(key_of(one)) and person_key(one) == person_key(other)


def person_key(name: str) -> tuple[str, ...]:
    """A person's written name without title and order, as driver checks compare names."""
    return tuple(sorted(tokens_of(match_name(name, ""))))
