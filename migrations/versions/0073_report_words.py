"""What a designated officer writes of a year beside its figures: themes, training, and what is planned.

Read and written by the office, once a look at its lists is committed; a change is one more row.
"""

import sqlalchemy as sa
from alembic import op

from licensing.row_security import protect

revision: str = "0073"
down_revision: str | None = "0072"

OFFICE = "authority_id = (SELECT acting_authority('allegations.work'))"


def upgrade() -> None:
    op.create_table(
        "lado_report_words",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("authority_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("themes_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("training_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("planned_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("changed_by", sa.Uuid(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.ForeignKeyConstraint(["authority_id"], ["authority.id"], name=op.f("fk_lado_report_words_authority_id")),
        sa.ForeignKeyConstraint(["changed_by"], ["user_account.id"], name=op.f("fk_lado_report_words_changed_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lado_report_words")),
        sa.UniqueConstraint("authority_id", "year", "version", name="uq_lado_report_words_authority_id_year_version"),
    )
    protect("lado_report_words", select=f"{OFFICE} AND (SELECT has_listed('allegation'))", insert=OFFICE)
    op.execute(
        "CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON lado_report_words"
        " FOR EACH ROW EXECUTE FUNCTION stamp_row('changed_by', 'changed_at')"
    )
