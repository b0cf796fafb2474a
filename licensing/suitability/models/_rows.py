"""What rows of this room share: words sealed to the row, and a later row that stands in an earlier one's place."""

from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from licensing.db import Moment
from licensing.sealing import opened

Sealed = Mapped[bytes]
SealedOrNot = Mapped[bytes | None]


def sealed_column(**options: Any) -> Any:
    return mapped_column(LargeBinary, **options)


class HoldsWords:
    """A row with narrative: kept sealed, so that a copy of the database tells nothing."""

    __tablename__: str
    id: Any

    def opened(self, column: str) -> str:
        """The words that were sealed in a column; "" where there are none."""
        return opened(self, column)


class Superseded:
    """A row that is put right by another: it stays as it was recorded."""

    supersedes_id: Mapped[UUID | None]
    superseded_at: Mapped[Moment | None]
