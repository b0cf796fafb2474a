"""The commands that renew the field keys."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import click
from flask import current_app
from flask.cli import with_appcontext
from rich.console import Console
from rich.progress import Progress
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from licensing import keys as field_keys
from licensing.accounts.models import Authority
from licensing.administration.key_rotation import count_left, count_sealed, seal_anew
from licensing.audit.models import AuditEntry
from licensing.audit.rules import Action
from licensing.keys import FieldKeys
from licensing.setup import owner_session


@click.group("keys")
def keys() -> None:
    """The keys with which fields are encrypted."""


@keys.command("rotate")
@with_appcontext
def rotate() -> None:
    """Make a new field key and seal everything with it; or go on where this was broken off. Others keep working."""
    ring: FieldKeys = current_app.config["KEYS"]
    with owner_session() as session:
        if len(ring.sealing) == 1:  # else a rotation is under way, or finished and the older key not dropped yet
            ring = _with_new_key(ring)
        left = count_left(session, ring)
        with Progress(console=(console := Console(stderr=True)), disable=not console.is_terminal) as bar:
            task = bar.add_task("Sealing anew", total=left)
            seal_anew(session, ring, lambda rows: bar.advance(task, rows))
        _record(session, {"newest": ring.newest, "sealed_anew": left})
        session.commit()
    older = ", ".join(str(number) for number in sorted(ring.sealing) if number != ring.newest)
    click.echo(f"Sealed {left:,} values with key {ring.newest}. Restart every process, then: keys drop {older}")


def _with_new_key(ring: FieldKeys) -> FieldKeys:
    """The keys with one more, where they are kept in a file; elsewhere the operator puts it in place first."""
    text = ring.with_new_key()
    file: Path | None = current_app.config.get("FIELD_KEYS_FILE")
    if file is None:
        raise click.ClickException(f"Set FIELD_KEYS to this, restart every process, and run the command again:\n{text}")
    field_keys.keep(file, text)
    return FieldKeys.parse(text)


@keys.command("drop")
@click.argument("number", type=int)
@click.option("--restarted", is_flag=True, help="Every process was restarted since the new key was made.")
@with_appcontext
def drop(number: int, restarted: bool) -> None:
    """Forget an older key with which nothing is sealed any more."""
    ring: FieldKeys = current_app.config["KEYS"]
    if number not in ring.sealing or number == ring.newest:
        raise click.ClickException(f"Key {number} is not an older key. The newest is {ring.newest}.")
    if not restarted:
        raise click.ClickException(
            "A process that runs since before could still seal with it: restart all, then add --restarted."
        )
    with owner_session() as session:
        if left := count_sealed(session, number):
            raise click.ClickException(f"{left:,} values are sealed with key {number}. First: keys rotate")
        _record(session, {"dropped": number})
        session.commit()
    text = ring.without_key(number)
    file: Path | None = current_app.config.get("FIELD_KEYS_FILE")
    if file is None:
        click.echo(f"Nothing is sealed with key {number}. Set FIELD_KEYS to this and restart:\n{text}")
        return
    field_keys.keep(file, text)
    click.echo(
        f"Key {number} is forgotten. Backups made before today can be read with it alone: keep a copy with them."
    )


def _record(session: Session, details: dict[str, Any]) -> None:
    """In the trail of every council, since everybody's records are sealed with the same keys."""
    entries = [
        {
            "id": uuid4(),
            "authority_id": authority_id,
            "action": Action.KEYS_ROTATED,
            "category": Action.KEYS_ROTATED.category,
            "details": details,
        }
        for authority_id in session.scalars(select(Authority.id).order_by(Authority.code))
    ]
    session.execute(insert(AuditEntry).inline(), entries)
