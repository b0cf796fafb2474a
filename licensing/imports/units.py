"""Many ids in little room: which licences, vehicles or places a file spoke of, 16 bytes each."""

from collections.abc import Iterable
from uuid import UUID

_SIZE = 16


def packed(ids: Iterable[UUID]) -> bytes:
    return b"".join(one.bytes for one in ids)


def unpacked(packed_ids: bytes) -> list[UUID]:
    return [UUID(bytes=packed_ids[start : start + _SIZE]) for start in range(0, len(packed_ids), _SIZE)]
