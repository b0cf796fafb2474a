"""Keyed hashes: how names, dates and identifiers appear in tables that must not be readable.

All are the first 8 bytes of keyed BLAKE2b (RFC 7693) as a signed integer, which is what a bigint column holds.
"""

from functools import lru_cache
from hashlib import blake2b

from licensing.matching.identifiers import IdentifierKind

_KIND_BITS = 3
_KIND_MASK = (1 << _KIND_BITS) - 1
_KIND_NUMBERS = {
    IdentifierKind.NI_NUMBER: 1,
    IdentifierKind.DRIVER_NUMBER: 2,
    IdentifierKind.BADGE_NUMBER: 3,
    IdentifierKind.REGISTRATION_MARK: 4,
}
_KINDS = {number: kind for kind, number in _KIND_NUMBERS.items()}


def keyed_hash(value: bytes, secret: bytes) -> int:
    """A signed 64-bit keyed hash. The secret is 16 to 64 bytes."""
    return int.from_bytes(blake2b(value, digest_size=8, key=secret).digest(), "little", signed=True)


@lru_cache(maxsize=262_144)
def text_hash(kind: str, text: str, secret: bytes) -> int:
    """The hash of a name part, a sound or another counted value, apart for each kind."""
    return keyed_hash(f"{kind}\x1f{text}".encode(), secret)


def identifier_key(kind: IdentifierKind, normalised: str, secret: bytes) -> int:
    """The hash of an identifier, with its kind in the three lowest bits: see `kind_of_key`."""
    hashed = keyed_hash(f"{kind.value}\x1f{normalised}".encode(), secret)
    return hashed & ~_KIND_MASK | _KIND_NUMBERS[kind]


def kind_of_key(key: int) -> IdentifierKind:
    """What kind of identifier a key made by `identifier_key` stands for."""
    return _KINDS[key & _KIND_MASK]
