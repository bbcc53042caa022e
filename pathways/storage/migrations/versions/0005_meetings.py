"""Rows of meetings, packs, documents, calendars and national versions."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

from notifications.utc import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agenda_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("information", "discussion", "decision", name="itemkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "matter",
            sa.Enum(
                "new_pathway",
                "appointment",
                "response",
                "ranking",
                "plan",
                "introduction",
                "progress",
                name="matter",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("introduction_id", sa.Integer(), nullable=True),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("starts_at", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("presenter_id", sa.Integer(), nullable=True),
        sa.Column("proposal", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("added_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column(
            "outcome",
            sa.Enum(
                "adopt",
                "adopt_with_conditions",
                "return",
                "decline",
                "note",
                name="outcome",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("motive", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column(
            "conditions", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("dissent", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("paragraph_no", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=True),
        sa.Column("register_no", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=True),
        sa.Column("decided_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decision_ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=True),
        sa.Column("put_in", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_agenda_item_added_by_person")),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_agenda_item_decided_by_person")),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_agenda_item_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_agenda_item_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["presenter_id"], ["person.id"], name=op.f("fk_agenda_item_presenter_id_person")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_agenda_item_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_item")),
    )
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.create_index("ix_agenda_item_introduction", ["introduction_id"], unique=False)
        batch_op.create_index("ix_agenda_item_meeting", ["meeting_id", "position"], unique=False)
        batch_op.create_index(batch_op.f("ix_agenda_item_region_id"), ["region_id"], unique=False)

    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_attendance_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attendance_person_id_person")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_attendance_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("meeting_id", "person_id", name=op.f("uq_attendance_meeting_id_person_id")),
    )
    op.create_table(
        "calendar_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("uid", sqlmodel.sql.sqltypes.AutoString(length=90), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("introduction_id", sa.Integer(), nullable=True),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("starts_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column(
            "values", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("changed_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_calendar_entry_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_calendar_entry_person_id_person")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_calendar_entry_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_entry")),
        sa.UniqueConstraint("region_id", "uid", name=op.f("uq_calendar_entry_region_id_uid")),
    )
    with op.batch_alter_table("calendar_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_entry_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_calendar_entry_region_id"), ["region_id"], unique=False)

    op.create_table(
        "calendar_feed",
        sa.Column("token_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "scope", sa.Enum("personal", "region", name="feedscope", native_enum=False, length=40), nullable=False
        ),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_calendar_feed_person_id_person")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_calendar_feed_region_id_region")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_calendar_feed")),
    )
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_calendar_feed_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_calendar_feed_region_id"), ["region_id"], unique=False)

    op.create_table(
        "minutes",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column(
            "state", sa.Enum("draft", "approved", name="minutesstate", native_enum=False, length=40), nullable=False
        ),
        sa.Column("chair_id", sa.Integer(), nullable=True),
        sa.Column("secretary_id", sa.Integer(), nullable=True),
        sa.Column(
            "approver_ids",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column("opened_at", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=True),
        sa.Column("closed_at", sqlmodel.sql.sqltypes.AutoString(length=5), nullable=True),
        sa.Column("kept_at", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("notice_up_on", sa.Date(), nullable=True),
        sa.Column("notice_down_on", sa.Date(), nullable=True),
        sa.Column("frozen", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.ForeignKeyConstraint(["chair_id"], ["person.id"], name=op.f("fk_minutes_chair_id_person")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_minutes_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_minutes_region_id_region")),
        sa.ForeignKeyConstraint(["secretary_id"], ["person.id"], name=op.f("fk_minutes_secretary_id_person")),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_minutes")),
    )
    op.create_table(
        "pack",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("frozen_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("frozen_by", sa.Integer(), nullable=True),
        sa.Column("content", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.ForeignKeyConstraint(["frozen_by"], ["person.id"], name=op.f("fk_pack_frozen_by_person")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_pack_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_pack_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_pack_meeting_id_number")),
    )
    with op.batch_alter_table("pack", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pack_region_id"), ["region_id"], unique=False)

    op.create_table(
        "rollout",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("pathway_id", sa.Integer(), nullable=False),
        sa.Column("to_version_id", sa.Integer(), nullable=False),
        sa.Column("press", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("planned_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("planned_by", sa.Integer(), nullable=True),
        sa.Column("carried_out_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("undone_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["pathway_id"], ["pathway.id"], name=op.f("fk_rollout_pathway_id_pathway")),
        sa.ForeignKeyConstraint(["planned_by"], ["person.id"], name=op.f("fk_rollout_planned_by_person")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_rollout_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rollout")),
        sa.UniqueConstraint("region_id", "press", "pathway_id", name=op.f("uq_rollout_region_id_press_pathway_id")),
    )
    with op.batch_alter_table("rollout", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_rollout_region_id"), ["region_id"], unique=False)

    op.create_table(
        "shared_experience",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("pathway_id", sa.Integer(), nullable=False),
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("step", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column("how", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("result", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("contact_role", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("shared_on", sa.Date(), nullable=False),
        sa.Column("shared_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_shared_experience_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["pathway_id"], ["pathway.id"], name=op.f("fk_shared_experience_pathway_id_pathway")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_shared_experience_region_id_region")),
        sa.ForeignKeyConstraint(["shared_by"], ["person.id"], name=op.f("fk_shared_experience_shared_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_experience")),
    )
    with op.batch_alter_table("shared_experience", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_shared_experience_pathway_id"), ["pathway_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_shared_experience_region_id"), ["region_id"], unique=False)

    op.create_table(
        "summons",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("sent_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "person_ids", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_summons_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_summons_region_id_region")),
        sa.PrimaryKeyConstraint("meeting_id", name=op.f("pk_summons")),
    )
    op.create_table(
        "word_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("added_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_word_template_added_by_person")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_word_template_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_word_template")),
    )
    with op.batch_alter_table("word_template", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_word_template_region_id"), ["region_id"], unique=False)

    op.create_table(
        "disqualification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("declared_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_disqualification_item_id_agenda_item")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_disqualification_person_id_person")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_disqualification_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disqualification")),
        sa.UniqueConstraint("item_id", "person_id", name=op.f("uq_disqualification_item_id_person_id")),
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "decision_basis",
                "consultation_response",
                "action_plan",
                "minutes",
                "minutes_extract",
                "status_letter",
                "state_report",
                name="documentkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("introduction_id", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("item_id", sa.Integer(), nullable=True),
        sa.Column("about", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
        sa.Column(
            "state",
            sa.Enum("working_paper", "fixed", "dispatched", name="documentstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "words", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("register_no", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=True),
        sa.Column("process_class", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=True),
        sa.Column("retention", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=True),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("fixed_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("fixed_by", sa.Integer(), nullable=True),
        sa.Column("dispatched_on", sa.Date(), nullable=True),
        sa.Column("dispatched_to", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
        sa.Column("content", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.ForeignKeyConstraint(["fixed_by"], ["person.id"], name=op.f("fk_document_fixed_by_person")),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_document_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_document_item_id_agenda_item")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_document_made_by_person")),
        sa.ForeignKeyConstraint(["meeting_id"], ["meeting.id"], name=op.f("fk_document_meeting_id_meeting")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_document_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index("ix_document_of_introduction", ["introduction_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_region_id"), ["region_id"], unique=False)

    op.create_table(
        "pack_file",
        sa.Column("pack_id", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.ForeignKeyConstraint(["pack_id"], ["pack.id"], name=op.f("fk_pack_file_pack_id_pack")),
        sa.PrimaryKeyConstraint("pack_id", "kind", "language", name=op.f("pk_pack_file")),
    )
    op.create_table(
        "rollout_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("rollout_id", sa.Integer(), nullable=False),
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("moves", "decide", "cannot", name="verdict", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "reasons", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column(
            "choice",
            sa.Enum(
                "take_over", "revise", "no_local_effect", "wait", name="rolloutchoice", native_enum=False, length=40
            ),
            nullable=True,
        ),
        sa.Column(
            "outcome",
            sa.Enum("done", "waits", "changed", "refused", name="rolloutoutcome", native_enum=False, length=40),
            nullable=True,
        ),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("from_seq", sa.Integer(), nullable=True),
        sa.Column("to_seq", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_rollout_line_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_rollout_line_region_id_region")),
        sa.ForeignKeyConstraint(["rollout_id"], ["rollout.id"], name=op.f("fk_rollout_line_rollout_id_rollout")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rollout_line")),
        sa.UniqueConstraint("rollout_id", "introduction_id", name=op.f("uq_rollout_line_rollout_id_introduction_id")),
    )
    op.create_table(
        "agenda_annex",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("letter", sqlmodel.sql.sqltypes.AutoString(length=4), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("link", sqlmodel.sql.sqltypes.AutoString(length=500), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_agenda_annex_document_id_document")),
        sa.ForeignKeyConstraint(["item_id"], ["agenda_item.id"], name=op.f("fk_agenda_annex_item_id_agenda_item")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_agenda_annex_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agenda_annex")),
        sa.UniqueConstraint("item_id", "letter", name=op.f("uq_agenda_annex_item_id_letter")),
    )
    op.create_table(
        "document_file",
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sha256", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_document_file_document_id_document")),
        sa.PrimaryKeyConstraint("document_id", "kind", "language", name=op.f("pk_document_file")),
    )
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "about",
                sa.Enum(
                    "new_pathway",
                    "appointment",
                    "response",
                    "ranking",
                    "plan",
                    "introduction",
                    "progress",
                    name="matter",
                    native_enum=False,
                    length=40,
                ),
                nullable=True,
            )
        )


def downgrade() -> None:
    with op.batch_alter_table("decision", schema=None) as batch_op:
        batch_op.drop_column("about")

    op.drop_table("document_file")
    op.drop_table("agenda_annex")
    op.drop_table("rollout_line")
    op.drop_table("pack_file")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_region_id"))
        batch_op.drop_index("ix_document_of_introduction")

    op.drop_table("document")
    op.drop_table("disqualification")
    with op.batch_alter_table("word_template", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_word_template_region_id"))

    op.drop_table("word_template")
    op.drop_table("summons")
    with op.batch_alter_table("shared_experience", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_shared_experience_region_id"))
        batch_op.drop_index(batch_op.f("ix_shared_experience_pathway_id"))

    op.drop_table("shared_experience")
    with op.batch_alter_table("rollout", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_rollout_region_id"))

    op.drop_table("rollout")
    with op.batch_alter_table("pack", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pack_region_id"))

    op.drop_table("pack")
    op.drop_table("minutes")
    with op.batch_alter_table("calendar_feed", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_feed_region_id"))
        batch_op.drop_index(batch_op.f("ix_calendar_feed_person_id"))

    op.drop_table("calendar_feed")
    with op.batch_alter_table("calendar_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_calendar_entry_region_id"))
        batch_op.drop_index(batch_op.f("ix_calendar_entry_person_id"))

    op.drop_table("calendar_entry")
    op.drop_table("attendance")
    with op.batch_alter_table("agenda_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_agenda_item_region_id"))
        batch_op.drop_index("ix_agenda_item_meeting")
        batch_op.drop_index("ix_agenda_item_introduction")

    op.drop_table("agenda_item")
