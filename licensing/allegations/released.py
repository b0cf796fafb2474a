"""What a release says: kept sealed as JSON with the release, and copied where a decision relied on it."""

import json
from dataclasses import asdict, dataclass
from typing import Any, Self
from uuid import UUID

from markupsafe import Markup

from licensing.allegations.models import Release, ReliedItem
from licensing.allegations.words_of_sharing import ReleaseKind
from licensing.sealing import opened

# A line break in what was written stays one.
_LINES = Markup('<span class="lines">{}</span>')

# What the words are, for whoever reads them.
_WORDS = {
    ReleaseKind.SUMMARY: "What the designated officer says",
    ReleaseKind.ITEM: "What it says",
    ReleaseKind.OUTCOME: "What the designated officer asks of you",
}


@dataclass(frozen=True)
class Content:
    """The rows of a summary, or an item's words; `people` are the recipient authority's own records of the person."""

    kind: ReleaseKind
    title: str
    reference: str
    person: str
    people: tuple[UUID, ...] = ()
    rows: tuple[tuple[str, str], ...] = ()
    words: str = ""
    source: str = ""
    sender: str = ""  # who released it, and how they are reached

    def as_kept(self) -> str:
        return json.dumps({**asdict(self), "people": [str(one) for one in self.people]})

    @classmethod
    def from_kept(cls, text: str) -> Self:
        kept: dict[str, Any] = json.loads(text)
        people = tuple(UUID(one) for one in kept["people"])
        rows = tuple((name, value) for name, value in kept["rows"])
        return cls(**{**kept, "kind": ReleaseKind(kept["kind"]), "people": people, "rows": rows})

    @classmethod
    def of(cls, row: Release | ReliedItem) -> Self:
        """What a release or the copy of one says."""
        return cls.from_kept(opened(row, "content_sealed"))

    def shown(self) -> list[tuple[str, str | None]]:
        """As rows of a card, the same for whoever may read it."""
        said: list[tuple[str, str | None]] = [("About", self.person), ("Case", self.reference), *self.rows]
        said += [(_WORDS[self.kind], _LINES.format(self.words))] if self.words else []
        said += [("Where it is from", self.source)] if self.source else []
        return [*said, ("Released by", self.sender)]
