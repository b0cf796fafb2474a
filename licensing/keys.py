"""The field keys: encryption bound to the row it belongs to, and keyed hashes for looking up.

FIELD_KEYS is `1:BASE64,find:BASE64`: numbered 256-bit encryption keys, the highest number in use and
the others kept for reading, and the `find` key from which look-up hashes are made.
"""

import base64
import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_VERSION = 1
_NONCE_BYTES = 12
_KEY_BYTES = 32
_TAG_BYTES = 16
_LAST_NUMBER = 255  # a sealed value names its key in one byte


class SealBroken(Exception):
    """The sealed value was altered, moved from another row, or sealed with a key that is not here."""


@dataclass(frozen=True)
class FieldKeys:
    """Seals and opens field values, and makes the keyed hashes by which they are found."""

    sealing: dict[int, bytes]
    finding: bytes
    reread: Callable[[], str] | None = None

    @classmethod
    def parse(cls, text: str, reread: Callable[[], str] | None = None) -> Self:
        """Read FIELD_KEYS. Raises ValueError, naming the form, when it is not as described above.

        `reread` gives FIELD_KEYS as they are now, where a running process can learn of a key that is newer than it.
        """
        parts = dict(part.split(":", 1) for part in text.split(",") if ":" in part)
        try:
            finding = base64.b64decode(parts.pop("find"), validate=True)
            sealing = {int(number): base64.b64decode(key, validate=True) for number, key in parts.items()}
        except (KeyError, ValueError) as error:
            raise ValueError("FIELD_KEYS must look like 1:BASE64,find:BASE64") from error
        if not sealing or any(len(key) != _KEY_BYTES for key in [finding, *sealing.values()]):
            raise ValueError("Each key in FIELD_KEYS must be 32 bytes, written in base64")
        if not all(1 <= number <= _LAST_NUMBER for number in sealing):
            raise ValueError(f"Keys in FIELD_KEYS are numbered from 1 to {_LAST_NUMBER}")
        return cls(sealing, finding, reread)

    @property
    def newest(self) -> int:
        """The number of the key with which values are sealed."""
        return max(self.sealing)

    def written(self, sealing: dict[int, bytes]) -> str:
        """FIELD_KEYS with these encryption keys; the one for look-ups stays, or nothing would be found again."""
        pairs = [*((str(number), key) for number, key in sorted(sealing.items())), ("find", self.finding)]
        return ",".join(f"{name}:{base64.b64encode(key).decode()}" for name, key in pairs)

    def with_new_key(self) -> str:
        """FIELD_KEYS with one more key, the newest. Raises ValueError after the last number."""
        if self.newest == _LAST_NUMBER:
            raise ValueError(f"Keys are numbered to {_LAST_NUMBER}, and that number is used")
        return self.written({**self.sealing, self.newest + 1: secrets.token_bytes(_KEY_BYTES)})

    def without_key(self, number: int) -> str:
        """FIELD_KEYS without one of the older keys."""
        return self.written({one: key for one, key in self.sealing.items() if one != number})

    def seal(self, plain: bytes, table: str, column: str, row: UUID) -> bytes:
        """AES-256-GCM with the place as associated data: a value pasted into another row does not open."""
        number = self.newest
        nonce = os.urandom(_NONCE_BYTES)
        body = self._cipher(number).encrypt(nonce, plain, _place(table, column, row, number))
        return bytes([_VERSION, number]) + nonce + body

    def open(self, sealed: bytes, table: str, column: str, row: UUID) -> bytes:
        """The value that was sealed for this place. Raises SealBroken."""
        if len(sealed) < 2 + _NONCE_BYTES + _TAG_BYTES:
            raise SealBroken("the value is cut short")
        version, number = sealed[0], sealed[1]
        if number not in self.sealing and self.reread:
            self.sealing.update(FieldKeys.parse(self.reread()).sealing)
        if version != _VERSION or number not in self.sealing:
            raise SealBroken(f"no key {number} of version {version}")
        nonce, body = sealed[2 : 2 + _NONCE_BYTES], sealed[2 + _NONCE_BYTES :]
        try:
            return self._cipher(number).decrypt(nonce, body, _place(table, column, row, number))
        except InvalidTag as error:
            raise SealBroken(f"{table}.{column} does not belong to this row") from error

    def _cipher(self, number: int) -> AESGCM:
        """One for each key, since a file seals many thousand values."""
        if number not in self._ciphers:
            self._ciphers[number] = AESGCM(self.sealing[number])
        return self._ciphers[number]

    @cached_property
    def _ciphers(self) -> dict[int, AESGCM]:
        return {}

    def digest(self, purpose: str, value: str) -> bytes:
        """A keyed hash for equality look-ups; the purpose keeps hashes of one column from matching another's."""
        return hmac.digest(self.finding, f"{purpose}\0{value}".encode(), hashlib.sha256)

    @cached_property
    def matching_secret(self) -> bytes:
        """The secret with which the driver check's keys are hashed."""
        return self.digest("matching", "keys")


def _place(table: str, column: str, row: UUID, number: int) -> bytes:
    return f"{table}.{column}.{row}.{number}".encode()


def new_keys() -> str:
    """Fresh FIELD_KEYS for a new installation."""
    return ",".join(f"{name}:{base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode()}" for name in ("1", "find"))


def kept_under(folder: Path) -> tuple[str, str]:
    """SECRET_KEY and FIELD_KEYS of an embedded installation, made on first use and readable by the owner only."""
    return _kept(folder / "secret_key", secrets.token_urlsafe(48)), _kept(field_keys_file(folder), new_keys())


def made_worker_key(instance: Path) -> str:
    """The key by which workers prove to the database what they are; `flask setup` makes a missing one.

    It is the setting WORKER_KEY, or kept with the instance's keys. The pages have no use for it and do not read it.
    """
    return os.environ.get("WORKER_KEY") or _kept(_worker_key_file(instance), secrets.token_urlsafe(_KEY_BYTES))


def worker_key(instance: Path) -> str:
    """The worker's key as it was made. Raises FileNotFoundError where `flask setup` has not kept one."""
    return os.environ.get("WORKER_KEY") or _worker_key_file(instance).read_text()


def _worker_key_file(instance: Path) -> Path:
    return instance / "keys" / "worker_key"


def field_keys_file(folder: Path) -> Path:
    """Where an embedded installation keeps its FIELD_KEYS."""
    return folder / "field_keys"


def keep(file: Path, text: str) -> None:
    """Put other FIELD_KEYS in the place of those kept in a file; whoever reads it finds the old or the new, whole."""
    beside = file.with_name(f"{file.name}.new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    beside.replace(file)


def _kept(file: Path, fresh: str) -> str:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text()
    with os.fdopen(handle, "w") as out:
        out.write(fresh)
    return fresh
