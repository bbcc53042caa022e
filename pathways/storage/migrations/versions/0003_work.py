"""Rows of the web: drafts, comments, files, gap answers in full, plan and ranking, webhooks."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

from notifications.utc import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "stored_file",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("stored_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_stored_file_region_id_region")),
        sa.PrimaryKeyConstraint("region_id", "sha256", name=op.f("pk_stored_file")),
    )
    op.create_table(
        "webhook",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=False),
        sa.Column("url", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=False),
        sa.Column(
            "commands", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("cursor", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("next_try_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("last_sent_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("last_error", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_webhook_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_webhook")),
    )
    with op.batch_alter_table("webhook", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_webhook_next_try_at"), ["next_try_at"], unique=False)
        batch_op.create_index(batch_op.f("ix_webhook_region_id"), ["region_id"], unique=False)

    op.create_table(
        "attachment",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("task_ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("kind", sa.Enum("file", "link", name="attachmentkind", native_enum=False, length=40), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("link", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("media_type", sqlmodel.sql.sqltypes.AutoString(length=100), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("added_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("removed_by", sa.Integer(), nullable=True),
        sa.Column("removed_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_attachment_added_by_person")),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_attachment_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_attachment_region_id_region")),
        sa.ForeignKeyConstraint(["removed_by"], ["person.id"], name=op.f("fk_attachment_removed_by_person")),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_attachment")),
    )
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.create_index("ix_attachment_file", ["region_id", "sha256"], unique=False)
        batch_op.create_index("ix_attachment_task", ["introduction_id", "task_ref"], unique=False)

    op.create_table(
        "basis_version",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("meeting_on", sa.Date(), nullable=False),
        sa.Column("summary", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("background", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("consequences", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("proposal", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_basis_version_body_id_body")),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_basis_version_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_basis_version_made_by_person")),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_basis_version")),
    )
    op.create_table(
        "comment_invitation",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("round_ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column(
            "state", sa.Enum("waiting", "answered", name="commentstate", native_enum=False, length=40), nullable=False
        ),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("reminders", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_comment_invitation_answered_by_person")),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_comment_invitation_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_comment_invitation_unit_id_unit")),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_comment_invitation")),
    )
    with op.batch_alter_table("comment_invitation", schema=None) as batch_op:
        batch_op.create_index(
            "uq_comment_invitation",
            ["introduction_id", "round_ref", "unit_id"],
            unique=True,
            sqlite_where=sa.text("voided_by is null"),
            postgresql_where=sa.text("voided_by is null"),
        )

    op.create_table(
        "draft",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column(
            "typed", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("kept_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_draft_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "key", name=op.f("pk_draft")),
    )
    op.create_table(
        "gap_bundle",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("slug", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("name", sa.String().with_variant(sa.String(collation="swedish"), "sqlite"), nullable=False),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_gap_bundle_made_by_person")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_gap_bundle_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gap_bundle")),
        sa.UniqueConstraint("region_id", "slug", name=op.f("uq_gap_bundle_region_id_slug")),
    )
    op.create_table(
        "plan_comment",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("round_ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("activity_ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("body", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column(
            "handling",
            sa.Enum("taken_in", "partly", "not_taken", name="handling", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("answer", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_plan_comment_answered_by_person")),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_plan_comment_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_plan_comment_unit_id_unit")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_plan_comment_written_by_person")),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_plan_comment")),
    )
    with op.batch_alter_table("plan_comment", schema=None) as batch_op:
        batch_op.create_index(
            "uq_plan_comment",
            ["introduction_id", "round_ref", "unit_id", "activity_ref"],
            unique=True,
            sqlite_where=sa.text("voided_by is null"),
            postgresql_where=sa.text("voided_by is null"),
        )

    op.create_table(
        "ranking",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("ranked_on", sa.Date(), nullable=False),
        sa.Column("ranked_by", sa.Integer(), nullable=True),
        sa.Column(
            "weights", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column(
            "scored", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column(
            "ranked", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("motive", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_ranking_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["ranked_by"], ["person.id"], name=op.f("fk_ranking_ranked_by_person")),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_ranking")),
    )
    op.create_table(
        "ranking_move",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("ranking_ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("activity_ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("from_place", sa.Integer(), nullable=True),
        sa.Column("to_place", sa.Integer(), nullable=True),
        sa.Column("scored_place", sa.Integer(), nullable=True),
        sa.Column("motive", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_ranking_move_introduction_id_introduction")
        ),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_ranking_move")),
    )
    op.create_table(
        "region_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("action", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("subject", sqlmodel.sql.sqltypes.AutoString(length=90), nullable=False),
        sa.Column(
            "values", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_region_event_actor_id_person")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_region_event_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region_event")),
    )
    with op.batch_alter_table("region_event", schema=None) as batch_op:
        batch_op.create_index("ix_region_event_of_region", ["region_id", "id"], unique=False)

    op.create_table(
        "score",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("activity_ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("gap", sa.Integer(), nullable=True),
        sa.Column("affected", sa.Integer(), nullable=True),
        sa.Column("severity", sa.Integer(), nullable=True),
        sa.Column("feasibility", sa.Integer(), nullable=True),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("scored_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_score_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_score_person_id_person")),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_score")),
    )
    with op.batch_alter_table("score", schema=None) as batch_op:
        batch_op.create_index(
            "uq_score",
            ["introduction_id", "activity_ref", "person_id"],
            unique=True,
            sqlite_where=sa.text("voided_by is null"),
            postgresql_where=sa.text("voided_by is null"),
        )

    op.create_table(
        "task_comment",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("task_ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("body", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("written_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_task_comment_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_task_comment_written_by_person")),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_task_comment")),
    )
    with op.batch_alter_table("task_comment", schema=None) as batch_op:
        batch_op.create_index("ix_task_comment_task", ["introduction_id", "task_ref"], unique=False)

    op.create_table(
        "gap_bundle_member",
        sa.Column("bundle_id", sa.Integer(), nullable=False),
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["bundle_id"], ["gap_bundle.id"], name=op.f("fk_gap_bundle_member_bundle_id_gap_bundle")
        ),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_gap_bundle_member_introduction_id_introduction")
        ),
        sa.PrimaryKeyConstraint("bundle_id", "introduction_id", name=op.f("pk_gap_bundle_member")),
    )
    with op.batch_alter_table("gap_bundle_member", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gap_bundle_member_introduction_id"), ["introduction_id"], unique=False)

    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.add_column(sa.Column("responsible_role", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column("support", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column("funding", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column("indicator", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column("effect", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column("dependency", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column("decision_ref", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column("report", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column("reported_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("reported_by", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f("fk_activity_reported_by_person"), "person", ["reported_by"], ["id"])

    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(
            "ix_event_moved",
            ["introduction_id", "at", "seq", "phase", "standing", "command"],
            unique=False,
            sqlite_where=sa.text(
                "(command in ('start', 'start_gap_analysis', 'propose_plan', 'decide', 'open_loop', 'hold_loop', 'adopt_adjusted_plan', 'finish', 'record_follow_up', 'reopen', 'approve_nationally', 'adopt_revision', 'reinstate', 'pause', 'resume', 'stop', 'correct', 'migrate') or standing = 'closed')"
            ),
            postgresql_where=sa.text(
                "(command in ('start', 'start_gap_analysis', 'propose_plan', 'decide', 'open_loop', 'hold_loop', 'adopt_adjusted_plan', 'finish', 'record_follow_up', 'reopen', 'approve_nationally', 'adopt_revision', 'reinstate', 'pause', 'resume', 'stop', 'correct', 'migrate') or standing = 'closed')"
            ),
        )

    with op.batch_alter_table("gap_answer", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "causes", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=True
            )
        )
        batch_op.add_column(
            sa.Column(
                "patient_source",
                sa.Enum(
                    "interviews",
                    "survey",
                    "representative",
                    "patient_board",
                    "not_collected",
                    name="patientsource",
                    native_enum=False,
                    length=40,
                ),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("indicator", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column("indicator_value", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column("indicator_period", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column("equity_note", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column("cost_estimate", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("needs_regional_decision", sa.Boolean(), nullable=True))
        batch_op.add_column(
            sa.Column(
                "confidence",
                sa.Enum("low", "medium", "high", name="confidence", native_enum=False, length=40),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("changed_in", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("carried_from", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=True))

    with op.batch_alter_table("gap_invitation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("respondent_role", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column("participants", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column("sources", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column("reminded_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("reminders", sa.Integer(), server_default=sa.text("0"), nullable=False))
        batch_op.add_column(sa.Column("bundle_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("carried_from", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_gap_invitation_carried_from_pathway_version"), "pathway_version", ["carried_from"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_gap_invitation_bundle_id_gap_bundle"), "gap_bundle", ["bundle_id"], ["id"]
        )

    with op.batch_alter_table("inbox_item", schema=None) as batch_op:
        batch_op.create_index(
            "ix_inbox_item_unread",
            ["recipient"],
            unique=False,
            sqlite_where=sa.text("read_at is null"),
            postgresql_where=sa.text("read_at is null"),
        )

    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.add_column(sa.Column("cancelled", sa.Boolean(), server_default=sa.false(), nullable=False))

    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_message_recipient", ["recipient", "id"], unique=False)

    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index(
            "ix_task_settled",
            ["settled_by", "settled_at"],
            unique=False,
            sqlite_where=sa.text("settled_by is not null"),
            postgresql_where=sa.text("settled_by is not null"),
        )


def downgrade() -> None:
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_task_settled",
            sqlite_where=sa.text("settled_by is not null"),
            postgresql_where=sa.text("settled_by is not null"),
        )

    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_message_recipient")

    with op.batch_alter_table("meeting", schema=None) as batch_op:
        batch_op.drop_column("cancelled")

    with op.batch_alter_table("inbox_item", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_inbox_item_unread", sqlite_where=sa.text("read_at is null"), postgresql_where=sa.text("read_at is null")
        )

    with op.batch_alter_table("gap_invitation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_gap_invitation_bundle_id_gap_bundle"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_gap_invitation_carried_from_pathway_version"), type_="foreignkey")
        batch_op.drop_column("carried_from")
        batch_op.drop_column("bundle_id")
        batch_op.drop_column("reminders")
        batch_op.drop_column("reminded_on")
        batch_op.drop_column("sources")
        batch_op.drop_column("participants")
        batch_op.drop_column("respondent_role")

    with op.batch_alter_table("gap_answer", schema=None) as batch_op:
        batch_op.drop_column("carried_from")
        batch_op.drop_column("changed_in")
        batch_op.drop_column("confidence")
        batch_op.drop_column("needs_regional_decision")
        batch_op.drop_column("cost_estimate")
        batch_op.drop_column("equity_note")
        batch_op.drop_column("indicator_period")
        batch_op.drop_column("indicator_value")
        batch_op.drop_column("indicator")
        batch_op.drop_column("patient_source")
        batch_op.drop_column("causes")

    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_event_moved",
            sqlite_where=sa.text(
                "(command in ('start', 'start_gap_analysis', 'propose_plan', 'decide', 'open_loop', 'hold_loop', 'adopt_adjusted_plan', 'finish', 'record_follow_up', 'reopen', 'approve_nationally', 'adopt_revision', 'reinstate', 'pause', 'resume', 'stop', 'correct', 'migrate') or standing = 'closed')"
            ),
            postgresql_where=sa.text(
                "(command in ('start', 'start_gap_analysis', 'propose_plan', 'decide', 'open_loop', 'hold_loop', 'adopt_adjusted_plan', 'finish', 'record_follow_up', 'reopen', 'approve_nationally', 'adopt_revision', 'reinstate', 'pause', 'resume', 'stop', 'correct', 'migrate') or standing = 'closed')"
            ),
        )

    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_activity_reported_by_person"), type_="foreignkey")
        batch_op.drop_column("reported_by")
        batch_op.drop_column("reported_on")
        batch_op.drop_column("report")
        batch_op.drop_column("decision_ref")
        batch_op.drop_column("dependency")
        batch_op.drop_column("effect")
        batch_op.drop_column("indicator")
        batch_op.drop_column("funding")
        batch_op.drop_column("support")
        batch_op.drop_column("responsible_role")

    with op.batch_alter_table("gap_bundle_member", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gap_bundle_member_introduction_id"))

    op.drop_table("gap_bundle_member")
    with op.batch_alter_table("task_comment", schema=None) as batch_op:
        batch_op.drop_index("ix_task_comment_task")

    op.drop_table("task_comment")
    with op.batch_alter_table("score", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_score", sqlite_where=sa.text("voided_by is null"), postgresql_where=sa.text("voided_by is null")
        )

    op.drop_table("score")
    with op.batch_alter_table("region_event", schema=None) as batch_op:
        batch_op.drop_index("ix_region_event_of_region")

    op.drop_table("region_event")
    op.drop_table("ranking_move")
    op.drop_table("ranking")
    with op.batch_alter_table("plan_comment", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_plan_comment", sqlite_where=sa.text("voided_by is null"), postgresql_where=sa.text("voided_by is null")
        )

    op.drop_table("plan_comment")
    op.drop_table("gap_bundle")
    op.drop_table("draft")
    with op.batch_alter_table("comment_invitation", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_comment_invitation",
            sqlite_where=sa.text("voided_by is null"),
            postgresql_where=sa.text("voided_by is null"),
        )

    op.drop_table("comment_invitation")
    op.drop_table("basis_version")
    with op.batch_alter_table("attachment", schema=None) as batch_op:
        batch_op.drop_index("ix_attachment_task")
        batch_op.drop_index("ix_attachment_file")

    op.drop_table("attachment")
    with op.batch_alter_table("webhook", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_webhook_region_id"))
        batch_op.drop_index(batch_op.f("ix_webhook_next_try_at"))

    op.drop_table("webhook")
    op.drop_table("stored_file")
