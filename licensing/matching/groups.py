"""Which candidates are one person: linked by somebody, or plainly the same details on several councils' registers.

Without this, the records of a man whom three councils license would share out his probability and each look doubtful.
"""

from collections.abc import Sequence
from itertools import product

from licensing.matching.candidates import Candidate
from licensing.matching.hashes import kind_of_key
from licensing.matching.identifiers import IdentifierKind
from licensing.matching.names import tokens_of
from licensing.matching.records import Record
from licensing.matching.sounds import sound_of
from licensing.matching.spelling import MOHAMMED_SPELT, SAME, SAME_SOUND, compare_tokens

_SAME_PART = frozenset((SAME, MOHAMMED_SPELT, SAME_SOUND))


def group_numbers(candidates: Sequence[Candidate]) -> list[int]:
    """For each candidate the place of the first candidate that is the same person."""
    numbers = list(range(len(candidates)))

    def first_of(place: int) -> int:
        while numbers[place] != place:
            place = numbers[place]
        return place

    seen: dict[tuple[object, ...], int] = {}
    for place, candidate in enumerate(candidates):
        for tie in _ties(candidate):
            other = seen.setdefault(tie, place)
            if tie[0] != "name" or same_details(candidates[other].record, candidate.record):
                older, newer = sorted((first_of(other), first_of(place)))
                numbers[newer] = older
    return [first_of(place) for place in range(len(candidates))]


def _ties(candidate: Candidate) -> list[tuple[object, ...]]:
    """What, shared with another candidate, makes the two one person, or for a name may do."""
    record = candidate.record
    ties: list[tuple[object, ...]] = [("link", candidate.group)] if candidate.group is not None else []
    if record.date_of_birth:
        ties += [("identifier", key, record.date_of_birth) for key in _personal(record)]
        ties += [("name", _sounds(name), record.date_of_birth) for name in record.names]
    return ties


def same_details(one: Record, other: Record) -> bool:
    """Whether two records of one date of birth have the same name, give or take a letter, and no identifier against it.

    The sound alone would make one person of the twins Hassan and Hussein.
    """
    shared = _personal(one) & _personal(other)
    against = {kind_of_key(key) for key in _personal(one)} & {kind_of_key(key) for key in _personal(other)}
    # Every council gives a badge of its own number, so that two differ says nothing.
    if not shared and against - {IdentifierKind.BADGE_NUMBER}:
        return False
    return any(_same_name(name, held) for name, held in product(one.names, other.names))


def _same_name(one: str, other: str) -> bool:
    ours = sorted(tokens_of(one), key=lambda token: (sound_of(token), token))
    theirs = sorted(tokens_of(other), key=lambda token: (sound_of(token), token))
    return len(ours) == len(theirs) and all(
        compare_tokens(mine, yours) in _SAME_PART for mine, yours in zip(ours, theirs, strict=True)
    )


def _sounds(name: str) -> tuple[str, ...]:
    return tuple(sorted(map(sound_of, tokens_of(name))))


def _personal(record: Record) -> set[int]:
    """The identifiers that point at one person, which a shared vehicle's registration mark does not."""
    return {key for key in record.identifiers if kind_of_key(key) is not IdentifierKind.REGISTRATION_MARK}
