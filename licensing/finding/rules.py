"""What somebody may mean by the words in the search box."""

from dataclasses import dataclass
from functools import cached_property

from licensing.matching.identifiers import is_postcode, normalise, written_postcode
from licensing.references import is_reference
from licensing.register.rules import filed_under

# Rows of a group; whoever wants more narrows the search or turns to the list.
MOST_ROWS = 10
# Names that only sound alike, below those that are spelt so.
MOST_SIMILAR = 5

_LONGEST_UPRN = 12


@dataclass(frozen=True)
class Sought:
    """What was typed, in each of the forms in which records are kept; a form that it cannot have is empty."""

    typed: str

    @cached_property
    def reference(self) -> str:
        return self.typed.strip().upper() if is_reference(self.typed) else ""

    @cached_property
    def postcode(self) -> str:
        """As the registers write it."""
        key = normalise(self.typed)
        return written_postcode(key) if is_postcode(key) else ""

    @cached_property
    def number(self) -> str:
        """As licence, badge and plate numbers, registrations and company numbers are kept; they all have a digit."""
        key = "" if self.reference or self.postcode else normalise(self.typed)
        return key if any(character.isdigit() for character in key) else ""

    @cached_property
    def uprn(self) -> int | None:
        return int(self.number) if self.number.isdigit() and len(self.number) <= _LONGEST_UPRN else None

    @cached_property
    def words(self) -> tuple[str, ...]:
        """As names are filed; nothing where it is a reference or a postcode."""
        if self.reference or self.postcode:
            return ()
        return tuple(filed_under(self.typed.replace(",", " ")).split())

    @property
    def words_of_person(self) -> tuple[str, ...]:
        """The same, unless there is a digit in it: nobody is called so."""
        return () if self.number else self.words

    @cached_property
    def beginnings(self) -> tuple[str, ...]:
        """How a person of this name may be filed: as typed, or with the last word as the family name."""
        *before, last = self.words_of_person or ("",)
        return tuple(dict.fromkeys(name for name in (" ".join([*before, last]), " ".join([last, *before])) if name))

    @property
    def given_and_family(self) -> tuple[str, str] | None:
        """The name for the matching, which needs two parts; the order is only a hint."""
        given, _, family = " ".join(self.words_of_person).rpartition(" ")
        return (given, family) if given else None
