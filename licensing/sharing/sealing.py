"""Particulars of a person, and what another council told, kept sealed with the request that they belong to."""

import json
from collections.abc import Mapping

from licensing.keys import SealBroken
from licensing.sealing import opened
from licensing.sharing.models import Base
from licensing.sharing.rules import Particular

CANNOT_BE_OPENED = "What they sent cannot be opened. Ask them to send it again."


def as_words(particulars: Mapping[Particular, str]) -> str:
    """Particulars as they are sealed."""
    return json.dumps({kind.value: value for kind, value in particulars.items() if value})


def particulars_of(row: Base) -> dict[Particular, str]:
    """What identifies the person whom a request is about, in the order of the vocabulary; {} where it does not open."""
    try:
        kept = json.loads(opened(row, "particulars_sealed"))
    except SealBroken:
        return {}
    return {kind: kept[kind] for kind in Particular if kind in kept}


def told(row: Base, column: str) -> str:
    """Words that came from another council. The page stays where these do not open: who sent them can be asked."""
    try:
        return opened(row, column)
    except SealBroken:
        return CANNOT_BE_OPENED
