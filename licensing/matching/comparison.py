"""An enquiry beside a record, field by field: what was found, and what it adds to or takes from the sum."""

from collections.abc import Iterable

from licensing.matching import spelling
from licensing.matching.dates_of_birth import compare_dates
from licensing.matching.hashes import kind_of_key
from licensing.matching.identifiers import outward
from licensing.matching.name_comparison import OTHER_FIELD, WRITTEN_AS_ONE, AskedName, Finding
from licensing.matching.names import tokens_of
from licensing.matching.records import Enquiry, Record
from licensing.matching.short_forms import other_forms
from licensing.matching.sounds import sound_of
from licensing.matching.statistics import Statistics
from licensing.matching.weights import WEIGHTS

DATE = "date "
DATE_NOT_RECORDED = "date not recorded"
POSTCODE_AGREES = "postcode agrees"
POSTCODE_DISTRICT = "postcode district"
POSTCODE_DIFFERS = "postcode differs"
AGREES = " agrees"
DIFFERS = " differs"


class Comparison:
    """One enquiry, made ready to be compared with many records."""

    def __init__(self, enquiry: Enquiry, statistics: Statistics) -> None:
        self._enquiry = enquiry
        self._statistics = statistics
        self._asked_names = [AskedName(name, statistics) for name in enquiry.names]
        self._names: dict[tuple[str, ...], tuple[float, list[Finding]]] = {}
        self._asked_identifiers = {key: kind_of_key(key) for key in enquiry.identifiers}
        self.most_for_name = max((_most_for_name(name, statistics) for name in enquiry.names), default=0.0)

    def findings(self, record: Record) -> list[Finding]:
        """All findings, names first, from the record's best name."""
        return self._name(record)[1] + self._other_findings(record)

    def score_of_name(self, record: Record) -> float:
        """The log-odds of the names alone."""
        return self._name(record)[0]

    def score_of_rest(self, record: Record) -> float:
        """The log-odds of everything but the names, which is quick to work out."""
        return weigh(self._other_findings(record))

    def _name(self, record: Record) -> tuple[float, list[Finding]]:
        """The best of all pairings of a name asked and a name recorded. Namesakes are worked out once."""
        known = self._names.get(record.names)
        if known is None:
            pairings = (asked.compare(held) for asked in self._asked_names for held in record.names)
            weighed = ((weigh(findings), findings) for findings in pairings)
            known = self._names[record.names] = max(weighed, default=(0.0, []))
        return known

    def _other_findings(self, record: Record) -> list[Finding]:
        enquiry = self._enquiry
        findings: list[Finding] = []
        if enquiry.date_of_birth:
            if record.date_of_birth:
                rarity = self._statistics.rarity_of_date(record.date_of_birth)
                kind = compare_dates(enquiry.date_of_birth, record.date_of_birth)
                findings.append((DATE + kind, rarity, OTHER_FIELD, "", ""))
            else:
                findings.append((DATE_NOT_RECORDED, 0.0, OTHER_FIELD, "", ""))
        if enquiry.postcodes and record.postcodes:
            findings.append(self._postcode(record.postcodes))
        if self._asked_identifiers and record.identifiers:
            findings += self._identifiers(record.identifiers)
        return findings

    def _postcode(self, held: tuple[str, ...]) -> Finding:
        shared = [postcode for postcode in self._enquiry.postcodes if postcode in held]
        if shared:
            rarity = max(self._statistics.rarity("postcode", postcode) for postcode in shared)
            return (POSTCODE_AGREES, rarity, OTHER_FIELD, "", "")
        districts = {outward(postcode) for postcode in held}
        near = any(outward(postcode) in districts for postcode in self._enquiry.postcodes)
        return (POSTCODE_DISTRICT if near else POSTCODE_DIFFERS, 0.0, OTHER_FIELD, "", "")

    def _identifiers(self, held: tuple[int, ...]) -> Iterable[Finding]:
        """One finding for each identifier asked of a kind that is recorded."""
        kinds_held = {kind_of_key(key) for key in held}
        for key, kind in self._asked_identifiers.items():
            if kind in kinds_held:
                yield (kind.value + (AGREES if key in held else DIFFERS), 0.0, OTHER_FIELD, "", "")


def weigh(findings: Iterable[Finding]) -> float:
    """The sum of the findings' weights."""
    total = 0.0
    for kind, rarity, _, _, _ in findings:
        fixed, by_rarity = WEIGHTS[kind]
        total += fixed + by_rarity * rarity
    return total


def _weight(kind: str, rarity: float) -> float:
    """A fixed part and a part for every unit of rarity."""
    fixed, by_rarity = WEIGHTS[kind]
    return fixed + by_rarity * rarity


def _most_for_name(name: str, statistics: Statistics) -> float:
    """No record's name can score more than this against the name asked."""
    return sum(_most_for_token(token, statistics) for token in tokens_of(name))


def _most_for_token(token: str, statistics: Statistics) -> float:
    rarest = statistics.greatest_rarity
    heard = statistics.rarity("sound", sound_of(token))
    return max(
        _weight(spelling.SAME, statistics.rarity("token", token)),
        _weight(spelling.MOHAMMED_SPELT, heard),
        _weight(spelling.SAME_SOUND, heard),
        _weight(spelling.SAME_SOUND_NEAR, heard),
        _weight(spelling.OTHER_FORM, rarest) if other_forms(token) else 0.0,
        _weight(spelling.ONE_LETTER, rarest),
        _weight(WRITTEN_AS_ONE, 2 * rarest),
    )
