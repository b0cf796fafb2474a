"""What the driver check compares."""

from datetime import date
from uuid import UUID

from sqlalchemy import BigInteger, Integer, LargeBinary, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from licensing.db import Base, RecordedAt
from licensing.register.models._belonging import belongs_to


class PersonMatch(Base):
    """What the driver check compares, kept with the names, dates and identifiers it is made from."""

    __tablename__ = "person_match"
    __table_args__ = (belongs_to("person", "person_id"),)

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    authority_id: Mapped[UUID]
    names: Mapped[list[str]] = mapped_column(ARRAY(Text))
    date_of_birth: Mapped[date | None]
    postcodes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    identifiers: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))
    keys: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))


class MatchKey(Base):
    """A keyed hash under which a person is found. Read and written by the database's own functions only.

    Without a foreign key: the procedure that writes it has looked the person up, and there are many keys.
    """

    __tablename__ = "match_key"
    key: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    authority_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(primary_key=True)


class MatchStatistics(Base):
    """How common names, dates and postcodes are on all the registers together: keyed hashes and counts, one row."""

    __tablename__ = "match_statistics"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    gathered_at: Mapped[RecordedAt]
    kept: Mapped[bytes] = mapped_column(LargeBinary)
