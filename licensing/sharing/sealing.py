"""Particulars of a person, kept sealed with the request that they belong to."""

import json
from collections.abc import Mapping

from licensing.sealing import opened
from licensing.sharing.models import Base
from licensing.sharing.rules import Particular


def as_words(particulars: Mapping[Particular, str]) -> str:
    """Particulars as they are sealed."""
    return json.dumps({kind.value: value for kind, value in particulars.items() if value})


def particulars_of(row: Base) -> dict[Particular, str]:
    """What identifies the person whom a request is about, in the order of the vocabulary."""
    kept = json.loads(opened(row, "particulars_sealed"))
    return {kind: kept[kind] for kind in Particular if kind in kept}
