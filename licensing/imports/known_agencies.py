"""Which agency a file means: by its name, or by what it does where only one of them does it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from licensing.disruption import queries
from licensing.disruption.models import Agency
from licensing.imports.disruption_words import AGENCY_KINDS
from licensing.imports.values import NotUnderstood
from licensing.imports.words import key_of

_BRACKETS = re.compile(r"\([^()]*\)")
_TAKEN = "{}: “{}” was taken for {}, the only agency of this kind that works here from outside the councils"
_UNKNOWN = "No agency here has this name: write one of {}"


class KnownAgencies:
    """The agencies that lead or join anything, and those for which the acting user works.

    A name counts without what stands in brackets, and a kind ("police") where one agency alone is of it: the acting
    council's own before another's. A partner that is called otherwise ("Sample Valley Police") is taken for the one
    partner of its kind, and the preview says so; a council's service never is, since an agency that joins sees the
    action.
    """

    def __init__(self, own: UUID) -> None:
        self.open = queries.agencies()
        self.mine = queries.acting_agencies()
        self._own = own
        self._by_name: defaultdict[str, list[Agency]] = defaultdict(list)
        for one in self.open:
            for name in {key_of(one.name), key_of(_BRACKETS.sub("", one.name))}:
                self._by_name[name].append(one)

    def named(self, column: str, written: str) -> tuple[Agency, str]:
        """The agency, and a warning or "". Raises NotUnderstood with those that are known."""
        if found := self._only(self._by_name.get(key_of(written), [])):
            return found, ""
        try:
            kind = AGENCY_KINDS.meaning(written)
        except NotUnderstood:
            return self._taken_for(column, written)
        if found := self._only(one for one in self.open if one.kind is kind):
            return found, ""
        raise self._unknown()

    def _only(self, found: Iterable[Agency]) -> Agency | None:
        some = list(found)
        own = [one for one in some if one.authority_id == self._own]
        return next((group[0] for group in (own, some) if len(group) == 1), None)

    def _taken_for(self, column: str, written: str) -> tuple[Agency, str]:
        fits = [one for one in self.open if one.is_partner and key_of(one.kind.label) in key_of(written)]
        if len(fits) != 1:
            raise self._unknown()
        return fits[0], _TAKEN.format(column, written, fits[0].name)

    def _unknown(self) -> NotUnderstood:
        return NotUnderstood(_UNKNOWN.format(", ".join(one.name for one in self.open) or "none, since none is kept"))
