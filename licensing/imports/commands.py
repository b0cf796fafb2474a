"""The import as a command: the same plan, preview and receipt as on the web."""

import gc
import json
import sys
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from rich.console import Console

from licensing.accounts.acting import ActingUser
from licensing.accounts.commands import on_behalf_of
from licensing.audit import changes as audit
from licensing.audit.rules import Action, ObjectKind
from licensing.db import db
from licensing.errors import RuleBroken
from licensing.imports import changes, limits, mapping, queries
from licensing.imports.options import Options
from licensing.imports.plan import Plan
from licensing.imports.refused import FileRefused
from licensing.imports.rows_fhrs import HOTEL
from licensing.imports.rules import ImportKind
from licensing.imports.whose import permission_for
from licensing.register import statistics
from licensing.setup import owner_session

ALL_ACCEPTED, NOTHING_IMPORTED, SOME_REJECTED = 0, 2, 3


@click.command("import")
@click.argument("kind", type=click.Choice([kind.value for kind in ImportKind]))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--authority", "code", required=True, help="The council's GSS code.")
@click.option("--as", "email", required=True, help="On whose behalf: the trail shows it.")
@click.option("--mapping", "mapping_file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--business-type", "business_types", type=int, multiple=True, default=(HOTEL,), show_default=True)
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@click.option("--receipt", "receipt_file", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def bring_in(
    kind: str,
    file: Path,
    code: str,
    email: str,
    mapping_file: Path | None,
    business_types: tuple[int, ...],
    dry_run: bool,
    receipt_file: Path | None,
) -> None:
    """Bring in a file. Exit 0: all rows accepted; 3: some rejected; 2: nothing imported."""
    try:
        if not file.is_file():
            raise FileRefused(f"There is no file at {file}.")
        options = Options(_mapping(mapping_file), business_types)
        with on_behalf_of(email) as user:
            _check_authority(user, code, ImportKind(kind))
            receipt = _run(user, file, ImportKind(kind), options, dry_run)
    except FileRefused as refused:
        click.echo(f"Nothing was imported. {refused.message}", err=True)
        sys.exit(NOTHING_IMPORTED)
    except (click.ClickException, RuleBroken) as refused:
        click.echo(f"Nothing was imported. {refused.message}", err=True)
        sys.exit(NOTHING_IMPORTED)
    if receipt_file:
        receipt_file.write_text(json.dumps(receipt, indent=1))
    _say(receipt, dry_run)
    if receipt["accepted"] == 0:
        sys.exit(NOTHING_IMPORTED)
    sys.exit(SOME_REJECTED if receipt["rejected"] else ALL_ACCEPTED)


def _mapping(file: Path | None) -> mapping.FileMapping:
    if file is None:
        return mapping.AS_WRITTEN
    try:
        return mapping.from_json(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as problem:
        raise FileRefused("The mapping file is not in UTF-8.") from problem


def _check_authority(user: ActingUser, code: str, kind: ImportKind) -> None:
    if user.authority.code != code.upper():
        raise click.ClickException(f"{user.email} acts for {user.authority.code}, not for {code}.")
    if not user.may(permission_for(kind)):
        raise click.ClickException(f"{user.email} may not bring files in of the kind {kind.value}.")


def _run(user: ActingUser, file: Path, kind: ImportKind, options: Options, dry_run: bool) -> dict[str, Any]:
    """Plan, and unless it is a dry run stage and apply in one transaction; returns the receipt."""
    gc.disable()  # millions of plain rows hold no cycles, and looking for them takes a fifth of the time
    with Console(stderr=True).status("Reading the file"):
        if dry_run:
            plan, _ = changes.plan_file(user, file, kind, options, limits.COMMAND)
            return _receipt(plan, file, kind, user)
        audit.record_alone(Action.COMMAND_STARTED, ObjectKind.IMPORT, details={"kind": kind.value})
        queries.lock_register(user.authority.id)
        import_id, plan = changes.stage(user, file, file.name, kind, options, limits.COMMAND)
    with Console(stderr=True).status(f"Bringing in {len(plan.outcomes):,} rows"):
        if plan.outcomes:
            changes.apply(user, import_id, plan, counts_later=False)
        db.session.commit()
        if plan.outcomes and kind.brings_people:
            _count_names()
    return _receipt(plan, file, kind, user)


def _count_names() -> None:
    """At once, since no worker need be running where the command is: what checks people next weighs them rightly."""
    with owner_session() as session:
        statistics.gather(session, current_app.config["KEYS"])
        session.commit()


def _receipt(plan: Plan, file: Path, kind: ImportKind, user: ActingUser) -> dict[str, Any]:
    return plan.receipt(file.name, changes.file_hash(file), kind.value, user.authority.code)


def _say(receipt: dict[str, Any], dry_run: bool) -> None:
    verb = "would be" if dry_run else "were"
    click.echo(
        f"{receipt['rows']:,} rows: {receipt['accepted']:,} {verb} accepted ({receipt['new']:,} new, "
        f"{receipt['changed']:,} changed, {receipt['unchanged']:,} unchanged), {receipt['left_out']:,} left out, "
        f"{len({one['row'] for one in receipt['rejected']}):,} rejected."
    )
    for one in receipt["rejected"][:20]:
        click.echo(f"  row {one['row']}, {one['column']}: {one['reason']}")
