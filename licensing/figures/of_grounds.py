"""What adverse decisions on drivers were about: a figure for each limb each, of all councils together.

One decision may name several limbs, so that their sum says nothing exactly; but none names more than there are
decisions, and each that names any names one. So the limbs are told as parts of one whole, or withheld together.
"""

from collections.abc import Iterator, Mapping, Sequence

from licensing.figures.definition import Definition
from licensing.figures.queries import GROUPS
from licensing.figures.rules import Counted
from licensing.figures.words import Section, Tells
from licensing.suitability.rules import Limb
from licensing.suppression import Across, parts_across, suppressed

# The kinds of decision, in the database's words.
ADVERSE = ("refused", "renewal_refused", "suspended", "revoked")
NOT_RECORDED_ABOUT = "not_recorded"
SHORT = {
    Limb.SEXUAL_OFFENCE: "Sexual offence",
    Limb.HARASSMENT: "Harassment",
    Limb.HARM: "Harm",
    Limb.RISK_OF_HARM: "Risk of harm",
    Limb.DISCRIMINATION: "Discrimination",
    Limb.THREATENING_BEHAVIOUR: "Threats or abuse",
    Limb.ROAD_SAFETY: "Road safety",
    NOT_RECORDED_ABOUT: "None recorded",
}
_WHOLE = tuple(f"decisions.{decided}" for decided in ADVERSE)
_GROUP = "figures_of_returns"  # counts them
_DECIDED = "refusals, refusals to renew, suspensions and revocations of drivers’ licences, decided in the period"


def code_of(word: str) -> str:
    return f"decisions.about.{word}"


GROUNDS = tuple(map(code_of, SHORT))
_COUNTED = {code_of(word): tuple(f"decisions.{decided}.about.{word}" for decided in ADVERSE) for word in SHORT}


def grounds(owner: str) -> Iterator[Definition]:
    """A figure for each limb, and one for the decisions of which none is recorded."""
    for word in SHORT:
        about = word.label if isinstance(word, Limb) else "nothing of the kind recorded"
        yield Definition(
            code_of(word),
            f"Adverse decisions: {about[0].lower()}{about[1:]}",
            _in_words(word),
            Section.DECISIONS,
            owner,
            _COUNTED[code_of(word)],
            _WHOLE,
            tells=Tells.PEOPLE,
            rests_on=("recorded.decisions",),
        )


def _in_words(word: str) -> str:
    if word == NOT_RECORDED_ABOUT:
        return f"Of {_DECIDED}, those that relied on no relevant information, or that were brought in without it"
    return f"Of {_DECIDED}, those that named this as relevant information (2022 Act s.1). One may name several"


def groups(wanted: Sequence[Definition]) -> Sequence[str]:
    """What must be counted for these: the limbs are dear, and many periods that tell none of them go without."""
    return GROUPS if any(one.code in GROUNDS for one in wanted) else [one for one in GROUPS if one != _GROUP]


def told_together(definition: Definition, counts: Counted, codes: Sequence[str]) -> Across[str]:
    """A limb of all councils together, and of no place: beside all decisions it would tell too much."""
    total = limbs_told(counts, codes)[definition.code]
    return Across(dict.fromkeys(codes, total) if len(codes) == 1 else {}, total)


def limbs_told(counts: Counted, codes: Sequence[str]) -> Mapping[str, int | None]:
    """Each limb, None where it, or what is left of the decisions or of those that name any, is small.

    Where one is withheld, every count that is no larger than the smallest told is too, as `suppressed` has it.
    """
    parts = {code: _summed(counts, names, codes) for code, names in _COUNTED.items()}
    wholes, unnamed = _summed(counts, _WHOLE, codes), parts[code_of(NOT_RECORDED_ABOUT)]
    named = {place: wholes[place] - unnamed[place] for place in codes}
    alone = {code: _part(part, wholes, named, is_limb=part is not unnamed) for code, part in parts.items()}
    # What is withheld for the sake of a place counts as small among the limbs.
    return suppressed({code: 1 if told is None else told for code, told in alone.items()})


def _part(part: Mapping[str, int], wholes: Mapping[str, int], named: Mapping[str, int], *, is_limb: bool) -> int | None:
    told = parts_across(part, wholes).total
    return None if is_limb and parts_across(part, named).total is None else told


def _summed(counts: Counted, names: Sequence[str], codes: Sequence[str]) -> dict[str, int]:
    each = [counts.of(name, codes) for name in names]
    return {place: sum(one[place] for one in each) for place in codes}
