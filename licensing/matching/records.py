"""Who is on a register, and who is asked about, in the form in which they are compared.

A record is one database row: names as `match_name` writes them (text[]), date of birth (date), normalised postcodes
(text[]) and identifiers as `identifier_key` hashes them (bigint[]). Nothing has to be worked out when it is read.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from licensing.matching.hashes import identifier_key
from licensing.matching.identifiers import IdentifierKind, normalise
from licensing.matching.names import match_name

WrittenNames = Iterable[tuple[str, str]]
WrittenIdentifiers = Iterable[tuple[IdentifierKind, str]]


@dataclass(frozen=True, slots=True)
class Record:
    """Somebody on a register. Any part but the reference may be empty; several names are names of one person."""

    ref: str
    names: tuple[str, ...] = ()
    date_of_birth: date | None = None
    postcodes: tuple[str, ...] = ()
    identifiers: tuple[int, ...] = ()

    @classmethod
    def of(
        cls,
        ref: str,
        names: WrittenNames,
        date_of_birth: date | None,
        postcodes: Iterable[str],
        identifiers: WrittenIdentifiers,
        secret: bytes,
    ) -> Self:
        """From details as written: names as (given, family), identifiers as (kind, value)."""
        return cls(
            ref, _match_names(names), date_of_birth, _postcodes(postcodes), _identifier_keys(identifiers, secret)
        )


@dataclass(frozen=True, slots=True)
class Enquiry:
    """Who is asked about. Any part may be empty; what is empty was not asked."""

    names: tuple[str, ...] = ()
    date_of_birth: date | None = None
    postcodes: tuple[str, ...] = ()
    identifiers: tuple[int, ...] = ()

    @classmethod
    def of(
        cls,
        names: WrittenNames,
        date_of_birth: date | None,
        postcodes: Iterable[str],
        identifiers: WrittenIdentifiers,
        secret: bytes,
    ) -> Self:
        """From details as typed: names as (given, family), identifiers as (kind, value)."""
        return cls(_match_names(names), date_of_birth, _postcodes(postcodes), _identifier_keys(identifiers, secret))


def _match_names(written: WrittenNames) -> tuple[str, ...]:
    matched = (match_name(given, family) for given, family in written)
    return tuple(dict.fromkeys(name for name in matched if name))


def _postcodes(written: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(postcode for postcode in map(normalise, written) if postcode))


def _identifier_keys(written: WrittenIdentifiers, secret: bytes) -> tuple[int, ...]:
    keys = (identifier_key(kind, normalise(value), secret) for kind, value in written if normalise(value))
    return tuple(dict.fromkeys(keys))
