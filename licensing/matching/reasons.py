"""The sum's parts in words, as the officer reads them, and what would settle the question."""

from collections.abc import Sequence
from dataclasses import dataclass

from licensing.matching import comparison, name_comparison, spelling
from licensing.matching.bands import PERSONAL_IDENTIFIERS, Band
from licensing.matching.dates_of_birth import DateComparison
from licensing.matching.field_words import Field, Word, Words
from licensing.matching.hashes import kind_of_key
from licensing.matching.identifiers import IdentifierKind
from licensing.matching.name_comparison import Finding
from licensing.matching.records import Record


@dataclass(frozen=True, slots=True)
class Reason:
    """One part of the sum: what was found, on which name parts, and what it weighs in log-odds.

    What was `recorded` is not for everybody who may know that the field agrees.
    """

    text: str
    asked: str = ""
    recorded: str = ""
    weight: float = 0.0

    def __str__(self) -> str:
        parts = dict.fromkeys(part for part in (self.asked, self.recorded) if part)
        return f"{self.text}: {', '.join(parts)}" if parts else self.text


_NAME_TEXTS = (
    {
        spelling.SAME: "{part} agrees",
        spelling.MOHAMMED_SPELT: "{part} is Mohammed, spelt another way",
        spelling.SAME_SOUND: "{part} sounds the same",
        spelling.SAME_SOUND_NEAR: "{part} sounds the same",
        spelling.SAME_SOUND_ONLY: "{part} sounds much the same",
        spelling.OTHER_FORM: "{part} is a short form or another form",
        spelling.ONE_LETTER: "{part} is one letter out",
        spelling.TWO_LETTERS: "{part} is two letters out",
        spelling.INITIAL: "{part} has the same initial",
        name_comparison.ORDER: "Names are in another order",
        name_comparison.WRITTEN_AS_ONE: "Two names are written as one",
        name_comparison.GIVEN_DIFFERS: "Given name differs",
        name_comparison.FAMILY_DIFFERS: "Family name differs",
        name_comparison.PLACES_DIFFER: "Name differs",
    }
    | dict.fromkeys(name_comparison.ONLY_IN_ENQUIRY, "{part} is only in what you entered")
    | dict.fromkeys(name_comparison.ONLY_IN_RECORD, "{part} is only on the record")
)

_DATE_TEXTS = {
    DateComparison.SAME: "Date of birth agrees",
    DateComparison.SWAPPED: "Date of birth has day and month the other way round",
    DateComparison.EXCHANGED: "Date of birth has two digits exchanged",
    DateComparison.ONE_DIGIT: "Date of birth is one digit out",
    DateComparison.NEXT_YEAR: "Date of birth is one year out",
    DateComparison.SAME_DAY: "Date of birth differs: day and month agree, the year does not",
    DateComparison.SAME_YEAR_AND_ONE: "Date of birth differs: the year and either day or month agree",
    DateComparison.SAME_YEAR: "Date of birth differs: only the year agrees",
    DateComparison.DIFFERENT: "Date of birth differs",
}

_IDENTIFIER_NAMES = {
    IdentifierKind.NI_NUMBER: "National Insurance number",
    IdentifierKind.DRIVER_NUMBER: "driving licence number",
    IdentifierKind.BADGE_NUMBER: "licence or badge number",
    IdentifierKind.REGISTRATION_MARK: "vehicle registration",
}


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


_TEXTS = (
    _NAME_TEXTS
    | {comparison.DATE + kind: text for kind, text in _DATE_TEXTS.items()}
    | {
        comparison.DATE_NOT_RECORDED: "Date of birth is not recorded",
        comparison.POSTCODE_AGREES: "Postcode agrees",
        comparison.POSTCODE_DISTRICT: "Postcode is in the same district",
        comparison.POSTCODE_DIFFERS: "Postcode differs",
    }
    | {kind.value + comparison.AGREES: f"{_sentence(name)} agrees" for kind, name in _IDENTIFIER_NAMES.items()}
    | {kind.value + comparison.DIFFERS: f"{_sentence(name)} differs" for kind, name in _IDENTIFIER_NAMES.items()}
)


def reasons_of(findings: Sequence[Finding]) -> tuple[Reason, ...]:
    """Each finding in words, names first, with what it weighs (log-odds, positive for the same person)."""
    return tuple(
        Reason(
            _TEXTS[kind].format(part=_sentence(part)),
            asked.title(),
            recorded.title(),
            comparison.weigh([(kind, rarity, part, asked, recorded)]),
        )
        for kind, rarity, part, asked, recorded in findings
    )


def what_would_settle(band: Band, words: Words, record: Record) -> str:
    """What to ask for next, in one sentence; empty for a certain match."""
    if band is Band.CERTAIN:
        return ""
    if words[Field.DATE_OF_BIRTH] is Word.NOT_ASKED and record.date_of_birth:
        return "A date of birth would tell namesakes apart"
    held = {Field(kind_of_key(key).value) for key in record.identifiers}
    for field in PERSONAL_IDENTIFIERS:
        if field in held and words[field] is Word.NOT_ASKED:
            name = _IDENTIFIER_NAMES[IdentifierKind(field.value)]
            return f"A {name} would tell a twin or a namesake apart"
    return "Only the council that holds the record can tell"
