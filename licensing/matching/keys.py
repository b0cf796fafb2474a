"""The keys under which a person is found: signed 64-bit keyed hashes, one plain table for all of them.

A record is kept under each name part with two of the three parts of its date of birth, each pair of name parts,
the date, each postcode and each identifier. An enquiry asks for the same and, where a slip is likely, for the key
that the slip hides. One agreeing key is enough to be looked at, so a person is missed only when nearly everything
was mistaken at once.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations, pairwise

from licensing.matching.dates_of_birth import swapped
from licensing.matching.hashes import identifier_key, keyed_hash, text_hash
from licensing.matching.names import tokens_of
from licensing.matching.records import Enquiry, Record
from licensing.matching.short_forms import other_forms
from licensing.matching.sounds import sound_of
from licensing.matching.statistics import Statistics

__all__ = ["asking_keys", "identifier_key", "record_keys"]

CAP_WITH_DATE = 400
CAP_WITHOUT_DATE = 5_000

_COMMON_SHARE = 0.02
_SHORTEST_HALF = 3
# People expected to share a pair of name parts, were the parts independent.
_PAIRS_WORTH_ASKING = 20
_FEW = 25
_MANY = 50


def record_keys(record: Record, secret: bytes) -> list[int]:
    """Every key under which this person is kept: about 14 for somebody with all details recorded."""
    keys = set(record.identifiers)
    keys.update(_postcode_key(postcode, secret) for postcode in record.postcodes)
    born = record.date_of_birth
    if born:
        keys.add(_date_key(born, secret))
    for name in record.names:
        sounds = {_sound_hash(token, secret) for token in _without_initials(tokens_of(name))}
        keys.update(_pair_key(one, other, secret) for one, other in combinations(sounds, 2))
        if len(sounds) == 1:
            keys.update(_alone_key(sound, secret) for sound in sounds)
        for sound in sounds:
            keys.update(_dated_keys(sound, born, secret) if born else [_undated_key(sound, secret)])
    return sorted(keys)


def asking_keys(enquiry: Enquiry, statistics: Statistics, secret: bytes) -> list[tuple[int, int]]:
    """The keys to look up and how many people to read of each at most, each key once."""
    cap = CAP_WITH_DATE if enquiry.date_of_birth else CAP_WITHOUT_DATE
    keys = dict.fromkeys(enquiry.identifiers)
    keys |= dict.fromkeys(_postcode_key(postcode, secret) for postcode in enquiry.postcodes)
    born = enquiry.date_of_birth
    if born:
        other_way_round = swapped(born)
        keys[_date_key(born, secret)] = None
        if other_way_round:
            keys[_date_key(other_way_round, secret)] = None
    for name in enquiry.names:
        tokens = _tokens_asked(name, statistics)
        keys |= dict.fromkeys(
            _keys_with_date(tokens, born, statistics, secret)
            if born
            else _keys_without_date(tokens, statistics, secret)
        )
    return [(key, cap) for key in keys]


def _tokens_asked(name: str, statistics: Statistics) -> list[str]:
    """The tokens as typed, two neighbours as one word, and one word as two, where the registers have such names."""
    typed = tokens_of(name)
    joined = [one + other for one, other in pairwise(typed)]
    halves = [half for token in typed for half in _halves(token, statistics)]
    words = [*typed, *(word for word in joined if statistics.has_token(word)), *halves]
    return list(_without_initials(tuple(dict.fromkeys(words))))


def _without_initials(tokens: tuple[str, ...]) -> tuple[str, ...]:
    """The tokens that are worth a key: an initial is shared by too many, unless it is all there is."""
    return tuple(token for token in tokens if len(token) > 1) or tokens


def _halves(token: str, statistics: Statistics) -> Iterator[str]:
    if statistics.has_token(token):
        return
    for at in range(_SHORTEST_HALF, len(token) - _SHORTEST_HALF + 1):
        if statistics.has_token(token[:at]) and statistics.has_token(token[at:]):
            yield from (token[:at], token[at:])


def _keys_with_date(tokens: list[str], born: date, statistics: Statistics, secret: bytes) -> Iterator[int]:
    """Any one name part with two thirds of the date; a pair of names where the date may be wholly wrong."""
    shares = {sound_of(token): statistics.share_of_sound(sound_of(token)) for token in tokens}
    rare = [sound for sound, share in shares.items() if share <= _COMMON_SHARE]
    for sound in rare or shares:
        hashed = text_hash("sound", sound, secret)
        yield from _dated_keys(hashed, born, secret)
        yield _undated_key(hashed, secret)
    for one, other in combinations(shares, 2):
        if shares[one] * shares[other] * statistics.people <= _PAIRS_WORTH_ASKING:
            yield _pair_key(text_hash("sound", one, secret), text_hash("sound", other, secret), secret)


def _keys_without_date(tokens: list[str], statistics: Statistics, secret: bytes) -> Iterator[int]:
    """Each pair of name parts that is rare enough, with one of the two in another form or one letter away."""
    sounds = {token: _sound_hash(token, secret) for token in tokens}
    others = {
        token: statistics.near_sounds(token) | {_sound_hash(form, secret) for form in other_forms(token)}
        for token in sounds
    }
    yield from (_alone_key(sound, secret) for sound in sounds.values())
    for one, other in _rare_pairs(sounds, statistics):
        yield from _pair_keys({sounds[one]} | others[one], {sounds[other]}, secret)
        yield from _pair_keys({sounds[one]}, others[other], secret)


def _rare_pairs(tokens: Iterable[str], statistics: Statistics) -> list[tuple[str, str]]:
    """All pairs, without those that hundreds share where the name has a pair that few do."""
    shares = {token: statistics.share_of_sound(sound_of(token)) for token in tokens}
    expected = {(one, other): shares[one] * shares[other] * statistics.people for one, other in combinations(shares, 2)}
    if min(expected.values(), default=0) > _FEW:
        return list(expected)
    return [pair for pair, people in expected.items() if people <= _MANY]


def _pair_keys(some: Iterable[int], others: set[int], secret: bytes) -> Iterator[int]:
    return (_pair_key(one, other, secret) for one in some for other in others if one != other)


def _sound_hash(token: str, secret: bytes) -> int:
    return text_hash("sound", sound_of(token), secret)


def _dated_keys(sound: int, born: date, secret: bytes) -> list[int]:
    """A sound with year and month, month and day, year and day."""
    year, month, day = born.isoformat().split("-")
    parts = (f"{year}-{month}", f"{month}/{day}", f"{year}/{day}")
    return [_key("dated", f"{sound}|{part}", secret) for part in parts]


def _undated_key(sound: int, secret: bytes) -> int:
    """A sound of somebody whose date of birth is not recorded."""
    return _key("undated", str(sound), secret)


def _alone_key(sound: int, secret: bytes) -> int:
    """The only sound of somebody recorded under a single name."""
    return _key("alone", str(sound), secret)


def _pair_key(one: int, other: int, secret: bytes) -> int:
    return _key("pair", f"{min(one, other)}|{max(one, other)}", secret)


def _date_key(born: date, secret: bytes) -> int:
    return _key("date", born.isoformat(), secret)


def _postcode_key(postcode: str, secret: bytes) -> int:
    return _key("postcode", postcode, secret)


def _key(kind: str, text: str, secret: bytes) -> int:
    return keyed_hash(f"{kind}\x1f{text}".encode(), secret)
