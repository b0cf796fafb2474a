"""Imports of the acting authority, and their staged rows."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import exists, func, select

from licensing.accounts.models import User
from licensing.db import db
from licensing.imports.models import Import, ImportChunk
from licensing.imports.rules import ImportKind, ImportStatus
from licensing.imports.units import unpacked

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


def lock_register(authority_id: UUID) -> None:
    """Until the end of the transaction no other file of this authority is brought in: it waits."""
    db.session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(authority_id), 0))))


def last_units(kind: ImportKind) -> set[UUID]:
    """What the file of this kind that was brought in last had of the register."""
    last = select(Import.seen).where(Import.kind == kind, Import.status == ImportStatus.APPLIED)
    return set(unpacked(db.session.scalar(last.order_by(Import.applied_at.desc(), Import.id).limit(1)) or b""))


def imports_page(page: int, kind: ImportKind | None = None) -> Pagination:
    """The authority's imports, of one kind or of all, newest first."""
    found = select(Import).order_by(Import.staged_at.desc(), Import.id)
    if kind:
        found = found.where(Import.kind == kind)
    return db.paginate(found, page=page, per_page=PER_PAGE, error_out=False)


def staged_by(imports: Iterable[Import]) -> dict[UUID, str]:
    """Who uploaded each of them, by the user's id."""
    ids = {one.staged_by for one in imports}
    names = {row.id: row.name for row in db.session.execute(select(User.id, User.name).where(User.id.in_(ids)))}
    return {id_: names.get(id_, "A former user") for id_ in ids}


def chunks(import_id: UUID) -> Iterator[ImportChunk]:
    """The sealed rows in the order of the file, one chunk in memory at a time."""
    for chunk_id in db.session.scalars(
        select(ImportChunk.id).where(ImportChunk.import_id == import_id).order_by(ImportChunk.number)
    ).all():
        chunk = db.session.get_one(ImportChunk, chunk_id)
        yield chunk
        db.session.expunge(chunk)
