"""How much a file may hold and its reader may use: on the web, and from the command line."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024
GIGABYTE = 1024 * MEGABYTE


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one import.

    `rows` and `columns` count rows below the headings and filled columns. `inflated_bytes` is the
    size of a workbook's parts together once unpacked. `memory_bytes` (address space) and
    `cpu_seconds` bind the reading process; `waiting_seconds` is how long, in all, its parent waits
    for it.
    """

    file_bytes: int
    inflated_bytes: int
    rows: int
    columns: int
    cell_characters: int
    memory_bytes: int
    cpu_seconds: int
    waiting_seconds: float


# 32,767 characters is the most that a spreadsheet cell can hold.
WEB = Limits(
    file_bytes=10 * MEGABYTE,
    inflated_bytes=50 * MEGABYTE,
    rows=100_000,
    columns=100,
    cell_characters=32_767,
    memory_bytes=768 * MEGABYTE,
    cpu_seconds=20,
    waiting_seconds=30.0,
)
COMMAND = Limits(
    file_bytes=2 * GIGABYTE,
    inflated_bytes=4 * GIGABYTE,
    rows=5_000_000,
    columns=100,
    cell_characters=32_767,
    memory_bytes=4 * GIGABYTE,
    cpu_seconds=1_800,
    waiting_seconds=3_600.0,
)
