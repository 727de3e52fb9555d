"""First tables: resources with their revisions, pictures, the outbox."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(length=40)  # one of a fixed list that the product keeps, not the database
CODE = sa.String(length=60)
ULID = sa.String(length=26)
PUBLISHED = sa.text("state = 'published'")


def upgrade() -> None:
    """Make every table."""
    _outbox()
    _pictures()
    _resources()
    _revisions()
    _parts_of_revisions()


def downgrade() -> None:
    """Drop every table."""
    for table in (
        "revision_terms",
        "revision_tags",
        "revision_pictures",
        "revisions",
        "former_slugs",
        "resources",
        "pictures",
        "outbox",
    ):
        op.drop_table(table)


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("follower", WORD, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("subject_id", ULID, nullable=False),
        sa.Column("happened_at", MOMENT, nullable=False),
        sa.Column("handled_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
    )
    op.create_index("ix_outbox_waiting", "outbox", ["follower", "handled_at", "id"])


def _pictures() -> None:
    op.create_table(
        "pictures",
        sa.Column("name", sa.String(length=150), nullable=False),
        sa.Column("media_type", WORD, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_pictures"),
        sa.UniqueConstraint("sha256", name="uq_pictures_sha256"),
    )


def _resources() -> None:
    op.create_table(
        "resources",
        sa.Column("id", ULID, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("loaded_from", sa.String(length=1000)),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_resources"),
        sa.UniqueConstraint("slug", name="uq_resources_slug"),
    )
    op.create_index("ix_resources_loaded_from", "resources", ["loaded_from"])
    op.create_table(
        "former_slugs",
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("resource_id", ULID, nullable=False),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resources.id"], name="fk_former_slugs_resource_id_resources"
        ),
        sa.PrimaryKeyConstraint("slug", name="pk_former_slugs"),
    )
    op.create_index("ix_former_slugs_resource_id", "former_slugs", ["resource_id"])


def _revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("resource_id", ULID, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("published_at", MOMENT),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("notice", sa.Text, nullable=False),
        sa.Column("body_markdown", sa.Text, nullable=False),
        sa.Column("audience", WORD, nullable=False),
        sa.Column("region", CODE, nullable=False),
        sa.Column("authority", CODE),
        sa.Column("school", sa.String(length=200)),
        sa.Column("evidence_grade", CODE),
        sa.Column("evidence_measure", sa.Text),
        sa.Column("evidence_cohort", CODE),
        sa.Column("evidence_cost", CODE),
        sa.Column("learning_type", CODE),
        sa.Column("duration_minutes", sa.Integer),
        sa.Column("provider", sa.String(length=200)),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("licence", CODE),
        sa.Column("published_on", sa.Date),
        sa.Column("review_by", sa.Date),
        sa.Column("extra_yaml", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resources.id"], name="fk_revisions_resource_id_resources"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
        sa.UniqueConstraint("resource_id", "number", name="uq_revisions_resource_number"),
    )
    for column in ("authority", "region", "resource_id", "state"):
        op.create_index(f"ix_revisions_{column}", "revisions", [column])
    op.create_index(
        "ix_revisions_one_published",
        "revisions",
        ["resource_id"],
        unique=True,
        sqlite_where=PUBLISHED,
        postgresql_where=PUBLISHED,
    )


def _parts_of_revisions() -> None:
    _part("pictures", sa.Column("picture_name", sa.String(length=150), nullable=False))
    _part("tags", sa.Column("tag", sa.String(length=100), nullable=False))
    _part(
        "terms",
        sa.Column("facet", WORD, nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
    )


def _part(name: str, *keys: sa.Column) -> None:
    table = f"revision_{name}"
    rest: list = [sa.Column("position", sa.Integer, nullable=False)]
    if name == "pictures":
        to_pictures = "fk_revision_pictures_picture_name_pictures"
        rest = [sa.ForeignKeyConstraint(["picture_name"], ["pictures.name"], name=to_pictures)]
    op.create_table(
        table,
        sa.Column("revision_id", sa.Integer, nullable=False),
        *keys,
        *rest,
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revisions.id"], name=f"fk_{table}_revision_id_revisions"
        ),
        sa.PrimaryKeyConstraint("revision_id", *(key.name for key in keys), name=f"pk_{table}"),
    )
