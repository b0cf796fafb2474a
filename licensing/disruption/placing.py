"""Asking for premises: what is typed, and which place of the registers it is where they know some that fit."""

from uuid import UUID

from licensing.disruption import queries
from licensing.disruption.forms import NOT_FOUND
from licensing.disruption.targets import Aim
from licensing.disruption.words import TargetKind
from licensing.errors import RuleBroken
from licensing.forms import NarrativeForm, RadioField, TextField, options

_SHORTEST_WORDS = 3


class PlaceFields(NarrativeForm):
    """Name, address and postcode of premises; `record` asks which place of the registers it is, where some fit."""

    asked_first = ("name", "address", "postcode", "record")

    name = TextField("Name of the place", required="Enter the name of the place", longest=200)
    address = TextField("Address (optional)", called="Address", longest=300)
    postcode = TextField("Postcode (optional)", called="Postcode", longest=8)
    record = RadioField("Which place is it?", required="Select which place it is, or that it is none of these")

    def find_places(self) -> None:
        """Ask which of the places that the registers know it is; with none found there is nothing to ask."""
        words = self.name.data or ""
        found = queries.places_found(words) if len(words) >= _SHORTEST_WORDS else []
        if not found:
            del self.record
            return
        self.record.choices = options(
            [
                *((f"{one.id}:{one.authority_id}", f"{one.name}, {_address(one)}") for one in found),
                (NOT_FOUND, "None of these"),
            ]
        )

    def place(self) -> Aim:
        """The premises: with the address of the register where it is known there. RuleBroken without an address."""
        kept = self._chosen()
        found = {f"{one.id}:{one.authority_id}": one for one in queries.places_found(self.name.data or "")}
        if kept and (row := found.get(kept)):
            record_id, of_authority_id = map(UUID, kept.split(":"))
            lines = ", ".join(row.address_lines.splitlines())
            return Aim(TargetKind.PREMISES, row.name, lines, row.postcode, record_id, of_authority_id)
        address, postcode = self.address.data or "", (self.postcode.data or "").upper()
        if not (address or postcode):
            raise RuleBroken("Enter the address or the postcode of the place", "address")
        return Aim(TargetKind.PREMISES, self.name.data or "", address, postcode)

    def _chosen(self) -> str | None:
        chosen = self.record.data if "record" in self else None
        return chosen if chosen and chosen != NOT_FOUND else None


def _address(found: object) -> str:
    lines = ", ".join(getattr(found, "address_lines", "").splitlines())
    return ", ".join(part for part in (lines, getattr(found, "postcode", "")) if part)
