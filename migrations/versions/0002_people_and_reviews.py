"""People, their ways in, drafts, reviews, notifications and the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

MOMENT = sa.DateTime(timezone=True)
WORD = sa.String(length=40)  # one of a fixed list that the product keeps, not the database
IN_FORCE = sa.text("ended_at IS NULL")
IS_OPEN = sa.text("state IN ('approved', 'changes_wanted', 'draft', 'submitted', 'with_school')")
NEW_TABLES = (
    "audit_head",
    "audit_entries",
    "mails_off",
    "notifications",
    "review_comments",
    "reviews",
    "revision_steps",
    "privacy_answers",
    "originals",
    "revision_attachments",
    "attachments",
    "draft_versions",
    "sign_in_delays",
    "password_resets",
    "api_tokens",
    "sign_ins",
    "invitations",
    "role_grants",
    "people",
    "schools",
)
# An entry of the audit log is never changed or taken away, by whichever door.
NEVER_CHANGED = "the audit log is only ever added to"


def upgrade() -> None:
    """Make the tables, and let revisions belong to people."""
    _people()
    _ways_in()
    _revisions()
    _parts_of_drafts()
    _reviews()
    _notifications()
    op.add_column("outbox", sa.Column("note", sa.String(length=200)))
    _audit()
    _seal_the_audit_log()


def downgrade() -> None:
    """Drop the tables, and what revisions held of them."""
    _unseal_the_audit_log()
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("note")
    op.drop_index("ix_revisions_one_open", "revisions")
    with op.batch_alter_table("revisions") as revisions:
        for name in ("author_id_people", "school_id_schools", "assigned_to_id_people"):
            revisions.drop_constraint(f"fk_revisions_{name}", type_="foreignkey")
        for name in ("author_id", "school_id"):
            revisions.drop_index(f"ix_revisions_{name}")
        for name in (
            "author_id",
            "school_id",
            "version",
            "edited_at",
            "submitted_at",
            "assigned_to_id",
            "publish_at",
        ):
            revisions.drop_column(name)
    for table in NEW_TABLES:
        op.drop_table(table)


def _people() -> None:
    op.create_table(
        "schools",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("authority", sa.String(length=60), nullable=False),
        sa.Column("region", sa.String(length=60), nullable=False),
        sa.Column("sector", sa.String(length=60)),
        sa.Column("context", sa.String(length=200), nullable=False),
        sa.Column("roll", sa.Integer),
        sa.Column("is_sample", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_schools"),
        sa.UniqueConstraint("authority", "name", name="uq_schools_authority_name"),
    )
    op.create_index("ix_schools_authority", "schools", ["authority"])
    op.create_index("ix_schools_region", "schools", ["region"])
    op.create_table(
        "people",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("password_hash", sa.String(length=200)),
        sa.Column("is_sample", sa.Boolean, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("disabled_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("email", name="uq_people_email"),
    )
    op.create_table(
        "role_grants",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("role", WORD, nullable=False),
        sa.Column("school_id", sa.Integer),
        sa.Column("authority", sa.String(length=60)),
        sa.Column("region", sa.String(length=60)),
        sa.Column("granted_by_id", sa.Integer),
        sa.Column("granted_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT),
        sa.Column("ended_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["granted_by_id"], ["people.id"], name="fk_role_grants_granted_by_id_people"
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_role_grants_person_id_people"
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name="fk_role_grants_school_id_schools"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_role_grants"),
    )
    op.create_index(
        "ix_role_grants_one_in_force",
        "role_grants",
        ["person_id"],
        unique=True,
        sqlite_where=IN_FORCE,
        postgresql_where=IN_FORCE,
    )
    op.create_index("ix_role_grants_person_id", "role_grants", ["person_id"])
    op.create_index("ix_role_grants_region", "role_grants", ["region"])
    op.create_index("ix_role_grants_school_id", "role_grants", ["school_id"])
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("role", WORD, nullable=False),
        sa.Column("school_id", sa.Integer),
        sa.Column("authority", sa.String(length=60)),
        sa.Column("region", sa.String(length=60)),
        sa.Column("invited_by_id", sa.Integer),
        sa.Column("invited_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT),
        sa.Column("revoked_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["invited_by_id"], ["people.id"], name="fk_invitations_invited_by_id_people"
        ),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name="fk_invitations_school_id_schools"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
    )
    op.create_index("ix_invitations_email", "invitations", ["email"])


def _ways_in() -> None:
    op.create_table(
        "sign_ins",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("device", sa.String(length=100), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_sign_ins_person_id_people"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_ins"),
        sa.UniqueConstraint("token_hash", name="uq_sign_ins_token_hash"),
    )
    op.create_index("ix_sign_ins_person_id", "sign_ins", ["person_id"])
    op.create_table(
        "api_tokens",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("scopes", sa.String(length=200), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT),
        sa.Column("revoked_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_api_tokens_person_id_people"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_api_tokens"),
        sa.UniqueConstraint("token_hash", name="uq_api_tokens_token_hash"),
    )
    op.create_index("ix_api_tokens_person_id", "api_tokens", ["person_id"])
    op.create_table(
        "password_resets",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_password_resets_person_id_people"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_password_resets"),
    )
    op.create_index("ix_password_resets_person_id", "password_resets", ["person_id"])
    op.create_table(
        "sign_in_delays",
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("failed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("key_hash", name="pk_sign_in_delays"),
    )


def _parts_of_drafts() -> None:
    op.create_table(
        "draft_versions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("revision_id", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("fields_json", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_draft_versions_person_id_people"
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revisions.id"], name="fk_draft_versions_revision_id_revisions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_draft_versions"),
        sa.UniqueConstraint("revision_id", "version", name="uq_draft_versions_revision_version"),
    )
    op.create_index("ix_draft_versions_revision_id", "draft_versions", ["revision_id"])
    op.create_table(
        "attachments",
        sa.Column("name", sa.String(length=150), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_attachments"),
        sa.UniqueConstraint("sha256", name="uq_attachments_sha256"),
    )
    op.create_table(
        "revision_attachments",
        sa.Column("revision_id", sa.Integer, nullable=False),
        sa.Column("attachment_name", sa.String(length=150), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_name"],
            ["attachments.name"],
            name="fk_revision_attachments_attachment_name_attachments",
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revisions.id"], name="fk_revision_attachments_revision_id_revisions"
        ),
        sa.PrimaryKeyConstraint("revision_id", "attachment_name", name="pk_revision_attachments"),
    )
    op.create_table(
        "originals",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("revision_id", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("report_json", sa.Text, nullable=False),
        sa.Column("taken_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_originals_person_id_people"),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revisions.id"], name="fk_originals_revision_id_revisions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_originals"),
    )
    op.create_index("ix_originals_revision_id", "originals", ["revision_id"])
    op.create_table(
        "privacy_answers",
        sa.Column("revision_id", sa.Integer, nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("answered_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_privacy_answers_person_id_people"
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revisions.id"], name="fk_privacy_answers_revision_id_revisions"
        ),
        sa.PrimaryKeyConstraint("revision_id", "fingerprint", name="pk_privacy_answers"),
    )


def _reviews() -> None:
    op.create_table(
        "revision_steps",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("revision_id", sa.Integer, nullable=False),
        sa.Column("step", WORD, nullable=False),
        sa.Column("start", WORD, nullable=False),
        sa.Column("end", WORD, nullable=False),
        sa.Column("person_id", sa.Integer),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("taken_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_revision_steps_person_id_people"
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revisions.id"], name="fk_revision_steps_revision_id_revisions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_revision_steps"),
    )
    op.create_index("ix_revision_steps_revision_id", "revision_steps", ["revision_id"])
    op.create_table(
        "reviews",
        sa.Column("step_id", sa.Integer, nullable=False),
        sa.Column("clarity", sa.Integer, nullable=False),
        sa.Column("evidence", sa.Integer, nullable=False),
        sa.Column("transferability", sa.Integer, nullable=False),
        sa.Column("inclusion", sa.Integer, nullable=False),
        sa.Column("privacy", sa.Integer, nullable=False),
        sa.Column("judged_markdown", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["step_id"], ["revision_steps.id"], name="fk_reviews_step_id_revision_steps"
        ),
        sa.PrimaryKeyConstraint("step_id", name="pk_reviews"),
    )
    op.create_table(
        "review_comments",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("revision_id", sa.Integer, nullable=False),
        sa.Column("answers_id", sa.Integer),
        sa.Column("section", sa.String(length=60), nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("is_blocking", sa.Boolean, nullable=False),
        sa.Column("said_at", MOMENT, nullable=False),
        sa.Column("resolved_at", MOMENT),
        sa.Column("resolved_by_id", sa.Integer),
        sa.ForeignKeyConstraint(
            ["answers_id"],
            ["review_comments.id"],
            name="fk_review_comments_answers_id_review_comments",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_review_comments_person_id_people"
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by_id"], ["people.id"], name="fk_review_comments_resolved_by_id_people"
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revisions.id"], name="fk_review_comments_revision_id_revisions"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_review_comments"),
    )
    op.create_index("ix_review_comments_revision_id", "review_comments", ["revision_id"])


def _notifications() -> None:
    op.create_table(
        "notifications",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("sentence", sa.String(length=500), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("told_at", MOMENT, nullable=False),
        sa.Column("read_at", MOMENT),
        sa.Column("mailed_at", MOMENT),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_notifications_person_id_people"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_notifications"),
    )
    op.create_index("ix_notifications_person", "notifications", ["person_id", "read_at"])
    op.create_table(
        "mails_off",
        sa.Column("person_id", sa.Integer, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name="fk_mails_off_person_id_people"),
        sa.PrimaryKeyConstraint("person_id", "kind", name="pk_mails_off"),
    )


def _audit() -> None:
    op.create_table(
        "audit_entries",
        sa.Column("number", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor_id", sa.Integer),
        sa.Column("actor_role", sa.String(length=40), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=80), nullable=False),
        sa.Column("region", sa.String(length=60)),
        sa.Column("detail", sa.String(length=300), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_audit_entries"),
        sa.UniqueConstraint("hash", name="uq_audit_entries_hash"),
    )
    op.create_index("ix_audit_entries_action", "audit_entries", ["action"])
    op.create_index("ix_audit_entries_region", "audit_entries", ["region"])
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("entries", sa.Integer, nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit_head"),
    )


def _revisions() -> None:
    with op.batch_alter_table("revisions") as revisions:
        revisions.add_column(sa.Column("author_id", sa.Integer))
        revisions.add_column(sa.Column("school_id", sa.Integer))
        revisions.add_column(sa.Column("version", sa.Integer, nullable=False, server_default="1"))
        revisions.add_column(sa.Column("edited_at", MOMENT))
        revisions.add_column(sa.Column("submitted_at", MOMENT))
        revisions.add_column(sa.Column("assigned_to_id", sa.Integer))
        revisions.add_column(sa.Column("publish_at", MOMENT))
        revisions.create_foreign_key(
            "fk_revisions_author_id_people", "people", ["author_id"], ["id"]
        )
        revisions.create_foreign_key(
            "fk_revisions_school_id_schools", "schools", ["school_id"], ["id"]
        )
        revisions.create_foreign_key(
            "fk_revisions_assigned_to_id_people", "people", ["assigned_to_id"], ["id"]
        )
    op.execute("UPDATE revisions SET edited_at = created_at")
    with op.batch_alter_table("revisions") as revisions:
        revisions.alter_column("edited_at", existing_type=MOMENT, nullable=False)
        revisions.alter_column("version", existing_type=sa.Integer, server_default=None)
    op.create_index("ix_revisions_author_id", "revisions", ["author_id"])
    op.create_index("ix_revisions_school_id", "revisions", ["school_id"])
    op.create_index(
        "ix_revisions_one_open",
        "revisions",
        ["resource_id"],
        unique=True,
        sqlite_where=IS_OPEN,
        postgresql_where=IS_OPEN,
    )


def _seal_the_audit_log() -> None:
    op.execute("INSERT INTO audit_head (id, entries, hash) VALUES (1, 0, '" + "0" * 64 + "')")
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_entries_no_{act.lower()} BEFORE {act} ON audit_entries "
                f"BEGIN SELECT RAISE(ABORT, '{NEVER_CHANGED}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION audit_entries_sealed() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{NEVER_CHANGED}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_entries_sealed BEFORE UPDATE OR DELETE ON audit_entries "
        "FOR EACH ROW EXECUTE FUNCTION audit_entries_sealed()"
    )
    op.execute(
        "CREATE TRIGGER audit_entries_not_emptied BEFORE TRUNCATE ON audit_entries "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_sealed()"
    )


def _unseal_the_audit_log() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("update", "delete"):
            op.execute(f"DROP TRIGGER audit_entries_no_{act}")
        return
    op.execute("DROP TRIGGER audit_entries_sealed ON audit_entries")
    op.execute("DROP TRIGGER audit_entries_not_emptied ON audit_entries")
    op.execute("DROP FUNCTION audit_entries_sealed")
