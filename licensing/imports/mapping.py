"""A saved mapping: what a council's headings mean, and how its file writes letters and dates."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from licensing.dates import DateOrder
from licensing.imports.refused import FileRefused

_KEYS = {"columns", "encoding", "date_order"}
_ENCODINGS = {
    "utf-8": "utf-8",
    "utf8": "utf-8",
    "utf-16": "utf-16",
    "utf16": "utf-16",
    "windows-1252": "windows-1252",
    "cp1252": "windows-1252",
}


@dataclass(frozen=True, slots=True)
class FileMapping:
    """`columns` gives our column name for a heading; with no `encoding` the file tells its own."""

    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str | None = None
    date_order: DateOrder = "DMY"


AS_WRITTEN = FileMapping()


def from_json(text: str) -> FileMapping:
    """Read {"columns": {heading: column}, "encoding": ..., "date_order": "DMY"}; each part may be
    missing.

    Raises FileRefused.
    """
    try:
        saved = json.loads(text)
    except ValueError as error:
        raise FileRefused(f"The mapping file is not JSON: {error}.") from error
    if not isinstance(saved, dict):
        raise FileRefused('The mapping file must be an object like {"columns": {}}.')
    for key in saved.keys() - _KEYS:
        raise FileRefused(f"The mapping file has '{key}', which is not one of {_listed(_KEYS)}.")
    return FileMapping(
        _columns(saved.get("columns") or {}),
        _encoding(saved.get("encoding")),
        _date_order(saved.get("date_order") or "DMY"),
    )


def _columns(saved: Any) -> dict[str, str]:
    if not isinstance(saved, dict) or not all(isinstance(name, str) for name in saved.values()):
        raise FileRefused("In the mapping file, 'columns' must give a column name for each heading.")
    return saved


def _encoding(saved: Any) -> str | None:
    if saved is None:
        return None
    known = _ENCODINGS.get(str(saved).lower())
    if known is None:
        raise FileRefused(f"The mapping file's encoding '{saved}' is not one of {_listed(set(_ENCODINGS.values()))}.")
    return known


def _date_order(saved: Any) -> DateOrder:
    for order in get_args(DateOrder):
        if saved == order:
            return order
    raise FileRefused(f"The mapping file's date_order '{saved}' is not one of {_listed(set(get_args(DateOrder)))}.")


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names))
