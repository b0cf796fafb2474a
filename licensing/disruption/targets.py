"""Whom or what an action is directed at, as it is kept: places plain, people sealed and found by a keyed hash."""

from dataclasses import dataclass
from uuid import UUID

from flask import current_app

from licensing.disruption.models import Target
from licensing.disruption.words import TargetKind
from licensing.sealing import opened

_PURPOSE = "target of disruption"


@dataclass(frozen=True, slots=True)
class Aim:
    """A target as somebody gives it. `record_id` is the record of `of_authority_id`'s register, where it is known."""

    kind: TargetKind
    name: str
    address: str = ""
    postcode: str = ""
    record_id: UUID | None = None
    of_authority_id: UUID | None = None


def key_of(kind: TargetKind, name: str) -> bytes:
    """The hash by which the same name is found again, however it is spaced or capitalised."""
    folded = " ".join(name.casefold().split())
    digest: bytes = current_app.config["KEYS"].digest(_PURPOSE, f"{kind}\0{folded}")
    return digest


def name_of(target: Target) -> str:
    """The name, opened where it is a person's."""
    return opened(target, "name_sealed") if target.kind is TargetKind.PERSON else target.name or ""


def place_of(target: Target) -> str:
    return ", ".join(part for part in (target.address, target.postcode) if part)
