"""Who may be the person asked about, and how each of them came out."""

from dataclasses import dataclass

from licensing.matching.bands import Band
from licensing.matching.field_words import Words
from licensing.matching.reasons import Reason
from licensing.matching.records import Record


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record that shares a key with the enquiry.

    Candidates of one `group` are linked as the same person. Candidates on different registers do not compete: a
    council may hold somebody whom another holds too, under another spelling. `adverse` says that a decision against
    this person stands.
    """

    record: Record
    group: str | None = None
    adverse: bool = False
    register: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate worth showing: how probable (0 to 1, over all candidates and nobody), and why."""

    ref: str
    probability: float
    band: Band
    adverse: bool
    words: Words
    reasons: tuple[Reason, ...]
    would_settle: str
