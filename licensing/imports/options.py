"""How a file is to be read."""

from dataclasses import asdict, dataclass
from typing import Any

from licensing.imports.mapping import AS_WRITTEN, FileMapping
from licensing.imports.rows_fhrs import HOTEL


@dataclass(frozen=True)
class Options:
    """What its headings mean and how it writes; and of a food hygiene file, which kinds of business are wanted."""

    mapping: FileMapping = AS_WRITTEN
    business_types: tuple[int, ...] = (HOTEL,)

    def as_kept(self) -> dict[str, Any]:
        return {"mapping": asdict(self.mapping), "business_types": list(self.business_types)}

    @classmethod
    def from_kept(cls, kept: dict[str, Any]) -> "Options":
        return cls(FileMapping(**kept["mapping"]), tuple(kept["business_types"]))
