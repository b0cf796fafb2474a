"""Bringing a file in: staged with its preview, then applied as a whole, in one transaction, or not at all.

Applying plans again from the staged rows. If the register has changed in between so that the plan is another
one, nothing is written and the new preview is shown: what was seen is what is done.
"""

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from flask import current_app
from sqlalchemy.dialects.postgresql import insert

from licensing import dates, jobs
from licensing.accounts.acting import ActingUser
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.imports import queries
from licensing.imports.existing import known_drivers, known_places
from licensing.imports.headings import Layout
from licensing.imports.limits import Limits
from licensing.imports.mapping import AS_WRITTEN, FileMapping
from licensing.imports.models import Import, ImportChunk
from licensing.imports.plan import Plan
from licensing.imports.plan_drivers import plan_drivers
from licensing.imports.plan_fhrs import plan_fhrs
from licensing.imports.reading import read_table
from licensing.imports.refused import FileRefused
from licensing.imports.rows_drivers import driver_rows
from licensing.imports.rows_fhrs import HOTEL, fhrs_rows, item_count_warning
from licensing.imports.rules import ImportKind, ImportStatus
from licensing.imports.tables import Row, Table
from licensing.references import new_reference
from licensing.register import queries as register
from licensing.register.changes import NOT_ISSUED_HERE
from licensing.register.jobs import renew_name_statistics
from licensing.register.models import Freshness

_ROWS_A_CHUNK = 500

# What licensing/dates.py says of a date like 03/25/1985.
MONTH_FIRST = "writes the month first"
READ_DAY_FIRST = (
    "Some dates in this file can only be month first, so the others may be too, and those were read day first. "
    "Look at them before you go on; if the file writes the month first, bring it in again and say so."
)

CHANGED_MEANWHILE = (
    "Your register has changed since this preview was made, so nothing was brought in. "
    "This is the preview as it is now: look at it, then apply it."
)


@dataclass(frozen=True)
class Options:
    """How the file is to be read."""

    mapping: FileMapping = AS_WRITTEN
    business_types: tuple[int, ...] = (HOTEL,)

    def as_kept(self) -> dict[str, Any]:
        return {"mapping": asdict(self.mapping), "business_types": list(self.business_types)}

    @classmethod
    def from_kept(cls, kept: dict[str, Any]) -> "Options":
        return cls(FileMapping(**kept["mapping"]), tuple(kept["business_types"]))


def plan_file(user: ActingUser, path: Path, kind: ImportKind, options: Options, limits: Limits) -> tuple[Plan, Table]:
    """What the file would do. Raises FileRefused with words for the officer."""
    table = read_table(path, kind.value, limits, options.mapping)
    return make_plan(user, table, kind, options), table


def make_plan(user: ActingUser, table: Table, kind: ImportKind, options: Options) -> Plan:
    """The one way from rows to a plan, for preview, command and application alike."""
    keys, today = current_app.config["KEYS"], dates.today()
    if kind is ImportKind.DRIVERS:
        if not register.licenses_drivers(user.authority.id):
            raise FileRefused(NOT_ISSUED_HERE.format(user.authority.name))
        rows = driver_rows(table, options.mapping, today)
        plan = plan_drivers(rows, known_drivers(today), keys, user.authority.id)
    else:
        extracted_on = _extracted_on(table)
        establishments = fhrs_rows(table, options.business_types)
        plan = plan_fhrs(establishments, known_places(), user.authority.id, user.authority.name, extracted_on)
        plan.warnings += [warning] if (warning := item_count_warning(table.facts, plan.rows)) else []
    if any(MONTH_FIRST in rejection.reason for rejection in plan.rejected):
        plan.warnings.insert(0, READ_DAY_FIRST)
    plan.warnings[:0] = table.warnings
    return plan


def _extracted_on(table: Table) -> date:
    try:
        return date.fromisoformat(table.facts.get("ExtractDate", ""))
    except ValueError as error:
        raise FileRefused("The file does not say when it was extracted (ExtractDate).") from error


def stage(
    user: ActingUser, path: Path, file_name: str, kind: ImportKind, options: Options, limits: Limits
) -> tuple[UUID, Plan]:
    """Read and plan a file, keep its rows sealed, and return what would happen. Raises FileRefused."""
    plan, table = plan_file(user, path, kind, options, limits)
    sha256 = file_hash(path)
    staged = Import(
        id=uuid4(),
        authority_id=user.authority.id,
        reference=new_reference("IM"),
        kind=kind,
        status=ImportStatus.STAGED,
        file_name=file_name,
        sha256=sha256,
        options={
            **options.as_kept(),
            "layout": asdict(table.layout),
            "facts": dict(table.facts),
            "warnings": list(table.warnings),
        },
        receipt=plan.receipt(file_name, sha256, kind.value, user.authority.code),
        changed_rows=plan.changed_rows(),
        fingerprint=plan.fingerprint(),
        staged_by=user.id,
    )
    db.session.add(staged)
    db.session.flush()
    _keep_rows(staged, table.rows)
    audit.record(Action.IMPORT_STAGED, ObjectKind.IMPORT, staged.id, details=_counts(staged.receipt))
    return staged.id, plan


def apply(user: ActingUser, import_id: UUID, plan: Plan | None = None) -> None:
    """Carry a staged import out. Raises RuleBroken when it was done before, or would now do something else."""
    staged = queries.import_for_update(import_id)
    _refuse_settled(staged)
    plan = plan or make_plan(user, staged_table(staged), staged.kind, Options.from_kept(_read_options(staged)))
    if plan.fingerprint() != staged.fingerprint:
        staged.receipt = plan.receipt(staged.file_name, staged.sha256, staged.kind.value, user.authority.code)
        staged.changed_rows, staged.fingerprint = plan.changed_rows(), plan.fingerprint()
        raise RuleBroken(CHANGED_MEANWHILE)
    plan.steps.apply()
    staged.status, staged.applied_at = ImportStatus.APPLIED, db.func.now()
    _note_freshness(user, staged.kind)
    if staged.kind is ImportKind.DRIVERS:
        jobs.defer(renew_name_statistics)
    audit.record(Action.IMPORT_APPLIED, ObjectKind.IMPORT, staged.id, details=_counts(staged.receipt))
    db.session.flush()


def abandon(import_id: UUID) -> None:
    """Let a staged import go; it is kept as a record that it was not applied. RuleBroken when it was applied."""
    staged = queries.import_for_update(import_id)
    _refuse_settled(staged)
    staged.status = ImportStatus.ABANDONED


def _refuse_settled(staged: Import) -> None:
    if staged.status is ImportStatus.APPLIED:
        raise RuleBroken("This file was brought in already. Nothing was done again.")
    if staged.status is ImportStatus.ABANDONED:
        raise RuleBroken("This file was let go, so nothing of it was brought in. Upload it again to bring it in.")


def staged_table(staged: Import) -> Table:
    """The staged rows, as if the file were read again."""
    kept = staged.options
    return Table(Layout(**kept["layout"]), _StagedRows(staged.id), kept["facts"], tuple(kept["warnings"]))


def file_hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class _StagedRows:
    """The rows of a staged import, opened chunk by chunk each time they are iterated."""

    def __init__(self, import_id: UUID) -> None:
        self.import_id = import_id

    def __iter__(self) -> Iterator[Row]:
        for chunk in queries.chunks(self.import_id):
            plain = current_app.config["KEYS"].open(chunk.sealed, "import_chunk", "sealed", chunk.id)
            for number, cells in json.loads(zlib.decompress(plain)):
                yield Row(number, cells)


def _keep_rows(staged: Import, rows: Iterable[Row]) -> None:
    keys, remaining = current_app.config["KEYS"], iter(rows)
    for number in range(1_000_000):
        some = list(islice(remaining, _ROWS_A_CHUNK))
        if not some:
            return
        row_id = uuid4()
        plain = zlib.compress(json.dumps(some).encode(), level=1)
        db.session.add(
            ImportChunk(
                id=row_id,
                authority_id=staged.authority_id,
                import_id=staged.id,
                number=number,
                sealed=keys.seal(plain, "import_chunk", "sealed", row_id),
            )
        )
        db.session.flush()
        db.session.expunge_all()


def _read_options(staged: Import) -> dict[str, Any]:
    return {"mapping": staged.options["mapping"], "business_types": staged.options["business_types"]}


def _note_freshness(user: ActingUser, kind: ImportKind) -> None:
    """From when a check's receipt says the register is."""
    renewed = insert(Freshness).values(authority_id=user.authority.id, kind=kind.value)
    db.session.execute(
        renewed.on_conflict_do_update(
            index_elements=[Freshness.authority_id, Freshness.kind], set_={"imported_at": db.func.now()}
        )
    )


def _counts(receipt: dict[str, Any]) -> dict[str, Any]:
    counted = ("kind", "rows", "accepted", "left_out", "new", "changed", "unchanged")
    return {**{name: receipt[name] for name in counted}, "rejected": len(receipt["rejected"])}
