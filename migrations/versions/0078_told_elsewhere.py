"""What papers told is held against each other, whoever told it; and answers to the public are kept as they were given.

A district's own papers, the county's and answers under freedom of information tell numbers of the same people. One
function gives what each of them told, for the councils of whoever asks. Allegations are counted over the twelve months
to the end of a quarter, no more over years to 31 March: they are told to the nearest five, so that what one quarter
takes from another is no count.
"""

from pathlib import Path

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from licensing.row_security import allow_call, protect, within

revision: str = "0078"
down_revision: str | None = "0077"


def upgrade() -> None:
    keep_answers()
    op.execute(Path(__file__).with_suffix(".sql").read_text(encoding="utf-8"))
    allow_call("figures_told(text[], uuid)")
    count_to_the_end_of_a_quarter("figures_of_allegations")


def keep_answers() -> None:
    op.create_table(
        "answer_given",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("tables", postgresql.JSONB(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint("until_on > from_on", name=op.f("ck_answer_given_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_answer_given_authority_id")),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_answer_given_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_given")),
    )
    op.create_index("ix_answer_given_authority_id_at", "answer_given", ["authority_id", "at"])
    op.create_index("ix_answer_given_by_id", "answer_given", ["by_id"])
    op.execute(
        "CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON answer_given"
        " FOR EACH ROW EXECUTE FUNCTION stamp_row('by_id', 'at')"
    )
    own = within("returns.make")
    protect("answer_given", select=own, insert=own)


def count_to_the_end_of_a_quarter(name: str) -> None:
    """The same function, word for word, of the twelve months to the end of the last quarter."""
    found = sa.text("SELECT pg_get_functiondef(CAST(:name AS regproc))")
    definition = str(op.get_bind().scalar(found, {"name": name}))
    of_the_year = """,
            (make_date(extract(year FROM d.last_day + 1 - interval '3 months')::int, 4, 1) - 1) AS year_end"""
    if definition.count(of_the_year) != 1:
        raise RuntimeError(f"{name} does not count as it did")
    changed = definition.replace(of_the_year, "").replace("k.year_end", "k.quarter_end")
    op.get_bind().exec_driver_sql(changed)
