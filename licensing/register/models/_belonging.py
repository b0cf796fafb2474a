"""How a row hangs under another of the same authority."""

from sqlalchemy import ForeignKeyConstraint


def belongs_to(parent: str, column: str) -> ForeignKeyConstraint:
    """A child belongs to a parent of its own authority: a row can never be hung under another's."""
    return ForeignKeyConstraint([column, "authority_id"], [f"{parent}.id", f"{parent}.authority_id"])
