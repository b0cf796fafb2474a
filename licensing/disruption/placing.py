"""Asking for premises, or for whatever an action is directed at: what is typed, and which record it is.

Records that fit what was typed are offered to choose from, and so is the one from whose page somebody came.
"""

from typing import Any

from licensing.disruption import aiming
from licensing.disruption.aiming import Found
from licensing.disruption.forms import MOST_FOUND, NOT_FOUND, AimFields
from licensing.disruption.targets import Aim
from licensing.disruption.words import TargetKind
from licensing.errors import RuleBroken
from licensing.forms import NarrativeForm, RadioField, TextField, options


def find_records(form: AimFields, passed: Found | None = None) -> dict[str, Found]:
    """Ask which record it is: the one that a page passed on, and those that what was typed finds."""
    offered: Any = form.target_kind.choices
    if passed and not form.is_submitted() and any(one.value == passed.aim.kind for one in offered):
        form.target_kind.data, form.record.data = passed.aim.kind, passed.key or None
        form.target_name.data = passed.aim.name
        form.target_address.data, form.target_postcode.data = passed.aim.address, passed.aim.postcode
    kind, words = form.target_kind.data, form.target_name.data or ""
    there = {passed.key: passed} if passed and passed.key and passed.aim.kind is kind else {}
    if form.is_submitted():
        there |= {one.key: one for one in aiming.found(kind, words)}
    form.take_found([(key, one.words) for key, one in there.items()])
    return there


def aim_of(form: AimFields, there: dict[str, Found]) -> Aim:
    """The record that was chosen, as its register has it; or what was typed."""
    chosen = there.get(form.record.data) if "record" in form else None
    if chosen:
        return chosen.aim
    return Aim(
        kind=form.target_kind.data,
        name=form.target_name.data or "",
        address=form.target_address.data or "",
        postcode=(form.target_postcode.data or "").upper(),
    )


class PlaceFields(NarrativeForm):
    """Name, address and postcode of premises; `record` asks which place of the registers it is, where some fit."""

    asked_first = ("name", "address", "postcode", "record")

    name = TextField("Name of the place", required="Enter the name of the place", longest=200)
    address = TextField("Address (optional)", called="Address", longest=300)
    postcode = TextField("Postcode (optional)", called="Postcode", longest=8)
    record = RadioField("Which place is it?", required="Select which place it is, or that it is none of these")

    def find_places(self, passed: Found | None = None) -> None:
        """Ask which of the places that the registers know it is, `passed` first; with none there is nothing to ask."""
        if passed and not self.is_submitted():
            self.name.data, self.record.data = passed.aim.name, passed.key or None
            self.address.data, self.postcode.data = passed.aim.address, passed.aim.postcode
        found = {passed.key: passed} if passed and passed.key else {}
        if self.is_submitted():
            found |= {one.key: one for one in aiming.found(TargetKind.PREMISES, self.name.data or "")}
        self._found = dict(list(found.items())[:MOST_FOUND])
        if not found:
            del self.record
            return
        offered = ((key, one.words) for key, one in self._found.items())
        self.record.choices = options([*offered, (NOT_FOUND, "None of these")])

    def place(self) -> Aim:
        """The premises: with the address of the register where it is known there. RuleBroken without an address."""
        if "record" in self and (kept := self._found.get(self.record.data)):
            return kept.aim
        address, postcode = self.address.data or "", (self.postcode.data or "").upper()
        if not (address or postcode):
            raise RuleBroken("Enter the address or the postcode of the place", "address")
        return Aim(TargetKind.PREMISES, self.name.data or "", address, postcode)
