"""How far a match may be relied on.

A band is not a probability alone: without a name that agrees or is close and a date of birth on both sides, or an
identifier that agrees, nothing is more than possible, however rare.
"""

from enum import StrEnum

from licensing.matching.field_words import Field, Word, Words


class Band(StrEnum):
    """How far a match may be relied on, best first. A record in no band is not shown."""

    CERTAIN = "certain"
    STRONG = "strong"
    POSSIBLE = "possible"


CERTAIN_FROM = 0.99
STRONG_FROM = 0.9
POSSIBLE_FROM = 0.02

# Vehicles are shared, so a registration mark does not point at one person.
PERSONAL_IDENTIFIERS = (Field.NI_NUMBER, Field.DRIVER_NUMBER, Field.BADGE_NUMBER)
_HARD_TO_GUESS = (Field.NI_NUMBER, Field.DRIVER_NUMBER)
_NAMED = (Word.AGREES, Word.CLOSE)


def band_of(probability: float, words: Words) -> Band | None:
    """The band of a match with this probability, 0 to 1, and these words; None when it is not worth showing."""
    if probability < POSSIBLE_FROM:
        return None
    named = words[Field.NAME] in _NAMED
    identified = any(words[field] is Word.AGREES for field in _HARD_TO_GUESS)
    if words[Field.BADGE_NUMBER] is Word.AGREES:
        identified = identified or named  # badges are counted up: one alone would let a register be read out
    dated = words[Field.DATE_OF_BIRTH] not in (Word.NOT_ASKED, Word.NOT_RECORDED)
    # Every day has its birthdays: a date by itself, or beside another name, points at nobody.
    if probability < STRONG_FROM or not (identified or (dated and named)):
        return Band.POSSIBLE
    if identified and named:
        return Band.CERTAIN
    alike = words[Field.NAME] is Word.AGREES and words[Field.DATE_OF_BIRTH] is Word.AGREES
    return Band.CERTAIN if alike and probability >= CERTAIN_FROM else Band.STRONG
