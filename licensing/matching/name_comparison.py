"""Two names side by side, part by part: which parts pair, in what order, and which are left over.

Given and family names are hints, not walls: parts pair wherever they stand, and an order that was changed is
a finding of its own.
"""

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from licensing.matching import spelling
from licensing.matching.names import is_often_left_out, tokens_of
from licensing.matching.sounds import sound_of
from licensing.matching.statistics import Statistics

# What was found; how rare it is (minus the natural logarithm of a share); which part of the name; and the tokens
# it was found on, as asked and as recorded. A plain tuple, since thousands are made for one check.
Finding = tuple[str, float, str, str, str]

GIVEN_NAME, FAMILY_NAME, NAME, OTHER_FIELD = "given name", "family name", "name", ""

ORDER = "order"
WRITTEN_AS_ONE = "written as one"
GIVEN_DIFFERS = "given name differs"
FAMILY_DIFFERS = "family name differs"
PLACES_DIFFER = "name differs"
_DIFFERS = {GIVEN_NAME: GIVEN_DIFFERS, FAMILY_NAME: FAMILY_DIFFERS}

# What a part that found no partner is to its bearer: a part people often leave out, the name they are called by,
# a later given name, or a family name.
_OFTEN, _CALLED, _LATER, _FAMILY = range(4)
_ONLY_ASKED = ("often added", "called only asked", "only asked", "family only asked")
_ONLY_RECORDED = ("often dropped", "called only recorded", "only recorded", "family only recorded")
ONLY_IN_ENQUIRY = frozenset(_ONLY_ASKED)
ONLY_IN_RECORD = frozenset(_ONLY_RECORDED)

# Every kind of finding that this module makes.
KINDS = ONLY_IN_ENQUIRY | ONLY_IN_RECORD
KINDS |= frozenset((*spelling.KINDS, ORDER, WRITTEN_AS_ONE, GIVEN_DIFFERS, FAMILY_DIFFERS, PLACES_DIFFER))

_SHORTEST_JOINED = 6
_LETTERS_LOST = 2
_JOINED_KINDS = frozenset(
    (spelling.SAME, spelling.SAME_SOUND, spelling.SAME_SOUND_NEAR, spelling.ONE_LETTER, spelling.SAME_SOUND_ONLY)
)


class _Parts(NamedTuple):
    """The tokens of a match name, and for each its place, which name it is part of, and what it is to its bearer."""

    tokens: tuple[str, ...]
    places: range
    names: tuple[str, ...]
    roles: tuple[int, ...]


class AskedName:
    """A match name that was asked about, made ready to be compared with many recorded names.

    What each recorded token could pair with is worked out once: on a register most names are made of few tokens.
    """

    def __init__(self, name: str, statistics: Statistics) -> None:
        self._parts = _parts(name)
        self._statistics = statistics
        self._partners: dict[str, list[tuple[int, int, str, float]]] = {}

    def compare(self, recorded: str) -> list[Finding]:
        """Findings on this name and a recorded match name."""
        ours, theirs = self._parts, _parts(recorded)
        our_left, their_left = [*ours.places], [*theirs.places]
        findings = self._paired(theirs, our_left, their_left)
        if our_left and their_left:
            findings += _written_as_one(ours, our_left, theirs, their_left, self._statistics)
            findings += _conflicts(ours, our_left, theirs, their_left)
        for at in our_left:
            findings.append((_ONLY_ASKED[ours.roles[at]], 0.0, ours.names[at], ours.tokens[at], ""))
        for at in their_left:
            findings.append((_ONLY_RECORDED[theirs.roles[at]], 0.0, theirs.names[at], "", theirs.tokens[at]))
        return findings

    def _paired(self, theirs: _Parts, our_left: list[int], their_left: list[int]) -> list[Finding]:
        """Parts that pair, nearest first, of equals those in the same place first. Takes them from what is left."""
        ours = self._parts
        possible = [
            (nearness, ours.names[one] != theirs.names[other], one, other, kind, rarity)
            for other, token in enumerate(theirs.tokens)
            for nearness, one, kind, rarity in self._partners_of(token)
        ]
        possible.sort()
        findings: list[Finding] = []
        out_of_order = False
        for _, moved, one, other, kind, rarity in possible:
            if one in our_left and other in their_left:
                our_left.remove(one)
                their_left.remove(other)
                out_of_order = out_of_order or moved
                findings.append(
                    (kind, rarity, NAME if moved else ours.names[one], ours.tokens[one], theirs.tokens[other])
                )
        if out_of_order:
            findings.append((ORDER, 0.0, NAME, "", ""))
        return findings

    def _partners_of(self, recorded: str) -> list[tuple[int, int, str, float]]:
        """Which tokens asked a recorded token could be: nearness, place, kind and rarity of each."""
        known = self._partners.get(recorded)
        if known is not None:
            return known
        partners: list[tuple[int, int, str, float]] = []
        for place, asked in enumerate(self._parts.tokens):
            kind = spelling.compare_tokens(asked, recorded)
            if kind != spelling.DIFFERENT:
                rarity = _rarity(kind, recorded, self._statistics)
                partners.append((spelling.NEARNESS[kind], place, kind, rarity))
        self._partners[recorded] = partners
        return partners


@lru_cache(maxsize=131_072)
def _parts(name: str) -> _Parts:
    tokens = tokens_of(name)
    given = len(tokens_of(name.partition("/")[0]))
    names = (GIVEN_NAME,) * given + (FAMILY_NAME,) * (len(tokens) - given)
    often = [is_often_left_out(token) for token in tokens]
    called = next((place for place in range(given) if not often[place]), 0)
    roles = [_FAMILY if name == FAMILY_NAME else _LATER for name in names]
    if given:
        roles[called] = _CALLED
    return _Parts(
        tokens, range(len(tokens)), names, tuple(_OFTEN if often[at] else role for at, role in enumerate(roles))
    )


def _rarity(kind: str, recorded: str, statistics: Statistics) -> float:
    if kind == spelling.SAME:
        return statistics.rarity("token", recorded)
    return 0.0 if kind == spelling.INITIAL else statistics.rarity("sound", sound_of(recorded))


def _written_as_one(
    ours: _Parts, our_left: list[int], theirs: _Parts, their_left: list[int], statistics: Statistics
) -> list[Finding]:
    """Two neighbouring parts on one side written as one word on the other. Takes what it pairs from what is left."""
    findings: list[Finding] = []
    if len(their_left) > 1 and (found := _joined(ours, our_left, theirs, their_left)):
        one, first, second = found
        rarity = _rarity_of_both(theirs, first, second, statistics)
        words = (ours.tokens[one], f"{theirs.tokens[first]} {theirs.tokens[second]}")
        findings.append((WRITTEN_AS_ONE, rarity, NAME, *words))
    if len(our_left) > 1 and (found := _joined(theirs, their_left, ours, our_left)):
        other, first, second = found
        rarity = _rarity_of_both(ours, first, second, statistics)
        words = (f"{ours.tokens[first]} {ours.tokens[second]}", theirs.tokens[other])
        findings.append((WRITTEN_AS_ONE, rarity, NAME, *words))
    return findings


def _joined(whole: _Parts, whole_left: list[int], split: _Parts, split_left: list[int]) -> tuple[int, int, int] | None:
    """The first word that is two neighbouring parts of the other side: its place and theirs. Takes what it finds."""
    for place in whole_left:
        word = whole.tokens[place]
        if len(word) < _SHORTEST_JOINED:
            continue
        for first, second in pairwise(split_left):
            both = split.tokens[first] + split.tokens[second]
            if abs(len(word) - len(both)) <= _LETTERS_LOST and spelling.compare_tokens(word, both) in _JOINED_KINDS:
                whole_left.remove(place)
                split_left.remove(first)
                split_left.remove(second)
                return place, first, second
    return None


def _rarity_of_both(parts: _Parts, first: int, second: int, statistics: Statistics) -> float:
    return sum(statistics.rarity("sound", sound_of(parts.tokens[place])) for place in (first, second))


def _conflicts(ours: _Parts, our_left: list[int], theirs: _Parts, their_left: list[int]) -> list[Finding]:
    """Left-over parts that stand against each other, those in the same place first; taken from what is left."""
    findings: list[Finding] = []
    for same_place in (True, False):
        for one in [*our_left]:
            name = ours.names[one]
            for other in their_left:
                if (name == theirs.names[other]) == same_place:
                    our_left.remove(one)
                    their_left.remove(other)
                    kind, part = (_DIFFERS[name], name) if same_place else (PLACES_DIFFER, NAME)
                    findings.append((kind, 0.0, part, ours.tokens[one], theirs.tokens[other]))
                    break
    return findings
