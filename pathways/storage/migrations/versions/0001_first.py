"""All tables of the first release."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

from notifications.utc import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "catalogue_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("imported_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("pathways_new", sa.Integer(), nullable=False),
        sa.Column("pathways_changed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_catalogue_import")),
    )
    op.create_table(
        "delivery_receipt",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("dedup_key", sa.String(length=200), nullable=False),
        sa.Column("channel", sa.String(length=32), nullable=False),
        sa.Column("sent_at", UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_receipt")),
        sa.UniqueConstraint("dedup_key", "channel", name="uq_delivery_receipt_dedup_key_channel"),
    )
    op.create_table(
        "heartbeat",
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("finished_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_heartbeat")),
    )
    op.create_table(
        "inbox_item",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("dedup_key", sa.String(length=200), nullable=False),
        sa.Column("recipient", sa.String(length=64), nullable=False),
        sa.Column("region", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("read_at", UtcDateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_item")),
        sa.UniqueConstraint("dedup_key", name="uq_inbox_item_dedup_key"),
    )
    with op.batch_alter_table("inbox_item", schema=None) as batch_op:
        batch_op.create_index("ix_inbox_item_recipient_created_at", ["recipient", "created_at"], unique=False)

    op.create_table(
        "outbox_message",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("dedup_key", sa.String(length=200), nullable=False),
        sa.Column("recipient", sa.String(length=64), nullable=False),
        sa.Column("region", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("urgency", sa.String(length=16), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("lease_until", UtcDateTime(timezone=True), nullable=True),
        sa.Column("leased_by", sa.String(length=100), nullable=True),
        sa.Column("created_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("settled_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox_message")),
        sa.UniqueConstraint("dedup_key", name="uq_outbox_message_dedup_key"),
    )
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.create_index("ix_outbox_message_state_due_at", ["state", "due_at"], unique=False)

    op.create_table(
        "pathway",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("name", sa.String().with_variant(sa.String(collation="swedish"), "sqlite"), nullable=False),
        sa.Column("npo", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("part", sa.Integer(), nullable=True),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("national_status", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("quality_register", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pathway")),
        sa.UniqueConstraint("slug", name=op.f("uq_pathway_slug")),
    )
    op.create_table(
        "region",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("time_zone", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("profile_version", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column(
            "origin", sa.Enum("real", "demo", "simulation", name="origin", native_enum=False, length=40), nullable=False
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region")),
        sa.UniqueConstraint("code", name=op.f("uq_region_code")),
    )
    op.create_table(
        "body",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("slug", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("short", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column(
            "series", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=True
        ),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_body_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
        sa.UniqueConstraint("region_id", "slug", name=op.f("uq_body_region_id_slug")),
    )
    op.create_table(
        "closing_day",
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_closing_day_region_id_region")),
        sa.PrimaryKeyConstraint("region_id", "closed_on", name=op.f("pk_closing_day")),
    )
    op.create_table(
        "pathway_goal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pathway_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("direction", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("target", sa.Float(), nullable=True),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("basis", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["pathway_id"], ["pathway.id"], name=op.f("fk_pathway_goal_pathway_id_pathway")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pathway_goal")),
        sa.UniqueConstraint("pathway_id", "name", name=op.f("uq_pathway_goal_pathway_id_name")),
    )
    op.create_table(
        "pathway_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pathway_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column(
            "kind", sa.Enum("consultation", "final", name="versionkind", native_enum=False, length=40), nullable=False
        ),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["pathway_id"], ["pathway.id"], name=op.f("fk_pathway_version_pathway_id_pathway")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pathway_version")),
        sa.UniqueConstraint("pathway_id", "label", name=op.f("uq_pathway_version_pathway_id_label")),
        sa.UniqueConstraint("pathway_id", "number", name=op.f("uq_pathway_version_pathway_id_number")),
    )
    with op.batch_alter_table("pathway_version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_pathway_version_pathway_id"), ["pathway_id"], unique=False)

    op.create_table(
        "unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("slug", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("name", sa.String().with_variant(sa.String(collation="swedish"), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "hospital_clinic",
                "primary_care_centre",
                "municipality",
                "central",
                name="unitkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_unit_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("region_id", "slug", name=op.f("uq_unit_region_id_slug")),
    )
    op.create_table(
        "introduction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("pathway_id", sa.Integer(), nullable=False),
        sa.Column("slug", sqlmodel.sql.sqltypes.AutoString(length=90), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("chart", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column(
            "configuration",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "history", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("phase", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("standing", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column("phase_since_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("head_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("last_event_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("previous_id", sa.Integer(), nullable=True),
        sa.Column("analysed_version_id", sa.Integer(), nullable=True),
        sa.Column("adopted_version_id", sa.Integer(), nullable=True),
        sa.Column(
            "patient_perspective",
            sa.Enum(
                "representative",
                "interviews",
                "survey",
                "patient_board",
                name="patientperspective",
                native_enum=False,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("informed_on", sa.Date(), nullable=True),
        sa.Column("anchor_on", sa.Date(), nullable=True),
        sa.Column("return_on", sa.Date(), nullable=True),
        sa.Column("plan_revised_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["adopted_version_id"],
            ["pathway_version.id"],
            name=op.f("fk_introduction_adopted_version_id_pathway_version"),
        ),
        sa.ForeignKeyConstraint(
            ["analysed_version_id"],
            ["pathway_version.id"],
            name=op.f("fk_introduction_analysed_version_id_pathway_version"),
        ),
        sa.ForeignKeyConstraint(["pathway_id"], ["pathway.id"], name=op.f("fk_introduction_pathway_id_pathway")),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["introduction.id"], name=op.f("fk_introduction_previous_id_introduction")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_introduction_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduction")),
        sa.UniqueConstraint(
            "region_id", "pathway_id", "number", name=op.f("uq_introduction_region_id_pathway_id_number")
        ),
    )
    with op.batch_alter_table("introduction", schema=None) as batch_op:
        batch_op.create_index(
            "ix_introduction_board", ["region_id", "standing", "phase", "phase_since_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_introduction_pathway_id"), ["pathway_id"], unique=False)
        batch_op.create_index("ix_introduction_slug", ["region_id", "slug", "number"], unique=False)
        batch_op.create_index(
            "uq_introduction_open",
            ["region_id", "pathway_id"],
            unique=True,
            sqlite_where=sa.text("standing in ('active', 'paused')"),
            postgresql_where=sa.text("standing in ('active', 'paused')"),
        )

    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("hand_in_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_meeting_body_id_body")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("body_id", "held_on", name=op.f("uq_meeting_body_id_held_on")),
    )
    op.create_table(
        "pathway_step",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("step", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("title_sv", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("title_en", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["pathway_version.id"], name=op.f("fk_pathway_step_version_id_pathway_version")
        ),
        sa.PrimaryKeyConstraint("version_id", "step", name=op.f("pk_pathway_step")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("slug", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("name", sa.String().with_variant(sa.String(collation="swedish"), "sqlite"), nullable=False),
        sa.Column("address", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_person_region_id_region")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_person_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("region_id", "slug", name=op.f("uq_person_region_id_slug")),
    )
    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("substitute_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_absence_person_id_person")),
        sa.ForeignKeyConstraint(["substitute_id"], ["person.id"], name=op.f("fk_absence_substitute_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_absence")),
    )
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_absence_person_id"), ["person_id"], unique=False)

    op.create_table(
        "activity",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("kind", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("responsible_id", sa.Integer(), nullable=True),
        sa.Column("start_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("cost_once", sa.Integer(), nullable=True),
        sa.Column("cost_yearly", sa.Integer(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("planned", "under_way", "done", "stopped", name="activitystate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "standpoint", sa.Enum("ranked", "declined", name="standpoint", native_enum=False, length=40), nullable=True
        ),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("motive", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("from_loop", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_activity_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["responsible_id"], ["person.id"], name=op.f("fk_activity_responsible_id_person")),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_activity")),
    )
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_responsible_id"), ["responsible_id"], unique=False)

    op.create_table(
        "activity_gap",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("activity_ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("answer_ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_activity_gap_introduction_id_introduction")
        ),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_activity_gap")),
    )
    with op.batch_alter_table("activity_gap", schema=None) as batch_op:
        batch_op.create_index(
            "uq_activity_gap",
            ["introduction_id", "activity_ref", "answer_ref"],
            unique=True,
            sqlite_where=sa.text("voided_by is null"),
            postgresql_where=sa.text("voided_by is null"),
        )

    op.create_table(
        "appointment",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "coordinator",
                "head",
                "lag_chair",
                "lag_member",
                "development_resource",
                "unit_representative",
                "management_group_member",
                "registrar",
                "elected_reader",
                "analyst",
                "admin",
                "patient_representative",
                name="role",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_appointment_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_appointment_person_id_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_appointment_unit_id_unit")),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_appointment")),
    )
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_appointment_person_id"), ["person_id"], unique=False)

    op.create_table(
        "board_case",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("meeting_on", sa.Date(), nullable=False),
        sa.Column("hand_in_on", sa.Date(), nullable=False),
        sa.Column("basis", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("basis_made_on", sa.Date(), nullable=True),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_board_case_body_id_body")),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_board_case_introduction_id_introduction")
        ),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_board_case")),
    )
    op.create_table(
        "celebration",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("evaluation", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("receiver_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_celebration_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["receiver_id"], ["person.id"], name=op.f("fk_celebration_receiver_id_person")),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_celebration")),
    )
    op.create_table(
        "comment_round",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column(
            "state", sa.Enum("open", "held", "waived", name="roundstate", native_enum=False, length=40), nullable=False
        ),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("summary", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_comment_round_introduction_id_introduction")
        ),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_comment_round")),
    )
    op.create_table(
        "decision",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column(
            "kind", sa.Enum("plan", "response", name="decisionkind", native_enum=False, length=40), nullable=False
        ),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("meeting_on", sa.Date(), nullable=False),
        sa.Column("paragraph_no", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("register_no", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("outcome", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("conditions", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_decision_body_id_body")),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_decision_introduction_id_introduction")
        ),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_decision")),
    )
    op.create_table(
        "event",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("command", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("command_id", sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("on_behalf_id", sa.Integer(), nullable=True),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
        sa.Column(
            "payload", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("chart", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column(
            "configuration",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "history", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("phase", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("place", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("standing", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column("profile_version", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("prev_hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("hash", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_event_actor_id_person")),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_event_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["on_behalf_id"], ["person.id"], name=op.f("fk_event_on_behalf_id_person")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_event_region_id_region")),
        sa.PrimaryKeyConstraint("introduction_id", "seq", name=op.f("pk_event")),
        sa.UniqueConstraint("command_id", name=op.f("uq_event_command_id")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index("ix_event_at", ["introduction_id", "at", "seq", "phase", "standing"], unique=False)
        batch_op.create_index("ix_event_region", ["region_id", "at"], unique=False)

    op.create_table(
        "follow_up",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=True),
        sa.Column("hold_check_done", sa.Boolean(), nullable=False),
        sa.Column("holds", sa.Boolean(), nullable=True),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_follow_up_introduction_id_introduction")
        ),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_follow_up")),
    )
    op.create_table(
        "gap_answer",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("step", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column(
            "verdict",
            sa.Enum("level", "not_applicable", "dont_know", name="verdict", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("cause", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=True),
        sa.Column("current_state", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("patient_perspective", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("evidence", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("measure", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("stop_doing", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_gap_answer_answered_by_person")),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_gap_answer_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_gap_answer_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["pathway_version.id"], name=op.f("fk_gap_answer_version_id_pathway_version")
        ),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_gap_answer")),
    )
    with op.batch_alter_table("gap_answer", schema=None) as batch_op:
        batch_op.create_index(
            "uq_gap_answer",
            ["introduction_id", "version_id", "unit_id", "step"],
            unique=True,
            sqlite_where=sa.text("voided_by is null"),
            postgresql_where=sa.text("voided_by is null"),
        )

    op.create_table(
        "gap_invitation",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("waiting", "answered", "excused", name="invitationstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("excuse", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_gap_invitation_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_gap_invitation_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["version_id"], ["pathway_version.id"], name=op.f("fk_gap_invitation_version_id_pathway_version")
        ),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_gap_invitation")),
    )
    with op.batch_alter_table("gap_invitation", schema=None) as batch_op:
        batch_op.create_index(
            "uq_gap_invitation",
            ["introduction_id", "version_id", "unit_id"],
            unique=True,
            sqlite_where=sa.text("voided_by is null"),
            postgresql_where=sa.text("voided_by is null"),
        )

    op.create_table(
        "learning_loop",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column(
            "state", sa.Enum("open", "held", "skipped", name="loopstate", native_enum=False, length=40), nullable=False
        ),
        sa.Column("decision", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=True),
        sa.Column(
            "attendees", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("summary", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("hold_check_done", sa.Boolean(), nullable=False),
        sa.Column("indicators_secured", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_learning_loop_introduction_id_introduction")
        ),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_learning_loop")),
    )
    with op.batch_alter_table("learning_loop", schema=None) as batch_op:
        batch_op.create_index(
            "uq_learning_loop",
            ["introduction_id", "number"],
            unique=True,
            sqlite_where=sa.text("voided_by is null"),
            postgresql_where=sa.text("voided_by is null"),
        )

    op.create_table(
        "log_text",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("digest", sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("body", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_log_text_introduction_id_introduction")
        ),
        sa.PrimaryKeyConstraint("introduction_id", "digest", name=op.f("pk_log_text")),
    )
    op.create_table(
        "region_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            sa.Enum(
                "coordinator",
                "head",
                "lag_chair",
                "lag_member",
                "development_resource",
                "unit_representative",
                "management_group_member",
                "registrar",
                "elected_reader",
                "analyst",
                "admin",
                "patient_representative",
                name="role",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("body_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_region_role_body_id_body")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_region_role_person_id_person")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_region_role_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_region_role")),
        sa.UniqueConstraint("person_id", "role", "body_id", name=op.f("uq_region_role_person_id_role_body_id")),
    )
    with op.batch_alter_table("region_role", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_region_role_person_id"), ["person_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_region_role_region_id"), ["region_id"], unique=False)

    op.create_table(
        "task",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("item", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("belongs_to", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("title_sv", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("title_en", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("own_title", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "coordinator",
                "head",
                "lag_chair",
                "lag_member",
                "development_resource",
                "unit_representative",
                "management_group_member",
                "registrar",
                "elected_reader",
                "analyst",
                "admin",
                "patient_representative",
                name="role",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("assignee_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column(
            "required_for",
            sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"),
            nullable=False,
        ),
        sa.Column(
            "state",
            sa.Enum("open", "done", "not_applicable", "cancelled", name="taskstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("made_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("settled_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.Column("outcome", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("snoozes", sa.Integer(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("remind_at", UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["assignee_id"], ["person.id"], name=op.f("fk_task_assignee_id_person")),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_task_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_task_region_id_region")),
        sa.ForeignKeyConstraint(["settled_by"], ["person.id"], name=op.f("fk_task_settled_by_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_task_unit_id_unit")),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_task")),
    )
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.create_index("ix_task_case", ["introduction_id", "state", "due_on"], unique=False)
        batch_op.create_index(
            "ix_task_due",
            ["region_id", "due_on", "introduction_id", "ref"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.create_index(
            "ix_task_open",
            ["assignee_id", "due_on"],
            unique=False,
            sqlite_where=sa.text("state = 'open'"),
            postgresql_where=sa.text("state = 'open'"),
        )
        batch_op.create_index(
            "ix_task_remind",
            ["remind_at"],
            unique=False,
            sqlite_where=sa.text("state = 'open' and remind_at is not null"),
            postgresql_where=sa.text("state = 'open' and remind_at is not null"),
        )

    op.create_table(
        "timer",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "learning_loop",
                "loop_overdue",
                "follow_up",
                "return",
                "decision",
                name="timerkind",
                native_enum=False,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("policy", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "live", "fired", "cancelled", "refused", "skipped", name="timerstate", native_enum=False, length=40
            ),
            nullable=False,
        ),
        sa.Column("settled_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_timer_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_timer_region_id_region")),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_timer")),
    )
    with op.batch_alter_table("timer", schema=None) as batch_op:
        batch_op.create_index(
            "ix_timer_due",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("state = 'live'"),
            postgresql_where=sa.text("state = 'live'"),
        )
        batch_op.create_index(
            "ix_timer_of_region",
            ["region_id", "due_at", "introduction_id", "ref"],
            unique=False,
            sqlite_where=sa.text("state = 'live'"),
            postgresql_where=sa.text("state = 'live'"),
        )
        batch_op.create_index(
            "uq_timer_live",
            ["introduction_id", "kind", "occurrence"],
            unique=True,
            sqlite_where=sa.text("state = 'live'"),
            postgresql_where=sa.text("state = 'live'"),
        )


def downgrade() -> None:
    with op.batch_alter_table("timer", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_timer_live", sqlite_where=sa.text("state = 'live'"), postgresql_where=sa.text("state = 'live'")
        )
        batch_op.drop_index(
            "ix_timer_of_region", sqlite_where=sa.text("state = 'live'"), postgresql_where=sa.text("state = 'live'")
        )
        batch_op.drop_index(
            "ix_timer_due", sqlite_where=sa.text("state = 'live'"), postgresql_where=sa.text("state = 'live'")
        )

    op.drop_table("timer")
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_task_remind",
            sqlite_where=sa.text("state = 'open' and remind_at is not null"),
            postgresql_where=sa.text("state = 'open' and remind_at is not null"),
        )
        batch_op.drop_index(
            "ix_task_open", sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'")
        )
        batch_op.drop_index(
            "ix_task_due", sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'")
        )
        batch_op.drop_index("ix_task_case")

    op.drop_table("task")
    with op.batch_alter_table("region_role", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_region_role_region_id"))
        batch_op.drop_index(batch_op.f("ix_region_role_person_id"))

    op.drop_table("region_role")
    op.drop_table("log_text")
    with op.batch_alter_table("learning_loop", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_learning_loop", sqlite_where=sa.text("voided_by is null"), postgresql_where=sa.text("voided_by is null")
        )

    op.drop_table("learning_loop")
    with op.batch_alter_table("gap_invitation", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_gap_invitation",
            sqlite_where=sa.text("voided_by is null"),
            postgresql_where=sa.text("voided_by is null"),
        )

    op.drop_table("gap_invitation")
    with op.batch_alter_table("gap_answer", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_gap_answer", sqlite_where=sa.text("voided_by is null"), postgresql_where=sa.text("voided_by is null")
        )

    op.drop_table("gap_answer")
    op.drop_table("follow_up")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index("ix_event_region")
        batch_op.drop_index("ix_event_at")

    op.drop_table("event")
    op.drop_table("decision")
    op.drop_table("comment_round")
    op.drop_table("celebration")
    op.drop_table("board_case")
    with op.batch_alter_table("appointment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_appointment_person_id"))

    op.drop_table("appointment")
    with op.batch_alter_table("activity_gap", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_activity_gap", sqlite_where=sa.text("voided_by is null"), postgresql_where=sa.text("voided_by is null")
        )

    op.drop_table("activity_gap")
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_responsible_id"))

    op.drop_table("activity")
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_absence_person_id"))

    op.drop_table("absence")
    op.drop_table("person")
    op.drop_table("pathway_step")
    op.drop_table("meeting")
    with op.batch_alter_table("introduction", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_introduction_open",
            sqlite_where=sa.text("standing in ('active', 'paused')"),
            postgresql_where=sa.text("standing in ('active', 'paused')"),
        )
        batch_op.drop_index("ix_introduction_slug")
        batch_op.drop_index(batch_op.f("ix_introduction_pathway_id"))
        batch_op.drop_index("ix_introduction_board")

    op.drop_table("introduction")
    op.drop_table("unit")
    with op.batch_alter_table("pathway_version", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_pathway_version_pathway_id"))

    op.drop_table("pathway_version")
    op.drop_table("pathway_goal")
    op.drop_table("closing_day")
    op.drop_table("body")
    op.drop_table("region")
    op.drop_table("pathway")
    with op.batch_alter_table("outbox_message", schema=None) as batch_op:
        batch_op.drop_index("ix_outbox_message_state_due_at")

    op.drop_table("outbox_message")
    with op.batch_alter_table("inbox_item", schema=None) as batch_op:
        batch_op.drop_index("ix_inbox_item_recipient_created_at")

    op.drop_table("inbox_item")
    op.drop_table("heartbeat")
    op.drop_table("delivery_receipt")
    op.drop_table("catalogue_import")
