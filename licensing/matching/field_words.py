"""One word for each field of an enquiry: agrees, close, differs, not recorded or not asked."""

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from licensing.matching import comparison, name_comparison, spelling
from licensing.matching.dates_of_birth import DateComparison
from licensing.matching.hashes import kind_of_key
from licensing.matching.identifiers import IdentifierKind
from licensing.matching.name_comparison import Finding
from licensing.matching.names import tokens_of
from licensing.matching.records import Enquiry, Record


class Word(StrEnum):
    """How one field compares. Not recorded is never agreement; an identifier agrees or differs, never close."""

    AGREES = "agrees"
    CLOSE = "close"
    DIFFERS = "differs"
    NOT_RECORDED = "not recorded"
    NOT_ASKED = "not asked"


class Field(StrEnum):
    """A field of the enquiry, in the order in which it is shown."""

    NAME = "name"  # the whole of it, in whatever order
    GIVEN_NAMES = "given_names"
    FAMILY_NAME = "family_name"
    DATE_OF_BIRTH = "date_of_birth"
    NI_NUMBER = IdentifierKind.NI_NUMBER.value
    DRIVER_NUMBER = IdentifierKind.DRIVER_NUMBER.value
    BADGE_NUMBER = IdentifierKind.BADGE_NUMBER.value
    REGISTRATION_MARK = IdentifierKind.REGISTRATION_MARK.value
    POSTCODE = "postcode"


Words = dict[Field, Word]

_SAME_NAME = frozenset((spelling.SAME, spelling.MOHAMMED_SPELT))
_PAIRED_NAME = frozenset((*spelling.KINDS, name_comparison.WRITTEN_AS_ONE))
_OTHER_NAME = frozenset((name_comparison.GIVEN_DIFFERS, name_comparison.FAMILY_DIFFERS, name_comparison.PLACES_DIFFER))


class _Part(NamedTuple):
    """A part of a match name: what findings call it, and on which side of the stroke it stands."""

    name: str
    place: int


_GIVEN, _FAMILY = _Part(name_comparison.GIVEN_NAME, 0), _Part(name_comparison.FAMILY_NAME, 1)

_DATE_WORDS = {
    comparison.DATE + DateComparison.SAME: Word.AGREES,
    comparison.DATE + DateComparison.SWAPPED: Word.CLOSE,
    comparison.DATE + DateComparison.EXCHANGED: Word.CLOSE,
    comparison.DATE + DateComparison.ONE_DIGIT: Word.CLOSE,
    comparison.DATE + DateComparison.NEXT_YEAR: Word.CLOSE,
    comparison.DATE_NOT_RECORDED: Word.NOT_RECORDED,
}
_POSTCODE_WORDS = {
    comparison.POSTCODE_AGREES: Word.AGREES,
    comparison.POSTCODE_DISTRICT: Word.CLOSE,
    comparison.POSTCODE_DIFFERS: Word.DIFFERS,
}


def words_of(enquiry: Enquiry, record: Record, findings: Sequence[Finding]) -> Words:
    """The word for every field, in the order of Field."""
    kinds = {kind for kind, *_ in findings}
    asked = {kind_of_key(key) for key in enquiry.identifiers}
    words = {
        Field.NAME: _name_word(enquiry, record, kinds),
        Field.GIVEN_NAMES: _part_word(_GIVEN, enquiry, record, findings),
        Field.FAMILY_NAME: _part_word(_FAMILY, enquiry, record, findings),
        Field.DATE_OF_BIRTH: _date_word(enquiry, kinds),
        **{Field(kind.value): _identifier_word(kind, asked, kinds) for kind in IdentifierKind},
        Field.POSTCODE: _postcode_word(enquiry, kinds),
    }
    return {field: words[field] for field in Field}


def _name_word(enquiry: Enquiry, record: Record, kinds: set[str]) -> Word:
    if not enquiry.names:
        return Word.NOT_ASKED
    if not record.names:
        return Word.NOT_RECORDED
    if kinds & _OTHER_NAME or not kinds & _PAIRED_NAME:
        return Word.DIFFERS
    return Word.AGREES if kinds & name_comparison.KINDS <= _SAME_NAME else Word.CLOSE


def _part_word(part: _Part, enquiry: Enquiry, record: Record, findings: Sequence[Finding]) -> Word:
    """The word for given names or family name by themselves; a part found in the other's place counts for both."""
    if not any(tokens_of(name.split("/")[part.place]) for name in enquiry.names):
        return Word.NOT_ASKED
    if not any(tokens_of(name.split("/")[part.place]) for name in record.names):
        return Word.NOT_RECORDED
    kinds = {kind for kind, _, of, *_ in findings if of in (part.name, name_comparison.NAME)}
    if kinds & _OTHER_NAME or not kinds & _PAIRED_NAME:
        return Word.DIFFERS
    return Word.AGREES if kinds & name_comparison.KINDS <= _SAME_NAME else Word.CLOSE


def _date_word(enquiry: Enquiry, kinds: set[str]) -> Word:
    if not enquiry.date_of_birth:
        return Word.NOT_ASKED
    return next((word for kind, word in _DATE_WORDS.items() if kind in kinds), Word.DIFFERS)


def _postcode_word(enquiry: Enquiry, kinds: set[str]) -> Word:
    if not enquiry.postcodes:
        return Word.NOT_ASKED
    return next((word for kind, word in _POSTCODE_WORDS.items() if kind in kinds), Word.NOT_RECORDED)


def _identifier_word(kind: IdentifierKind, asked: set[IdentifierKind], kinds: set[str]) -> Word:
    if kind not in asked:
        return Word.NOT_ASKED
    if kind.value + comparison.AGREES in kinds:
        return Word.AGREES
    return Word.DIFFERS if kind.value + comparison.DIFFERS in kinds else Word.NOT_RECORDED
