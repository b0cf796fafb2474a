"""Alembic's environment: migrations run as the owner, under a lock timeout, all or nothing."""

from typing import Any

from alembic import context
from flask import current_app
from sqlalchemy import create_engine, pool, text

from licensing.db import db

# A migration that cannot have its lock at once gives way to the people at work, and is run again later.
LOCK_TIMEOUT = "5s"


def include_object(_item: Any, name: str | None, kind: str, reflected: bool, _compared: Any) -> bool:
    """Whether a table is ours to compare with the models: the queue's are its library's own."""
    return not (kind == "table" and reflected and str(name).startswith(("alembic_version", "procrastinate_")))


def run() -> None:
    engine = create_engine(current_app.config["DATABASE_OWNER_URL"], poolclass=pool.NullPool)
    with engine.connect() as connection:
        connection.execute(text(f"SET lock_timeout = '{LOCK_TIMEOUT}'"))
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            include_object=include_object,
            compare_type=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
