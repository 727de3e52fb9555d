"""Tags, terms, collections, shares, follows, adoptions, lineage, questions, concerns."""

import sqlalchemy as sa
from alembic import op

from app.domain.tags import slug_of_tag

revision = "0003"
down_revision = "0002"

MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(length=40)  # one of a fixed list that the product keeps, not the database
CODE = sa.String(length=60)
ULID = sa.String(length=26)
NEW_TABLES = (
    "tags",
    "resource_tags",
    "tag_changes",
    "term_changes",
    "collections",
    "collection_sections",
    "collection_items",
    "collection_curators",
    "collection_versions",
    "former_collection_slugs",
    "people_groups",
    "group_members",
    "shares",
    "share_links",
    "follows",
    "digest_choices",
    "digests",
    "digested_things",
    "saved",
    "readings",
    "history_off",
    "adoptions",
    "evaluations",
    "lineages",
    "questions",
    "answers",
    "concerns",
)


def upgrade() -> None:
    """Make the tables, and let a revision say what it was built on."""
    op.add_column("revisions", sa.Column("adapted_from", ULID))
    op.add_column(
        "revisions", sa.Column("attribution", sa.Text, nullable=False, server_default="")
    )
    op.create_index("ix_revisions_adapted_from", "revisions", ["adapted_from"])
    _tags()
    _collections()
    _shares()
    _follows()
    _adoptions()
    _questions()


def downgrade() -> None:
    """Drop the tables, those that name others first."""
    for table in reversed(NEW_TABLES):
        op.drop_table(table)
    op.drop_index("ix_revision_tags_slug", "revision_tags")
    op.drop_column("revision_tags", "slug")
    op.drop_index("ix_revisions_adapted_from", "revisions")
    with op.batch_alter_table("revisions") as revisions:
        revisions.drop_column("attribution")
        revisions.drop_column("adapted_from")


def _tags() -> None:
    op.create_table(
        "tags",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("slug", sa.String(length=100), nullable=False),
        sa.Column("label", sa.String(length=100), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("merged_into_id", sa.Integer),
        sa.Column("retired_at", MOMENT),
        sa.Column("hidden_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["tags.id"], name="fk_tags_merged_into_id_tags"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_tags"),
        sa.UniqueConstraint("slug", name="uq_tags_slug"),
    )
    op.create_index("ix_tags_merged_into_id", "tags", ["merged_into_id"])
    op.create_table(
        "resource_tags",
        sa.Column("resource_id", ULID, nullable=False),
        sa.Column("tag_id", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer),
        sa.Column("tagged_at", MOMENT, nullable=False),
        sa.Column("taken_off_at", MOMENT),
        sa.Column("hidden_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_resource_tags_person_id_people"
        ),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resources.id"], name="fk_resource_tags_resource_id_resources"
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name="fk_resource_tags_tag_id_tags"),
        sa.PrimaryKeyConstraint("resource_id", "tag_id", name="pk_resource_tags"),
    )
    op.create_index("ix_resource_tags_person_id", "resource_tags", ["person_id"])
    op.create_index("ix_resource_tags_tag_id", "resource_tags", ["tag_id"])
    op.create_table(
        "tag_changes",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("step", WORD, nullable=False),
        sa.Column("tag_id", sa.Integer, nullable=False),
        sa.Column("into_id", sa.Integer),
        sa.Column("before_json", sa.Text, nullable=False),
        sa.Column("region", CODE),
        sa.Column("person_id", sa.Integer),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("undone_at", MOMENT),
        sa.ForeignKeyConstraint(["into_id"], ["tags.id"], name="fk_tag_changes_into_id_tags"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_tag_changes_person_id_people"
        ),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name="fk_tag_changes_tag_id_tags"),
        sa.PrimaryKeyConstraint("id", name="pk_tag_changes"),
    )
    _slugs_of_writers_tags()
    op.create_index("ix_tag_changes_region", "tag_changes", ["region"])
    op.create_index("ix_tag_changes_tag_id", "tag_changes", ["tag_id"])
    op.create_table(
        "term_changes",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("vocabulary", CODE, nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("before_json", sa.Text, nullable=False),
        sa.Column("after_json", sa.Text, nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("undone_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_term_changes_person_id_people"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_term_changes"),
    )
    op.create_index("ix_term_changes_vocabulary", "term_changes", ["vocabulary"])


def _slugs_of_writers_tags() -> None:
    """Say of each writer's own tag by which slug its spellings meet."""
    slug = sa.Column("slug", sa.String(length=100), nullable=False, server_default="")
    op.add_column("revision_tags", slug)
    held = sa.table("revision_tags", sa.column("tag"), sa.column("slug"))
    bind = op.get_bind()
    for (tag,) in bind.execute(sa.select(held.c.tag).distinct()).all():
        bind.execute(sa.update(held).where(held.c.tag == tag).values(slug=slug_of_tag(tag)))
    op.create_index("ix_revision_tags_slug", "revision_tags", ["slug"])


def _collections() -> None:
    op.create_table(
        "collections",
        sa.Column("id", ULID, nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("state", WORD, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("introduction", sa.Text, nullable=False),
        sa.Column("notice", sa.Text, nullable=False),
        sa.Column("audience", WORD, nullable=False),
        sa.Column("region", CODE),
        sa.Column("authority", CODE),
        sa.Column("school", sa.String(length=200)),
        sa.Column("school_id", sa.Integer),
        sa.Column("owner_id", sa.Integer),
        sa.Column("cover_name", sa.String(length=150)),
        sa.Column("cover_text", sa.String(length=300), nullable=False),
        sa.Column("language", sa.String(length=20), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("edited_at", MOMENT, nullable=False),
        sa.Column("published_at", MOMENT),
        sa.Column("published_on", sa.Date),
        sa.Column("loaded_from", sa.String(length=1000)),
        sa.Column("extra_yaml", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["cover_name"], ["pictures.name"], name="fk_collections_cover_name_pictures"
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name="fk_collections_owner_id_people"),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name="fk_collections_school_id_schools"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_collections"),
        sa.UniqueConstraint("slug", name="uq_collections_slug"),
    )
    op.create_index("ix_collections_authority", "collections", ["authority"])
    op.create_index("ix_collections_loaded_from", "collections", ["loaded_from"])
    op.create_index("ix_collections_owner_id", "collections", ["owner_id"])
    op.create_index("ix_collections_region", "collections", ["region"])
    op.create_index("ix_collections_school_id", "collections", ["school_id"])
    op.create_index("ix_collections_state", "collections", ["state"])
    op.create_table(
        "collection_sections",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("collection_id", ULID, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["collections.id"],
            name="fk_collection_sections_collection_id_collections",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_collection_sections"),
    )
    op.create_index(
        "ix_collection_sections_collection_id", "collection_sections", ["collection_id"]
    )
    op.create_table(
        "collection_items",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("collection_id", ULID, nullable=False),
        sa.Column("section_id", sa.Integer, nullable=False),
        sa.Column("resource_id", ULID, nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("minutes", sa.Integer),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["collections.id"],
            name="fk_collection_items_collection_id_collections",
        ),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resources.id"], name="fk_collection_items_resource_id_resources"
        ),
        sa.ForeignKeyConstraint(
            ["section_id"],
            ["collection_sections.id"],
            name="fk_collection_items_section_id_collection_sections",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_collection_items"),
        sa.UniqueConstraint("collection_id", "resource_id", name="uq_collection_items_resource"),
    )
    op.create_index("ix_collection_items_collection_id", "collection_items", ["collection_id"])
    op.create_index("ix_collection_items_resource_id", "collection_items", ["resource_id"])
    op.create_index("ix_collection_items_section_id", "collection_items", ["section_id"])
    op.create_table(
        "collection_curators",
        sa.Column("collection_id", ULID, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.Column("added_by_id", sa.Integer),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["people.id"], name="fk_collection_curators_added_by_id_people"
        ),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["collections.id"],
            name="fk_collection_curators_collection_id_collections",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_collection_curators_person_id_people"
        ),
        sa.PrimaryKeyConstraint("collection_id", "person_id", name="pk_collection_curators"),
    )
    op.create_index("ix_collection_curators_person_id", "collection_curators", ["person_id"])
    op.create_table(
        "collection_versions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("collection_id", ULID, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("markdown", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["collections.id"],
            name="fk_collection_versions_collection_id_collections",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_collection_versions_person_id_people"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_collection_versions"),
        sa.UniqueConstraint("collection_id", "version", name="uq_collection_versions_version"),
    )
    op.create_index(
        "ix_collection_versions_collection_id", "collection_versions", ["collection_id"]
    )
    op.create_table(
        "former_collection_slugs",
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("collection_id", ULID, nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"],
            ["collections.id"],
            name="fk_former_collection_slugs_collection_id_collections",
        ),
        sa.PrimaryKeyConstraint("slug", name="pk_former_collection_slugs"),
    )
    op.create_index(
        "ix_former_collection_slugs_collection_id", "former_collection_slugs", ["collection_id"]
    )


def _shares() -> None:
    op.create_table(
        "people_groups",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("owner_id", sa.Integer, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["people.id"], name="fk_people_groups_owner_id_people"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_people_groups"),
    )
    op.create_index("ix_people_groups_owner_id", "people_groups", ["owner_id"])
    op.create_table(
        "group_members",
        sa.Column("group_id", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["people_groups.id"], name="fk_group_members_group_id_people_groups"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_group_members_person_id_people"
        ),
        sa.PrimaryKeyConstraint("group_id", "person_id", name="pk_group_members"),
    )
    op.create_index("ix_group_members_person_id", "group_members", ["person_id"])
    op.create_table(
        "shares",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("resource_id", ULID),
        sa.Column("collection_id", ULID),
        sa.Column("from_id", sa.Integer, nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("shared_with", WORD, nullable=False),
        sa.Column("person_id", sa.Integer),
        sa.Column("school_id", sa.Integer),
        sa.Column("authority", CODE),
        sa.Column("region", CODE),
        sa.Column("group_id", sa.Integer),
        sa.Column("shared_at", MOMENT, nullable=False),
        sa.Column("taken_back_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collections.id"], name="fk_shares_collection_id_collections"
        ),
        sa.ForeignKeyConstraint(["from_id"], ["people.id"], name="fk_shares_from_id_people"),
        sa.ForeignKeyConstraint(
            ["group_id"], ["people_groups.id"], name="fk_shares_group_id_people_groups"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_shares_person_id_people"),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resources.id"], name="fk_shares_resource_id_resources"
        ),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name="fk_shares_school_id_schools"),
        sa.PrimaryKeyConstraint("id", name="pk_shares"),
    )
    op.create_index("ix_shares_authority", "shares", ["authority"])
    op.create_index("ix_shares_collection_id", "shares", ["collection_id"])
    op.create_index("ix_shares_from_id", "shares", ["from_id"])
    op.create_index("ix_shares_group_id", "shares", ["group_id"])
    op.create_index("ix_shares_person_id", "shares", ["person_id"])
    op.create_index("ix_shares_region", "shares", ["region"])
    op.create_index("ix_shares_resource_id", "shares", ["resource_id"])
    op.create_index("ix_shares_school_id", "shares", ["school_id"])
    op.create_table(
        "share_links",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("resource_id", ULID),
        sa.Column("collection_id", ULID),
        sa.Column("made_by_id", sa.Integer, nullable=False),
        sa.Column("purpose", sa.String(length=200), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("revoked_at", MOMENT),
        sa.Column("most_uses", sa.Integer),
        sa.Column("uses", sa.Integer, nullable=False),
        sa.Column("used_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collections.id"], name="fk_share_links_collection_id_collections"
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["people.id"], name="fk_share_links_made_by_id_people"
        ),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resources.id"], name="fk_share_links_resource_id_resources"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_share_links"),
        sa.UniqueConstraint("token_hash", name="uq_share_links_token_hash"),
    )
    op.create_index("ix_share_links_collection_id", "share_links", ["collection_id"])
    op.create_index("ix_share_links_made_by_id", "share_links", ["made_by_id"])
    op.create_index("ix_share_links_resource_id", "share_links", ["resource_id"])


def _follows() -> None:
    op.create_table(
        "follows",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("key", sa.String(length=400), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("followed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_follows_person_id_people"),
        sa.PrimaryKeyConstraint("id", name="pk_follows"),
        sa.UniqueConstraint("person_id", "kind", "key", name="uq_follows_person_kind_key"),
    )
    op.create_index("ix_follows_kind_key", "follows", ["kind", "key"])
    op.create_table(
        "digest_choices",
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("rhythm", WORD, nullable=False),
        sa.Column("looked_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_digest_choices_person_id_people"
        ),
        sa.PrimaryKeyConstraint("person_id", name="pk_digest_choices"),
    )
    op.create_table(
        "digests",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("items_json", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_digests_person_id_people"),
        sa.PrimaryKeyConstraint("id", name="pk_digests"),
    )
    op.create_index("ix_digests_person_id", "digests", ["person_id"])
    op.create_table(
        "digested_things",
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("thing_id", sa.String(length=40), nullable=False),
        sa.Column("digest_id", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["digest_id"], ["digests.id"], name="fk_digested_things_digest_id_digests"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_digested_things_person_id_people"
        ),
        sa.PrimaryKeyConstraint("person_id", "thing_id", name="pk_digested_things"),
    )
    op.create_index("ix_digested_things_digest_id", "digested_things", ["digest_id"])
    op.create_table(
        "saved",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("resource_id", ULID),
        sa.Column("collection_id", ULID),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collections.id"], name="fk_saved_collection_id_collections"
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_saved_person_id_people"),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resources.id"], name="fk_saved_resource_id_resources"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_saved"),
        sa.UniqueConstraint("person_id", "collection_id", name="uq_saved_collection"),
        sa.UniqueConstraint("person_id", "resource_id", name="uq_saved_resource"),
    )
    op.create_index("ix_saved_collection_id", "saved", ["collection_id"])
    op.create_index("ix_saved_person_id", "saved", ["person_id"])
    op.create_index("ix_saved_resource_id", "saved", ["resource_id"])
    op.create_table(
        "readings",
    "history_off",
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("resource_id", ULID, nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_readings_person_id_people"),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resources.id"], name="fk_readings_resource_id_resources"
        ),
        sa.PrimaryKeyConstraint("person_id", "resource_id", name="pk_readings"),
    )
    op.create_index("ix_readings_resource_id", "readings", ["resource_id"])
    op.create_table(
        "history_off",
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_history_off_person_id_people"
        ),
        sa.PrimaryKeyConstraint("person_id", name="pk_history_off"),
    )


def _adoptions() -> None:
    op.create_table(
        "adoptions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("resource_id", ULID, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("school_id", sa.Integer, nullable=False),
        sa.Column("authority", CODE, nullable=False),
        sa.Column("region", CODE, nullable=False),
        sa.Column("stages", sa.String(length=200), nullable=False),
        sa.Column("tried_on", sa.Date, nullable=False),
        sa.Column("changes", sa.Text, nullable=False),
        sa.Column("outcome", WORD, nullable=False),
        sa.Column("would_repeat", sa.Boolean, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("edited_at", MOMENT),
        sa.Column("deleted_at", MOMENT),
        sa.Column("hidden_at", MOMENT),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_adoptions_person_id_people"),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resources.id"], name="fk_adoptions_resource_id_resources"
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name="fk_adoptions_school_id_schools"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_adoptions"),
    )
    op.create_index("ix_adoptions_authority", "adoptions", ["authority"])
    op.create_index("ix_adoptions_person_id", "adoptions", ["person_id"])
    op.create_index("ix_adoptions_region", "adoptions", ["region"])
    op.create_index("ix_adoptions_resource_standing", "adoptions", ["resource_id", "deleted_at"])
    op.create_index("ix_adoptions_school_id", "adoptions", ["school_id"])
    op.create_table(
        "evaluations",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("resource_id", ULID, nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("evaluator", sa.String(length=200), nullable=False),
        sa.Column("source", sa.String(length=1000), nullable=False),
        sa.Column("found", sa.Text, nullable=False),
        sa.Column("recorded_by_id", sa.Integer, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("removed_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["people.id"], name="fk_evaluations_recorded_by_id_people"
        ),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resources.id"], name="fk_evaluations_resource_id_resources"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_evaluations"),
    )
    op.create_index("ix_evaluations_resource_id", "evaluations", ["resource_id"])
    op.create_table(
        "lineages",
        sa.Column("resource_id", ULID, nullable=False),
        sa.Column("parent_id", ULID, nullable=False),
        sa.Column("parent_number", sa.Integer, nullable=False),
        sa.Column("begun_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resources.id"], name="fk_lineages_resource_id_resources"
        ),
        sa.PrimaryKeyConstraint("resource_id", name="pk_lineages"),
    )
    op.create_index("ix_lineages_parent_id", "lineages", ["parent_id"])


def _questions() -> None:
    op.create_table(
        "questions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("resource_id", ULID, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("section", sa.String(length=120), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("region", CODE, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("answered_at", MOMENT),
        sa.Column("accepted_id", sa.Integer),
        sa.Column("hidden_at", MOMENT),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_questions_person_id_people"),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resources.id"], name="fk_questions_resource_id_resources"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_questions"),
    )
    op.create_index("ix_questions_person_id", "questions", ["person_id"])
    op.create_index("ix_questions_region", "questions", ["region"])
    op.create_index("ix_questions_resource_id", "questions", ["resource_id"])
    op.create_table(
        "answers",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("question_id", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("is_by_school", sa.Boolean, nullable=False),
        sa.Column("answered_at", MOMENT, nullable=False),
        sa.Column("hidden_at", MOMENT),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_answers_person_id_people"),
        sa.ForeignKeyConstraint(
            ["question_id"], ["questions.id"], name="fk_answers_question_id_questions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_answers"),
    )
    op.create_index("ix_answers_person_id", "answers", ["person_id"])
    op.create_index("ix_answers_question_id", "answers", ["question_id"])
    op.create_table(
        "concerns",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("about", WORD, nullable=False),
        sa.Column("thing_id", sa.String(length=40), nullable=False),
        sa.Column("resource_id", ULID),
        sa.Column("region", CODE),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("raised_by_id", sa.Integer, nullable=False),
        sa.Column("raised_at", MOMENT, nullable=False),
        sa.Column("decided_at", MOMENT),
        sa.Column("decided_by_id", sa.Integer),
        sa.Column("is_hidden", sa.Boolean, nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["people.id"], name="fk_concerns_decided_by_id_people"
        ),
        sa.ForeignKeyConstraint(
            ["raised_by_id"], ["people.id"], name="fk_concerns_raised_by_id_people"
        ),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resources.id"], name="fk_concerns_resource_id_resources"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_concerns"),
    )
    op.create_index("ix_concerns_raised_by_id", "concerns", ["raised_by_id"])
    op.create_index("ix_concerns_region", "concerns", ["region"])
    op.create_index("ix_concerns_resource_id", "concerns", ["resource_id"])
    op.create_index("ix_concerns_thing", "concerns", ["about", "thing_id"])
