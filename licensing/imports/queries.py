"""Imports of the acting authority, and their staged rows."""

from collections.abc import Iterator
from uuid import UUID

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import exists, select

from licensing.accounts.models import User
from licensing.db import db
from licensing.imports.models import Import, ImportChunk

PER_PAGE = 25


def import_exists(import_id: UUID) -> bool:
    return bool(db.session.scalar(select(exists().where(Import.id == import_id))))


def one_import(import_id: UUID) -> Import:
    return db.session.get_one(Import, import_id)


def import_of_reference(reference: str) -> Import | None:
    """The acting authority's import of this reference, in capital letters."""
    return db.session.scalar(select(Import).where(Import.reference == reference))


def import_for_update(import_id: UUID) -> Import:
    """The import, locked: two officers cannot apply it at once."""
    return db.session.scalars(select(Import).where(Import.id == import_id).with_for_update()).one()


def imports_page(page: int) -> Pagination:
    """The authority's imports, newest first."""
    found = select(Import).order_by(Import.staged_at.desc(), Import.id)
    return db.paginate(found, page=page, per_page=PER_PAGE, error_out=False)


def staged_by(one: Import) -> str:
    return db.session.scalar(select(User.name).where(User.id == one.staged_by)) or "A former user"


def chunks(import_id: UUID) -> Iterator[ImportChunk]:
    """The sealed rows in the order of the file, one chunk in memory at a time."""
    for chunk_id in db.session.scalars(
        select(ImportChunk.id).where(ImportChunk.import_id == import_id).order_by(ImportChunk.number)
    ).all():
        chunk = db.session.get_one(ImportChunk, chunk_id)
        yield chunk
        db.session.expunge(chunk)
