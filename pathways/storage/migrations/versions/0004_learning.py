"""Rows of measurement, reviews, hold checks and celebration."""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

from notifications.utc import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


MOVED_BEFORE = (
    "start",
    "start_gap_analysis",
    "propose_plan",
    "decide",
    "open_loop",
    "hold_loop",
    "adopt_adjusted_plan",
    "finish",
    "record_follow_up",
    "reopen",
    "approve_nationally",
    "adopt_revision",
    "reinstate",
    "pause",
    "resume",
    "stop",
    "correct",
    "migrate",
)
MOVED = (
    "start",
    "start_gap_analysis",
    "propose_plan",
    "decide",
    "open_loop",
    "hold_loop",
    "sign_review",
    "skip_loop",
    "adopt_adjusted_plan",
    "finish",
    "record_follow_up",
    "reopen",
    "approve_nationally",
    "adopt_revision",
    "reinstate",
    "pause",
    "resume",
    "stop",
    "correct",
    "migrate",
)


def _index_what_moved(commands: tuple[str, ...]) -> None:
    """Make the index of the events that may move an introduction anew: its condition cannot be changed."""
    told = ", ".join(f"'{command}'" for command in commands)
    where = sa.text(f"(command in ({told}) or standing = 'closed')")
    columns = ["introduction_id", "at", "seq", "phase", "standing", "command"]
    op.drop_index("ix_event_moved", table_name="event")
    op.create_index("ix_event_moved", "event", columns, sqlite_where=where, postgresql_where=where)


def upgrade() -> None:
    _index_what_moved(MOVED)
    op.create_table(
        "award",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("nominate_until", sa.Date(), nullable=False),
        sa.Column("winner_id", sa.Integer(), nullable=True),
        sa.Column("motive", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("published_at", UtcDateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["published_by"], ["person.id"], name=op.f("fk_award_published_by_person")),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_award_region_id_region")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award")),
        sa.UniqueConstraint("region_id", "year", name=op.f("uq_award_region_id_year")),
    )
    op.create_table(
        "complexity_answer",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("domain", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column(
            "level",
            sa.Enum("simple", "complicated", "complex", name="complexity", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_complexity_answer_answered_by_person")),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_complexity_answer_introduction_id_introduction")
        ),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_complexity_answer")),
    )
    with op.batch_alter_table("complexity_answer", schema=None) as batch_op:
        batch_op.create_index(
            "uq_complexity_answer",
            ["introduction_id", "domain"],
            unique=True,
            sqlite_where=sa.text("voided_by is null"),
            postgresql_where=sa.text("voided_by is null"),
        )

    op.create_table(
        "evaluation_line",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("line", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("body", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_evaluation_line_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_evaluation_line_written_by_person")),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_evaluation_line")),
    )
    with op.batch_alter_table("evaluation_line", schema=None) as batch_op:
        batch_op.create_index(
            "uq_evaluation_line",
            ["introduction_id", "line"],
            unique=True,
            sqlite_where=sa.text("voided_by is null"),
            postgresql_where=sa.text("voided_by is null"),
        )

    op.create_table(
        "hold_answer",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("invitation_ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("check_ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column(
            "levels", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_hold_answer_introduction_id_introduction")
        ),
        sa.PrimaryKeyConstraint("introduction_id", "invitation_ref", name=op.f("pk_hold_answer")),
    )
    op.create_table(
        "hold_check",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("answers", sa.Integer(), nullable=True),
        sa.Column(
            "results", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=True
        ),
        sa.Column(
            "lowest", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_hold_check_introduction_id_introduction")
        ),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_hold_check")),
    )
    op.create_table(
        "hold_invitation",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("check_ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("task_ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_hold_invitation_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_hold_invitation_person_id_person")),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_hold_invitation")),
    )
    with op.batch_alter_table("hold_invitation", schema=None) as batch_op:
        batch_op.create_index(
            "uq_hold_invitation",
            ["introduction_id", "check_ref", "person_id"],
            unique=True,
            sqlite_where=sa.text("voided_by is null"),
            postgresql_where=sa.text("voided_by is null"),
        )

    op.create_table(
        "indicator",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("slug", sqlmodel.sql.sqltypes.AutoString(length=60), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("process", "outcome", "structure", "balancing", name="indicatorkind", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "direction",
            sa.Enum("higher", "lower", "neither", name="direction", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("unit", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("share", sa.Boolean(), nullable=False),
        sa.Column("counts_people", sa.Boolean(), nullable=False),
        sa.Column(
            "every",
            sa.Enum("week", "fortnight", "month", "quarter", "year", name="every", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("target", sa.Float(), nullable=True),
        sa.Column("second_target", sa.Float(), nullable=True),
        sa.Column(
            "availability",
            sa.Enum("available", "needs_work", "cannot_yet", name="availability", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("lag_days", sa.Integer(), nullable=True),
        sa.Column("coverage", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("source", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("about", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("how_to_read", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("definition", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column(
            "rules", sa.Enum("runs", "xmr", "classic", name="ruleset", native_enum=False, length=40), nullable=False
        ),
        sa.Column("screen", sa.Boolean(), nullable=False),
        sa.Column("two_of_three", sqlmodel.sql.sqltypes.AutoString(length=10), nullable=False),
        sa.Column("goal_id", sa.Integer(), nullable=True),
        sa.Column("task", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=True),
        sa.Column("retired_on", sa.Date(), nullable=True),
        sa.Column("retired_because", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(["goal_id"], ["pathway_goal.id"], name=op.f("fk_indicator_goal_id_pathway_goal")),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_indicator_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_indicator_owner_id_person")),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_indicator")),
    )
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.create_index(
            "uq_indicator",
            ["introduction_id", "slug"],
            unique=True,
            sqlite_where=sa.text("voided_by is null"),
            postgresql_where=sa.text("voided_by is null"),
        )

    op.create_table(
        "indicator_phase",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("indicator", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column(
            "cause",
            sa.Enum("first", "reset", "definition", name="phasecause", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("shift_sustained", sa.Boolean(), nullable=True),
        sa.Column("cause_known", sa.Boolean(), nullable=True),
        sa.Column("wanted_or_accepted", sa.Boolean(), nullable=True),
        sa.Column("expected_to_last", sa.Boolean(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("frozen_through", sa.Date(), nullable=True),
        sa.Column("frozen_reason", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("frozen_on", sa.Date(), nullable=True),
        sa.Column("frozen_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_indicator_phase_decided_by_person")),
        sa.ForeignKeyConstraint(["frozen_by"], ["person.id"], name=op.f("fk_indicator_phase_frozen_by_person")),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_indicator_phase_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_indicator_phase_unit_id_unit")),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_indicator_phase")),
    )
    with op.batch_alter_table("indicator_phase", schema=None) as batch_op:
        batch_op.create_index(
            "uq_indicator_phase_region",
            ["introduction_id", "indicator", "starts"],
            unique=True,
            sqlite_where=sa.text("voided_by is null and unit_id is null"),
            postgresql_where=sa.text("voided_by is null and unit_id is null"),
        )
        batch_op.create_index(
            "uq_indicator_phase_unit",
            ["introduction_id", "indicator", "unit_id", "starts"],
            unique=True,
            sqlite_where=sa.text("voided_by is null"),
            postgresql_where=sa.text("voided_by is null"),
        )

    op.create_table(
        "indicator_value",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("indicator", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("period", sa.Date(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("numerator", sa.Float(), nullable=True),
        sa.Column("denominator", sa.Float(), nullable=True),
        sa.Column(
            "state",
            sa.Enum("preliminary", "final", "corrected", name="pointstate", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column(
            "source",
            sa.Enum("form", "paste", "file", "api", name="valuesource", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("entered_on", sa.Date(), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=True),
        sa.Column("replaces", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=True),
        sa.ForeignKeyConstraint(["entered_by"], ["person.id"], name=op.f("fk_indicator_value_entered_by_person")),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_indicator_value_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_indicator_value_unit_id_unit")),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_indicator_value")),
    )
    with op.batch_alter_table("indicator_value", schema=None) as batch_op:
        batch_op.create_index(
            "uq_indicator_value_region",
            ["introduction_id", "indicator", "period"],
            unique=True,
            sqlite_where=sa.text("voided_by is null and unit_id is null"),
            postgresql_where=sa.text("voided_by is null and unit_id is null"),
        )
        batch_op.create_index(
            "uq_indicator_value_unit",
            ["introduction_id", "indicator", "unit_id", "period"],
            unique=True,
            sqlite_where=sa.text("voided_by is null"),
            postgresql_where=sa.text("voided_by is null"),
        )

    op.create_table(
        "lesson",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("body", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column(
            "hinders", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column(
            "causes", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("step", sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_lesson_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_lesson_region_id_region")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_lesson_written_by_person")),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_lesson")),
    )
    with op.batch_alter_table("lesson", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lesson_region_id"), ["region_id"], unique=False)

    op.create_table(
        "prediction",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("loop", sa.Integer(), nullable=False),
        sa.Column("activity_ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("theory", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("measure", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column(
            "direction",
            sa.Enum("higher", "lower", "unchanged", name="expected", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("size", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("by_on", sa.Date(), nullable=True),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_prediction_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_prediction_written_by_person")),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_prediction")),
    )
    with op.batch_alter_table("prediction", schema=None) as batch_op:
        batch_op.create_index(
            "uq_prediction",
            ["introduction_id", "loop", "activity_ref"],
            unique=True,
            sqlite_where=sa.text("voided_by is null"),
            postgresql_where=sa.text("voided_by is null"),
        )

    op.create_table(
        "readiness_line",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("line", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column(
            "answer", sa.Enum("yes", "no", "not_needed", name="ready", native_enum=False, length=40), nullable=False
        ),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("note", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=False),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"], name=op.f("fk_readiness_line_answered_by_person")),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_readiness_line_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_readiness_line_owner_id_person")),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_readiness_line")),
    )
    with op.batch_alter_table("readiness_line", schema=None) as batch_op:
        batch_op.create_index(
            "uq_readiness_line",
            ["introduction_id", "line"],
            unique=True,
            sqlite_where=sa.text("voided_by is null"),
            postgresql_where=sa.text("voided_by is null"),
        )

    op.create_table(
        "review",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("loop", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("data_until", sa.Date(), nullable=True),
        sa.Column("led_by", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=True),
        sa.Column(
            "present", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("closing", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=True),
        sa.Column("closing_why", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("risks", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("help_wanted", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column(
            "asked_for",
            sa.Enum("none", "information", "decision", name="askedfor", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("question", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("celebrate", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("decision", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("summary", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("manager_informed", sa.Boolean(), nullable=False),
        sa.Column(
            "checks", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("signed_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_review_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["signed_by"], ["person.id"], name=op.f("fk_review_signed_by_person")),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_review")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index(
            "uq_review",
            ["introduction_id", "loop"],
            unique=True,
            sqlite_where=sa.text("voided_by is null"),
            postgresql_where=sa.text("voided_by is null"),
        )

    op.create_table(
        "review_activity",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("loop", sa.Integer(), nullable=False),
        sa.Column("activity_ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("state", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=False),
        sa.Column("scale", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=True),
        sa.Column("next_scale", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=True),
        sa.Column("done", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=True),
        sa.Column("reach", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("changed", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("worse", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=True),
        sa.Column("worse_how", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("voice_patients", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("voice_staff", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("compared", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=True),
        sa.Column("learned", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column(
            "decision",
            sa.Enum("keep", "adjust", "stop", "extend", name="verdict", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("why", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("change", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("share", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column(
            "hints", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_review_activity_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_review_activity_owner_id_person")),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_review_activity")),
    )
    with op.batch_alter_table("review_activity", schema=None) as batch_op:
        batch_op.create_index(
            "uq_review_activity",
            ["introduction_id", "loop", "activity_ref"],
            unique=True,
            sqlite_where=sa.text("voided_by is null"),
            postgresql_where=sa.text("voided_by is null"),
        )

    op.create_table(
        "review_field",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("loop", sa.Integer(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
        sa.Column("region_id", sa.Integer(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("hand", sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("written_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_review_field_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["region_id"], ["region.id"], name=op.f("fk_review_field_region_id_region")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_review_field_written_by_person")),
        sa.PrimaryKeyConstraint("introduction_id", "loop", "key", name=op.f("pk_review_field")),
    )
    with op.batch_alter_table("review_field", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_field_region_id"), ["region_id"], unique=False)

    op.create_table(
        "review_indicator",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("loop", sa.Integer(), nullable=False),
        sa.Column("indicator", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column(
            "snapshot", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=False
        ),
        sa.Column("explained", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=True),
        sa.Column("explanation", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("quality", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("equal_care", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("reset", sqlmodel.sql.sqltypes.AutoString(length=20), nullable=True),
        sa.Column("reset_why", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_review_indicator_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_review_indicator_unit_id_unit")),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_review_indicator")),
    )
    with op.batch_alter_table("review_indicator", schema=None) as batch_op:
        batch_op.create_index(
            "uq_review_indicator",
            ["introduction_id", "loop", "indicator", "unit_id"],
            unique=True,
            sqlite_where=sa.text("voided_by is null"),
            postgresql_where=sa.text("voided_by is null"),
        )

    op.create_table(
        "review_note",
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("ref", sqlmodel.sql.sqltypes.AutoString(length=24), nullable=False),
        sa.Column("made_in", sa.Integer(), nullable=False),
        sa.Column("voided_by", sa.Integer(), nullable=True),
        sa.Column("loop", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Enum("note", "answer", name="notekind", native_enum=False, length=40), nullable=False),
        sa.Column("body", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_review_note_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_review_note_written_by_person")),
        sa.PrimaryKeyConstraint("introduction_id", "ref", name=op.f("pk_review_note")),
    )
    op.create_table(
        "award_juror",
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_award_juror_award_id_award")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_award_juror_person_id_person")),
        sa.PrimaryKeyConstraint("award_id", "person_id", name=op.f("pk_award_juror")),
    )
    op.create_table(
        "nomination",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("introduction_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("motive", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("nominated_by", sa.Integer(), nullable=True),
        sa.Column("nominated_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_nomination_award_id_award")),
        sa.ForeignKeyConstraint(
            ["introduction_id"], ["introduction.id"], name=op.f("fk_nomination_introduction_id_introduction")
        ),
        sa.ForeignKeyConstraint(["nominated_by"], ["person.id"], name=op.f("fk_nomination_nominated_by_person")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_nomination_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nomination")),
        sa.UniqueConstraint(
            "award_id", "introduction_id", "unit_id", name=op.f("uq_nomination_award_id_introduction_id_unit_id")
        ),
    )
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_nomination_award_id"), ["award_id"], unique=False)

    op.create_table(
        "jury_vote",
        sa.Column("award_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("nomination_id", sa.Integer(), nullable=False),
        sa.Column("motive", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("voted_at", UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["award_id"], ["award.id"], name=op.f("fk_jury_vote_award_id_award")),
        sa.ForeignKeyConstraint(
            ["nomination_id"], ["nomination.id"], name=op.f("fk_jury_vote_nomination_id_nomination")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_jury_vote_person_id_person")),
        sa.PrimaryKeyConstraint("award_id", "person_id", name=op.f("pk_jury_vote")),
    )
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "strategies",
                sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"),
                nullable=True,
            )
        )
        batch_op.add_column(sa.Column("started_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("ended_on", sa.Date(), nullable=True))

    with op.batch_alter_table("celebration", schema=None) as batch_op:
        batch_op.add_column(sa.Column("thanks", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
        batch_op.add_column(sa.Column("thanked_on", sa.Date(), nullable=True))

    with op.batch_alter_table("gap_answer", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column(
                "hinders", sa.JSON().with_variant(postgresql.JSONB(astext_type=sa.Text()), "postgresql"), nullable=True
            )
        )

    with op.batch_alter_table("introduction", schema=None) as batch_op:
        batch_op.create_index("ix_introduction_since", ["phase_since_at", "id"], unique=False)


def downgrade() -> None:
    _index_what_moved(MOVED_BEFORE)
    with op.batch_alter_table("introduction", schema=None) as batch_op:
        batch_op.drop_index("ix_introduction_since")

    with op.batch_alter_table("gap_answer", schema=None) as batch_op:
        batch_op.drop_column("hinders")

    with op.batch_alter_table("celebration", schema=None) as batch_op:
        batch_op.drop_column("thanked_on")
        batch_op.drop_column("thanks")

    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.drop_column("ended_on")
        batch_op.drop_column("started_on")
        batch_op.drop_column("strategies")

    op.drop_table("jury_vote")
    with op.batch_alter_table("nomination", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_nomination_award_id"))

    op.drop_table("nomination")
    op.drop_table("award_juror")
    op.drop_table("review_note")
    with op.batch_alter_table("review_indicator", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_review_indicator",
            sqlite_where=sa.text("voided_by is null"),
            postgresql_where=sa.text("voided_by is null"),
        )

    op.drop_table("review_indicator")
    with op.batch_alter_table("review_field", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_review_field_region_id"))

    op.drop_table("review_field")
    with op.batch_alter_table("review_activity", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_review_activity",
            sqlite_where=sa.text("voided_by is null"),
            postgresql_where=sa.text("voided_by is null"),
        )

    op.drop_table("review_activity")
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_review", sqlite_where=sa.text("voided_by is null"), postgresql_where=sa.text("voided_by is null")
        )

    op.drop_table("review")
    with op.batch_alter_table("readiness_line", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_readiness_line",
            sqlite_where=sa.text("voided_by is null"),
            postgresql_where=sa.text("voided_by is null"),
        )

    op.drop_table("readiness_line")
    with op.batch_alter_table("prediction", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_prediction", sqlite_where=sa.text("voided_by is null"), postgresql_where=sa.text("voided_by is null")
        )

    op.drop_table("prediction")
    with op.batch_alter_table("lesson", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lesson_region_id"))

    op.drop_table("lesson")
    with op.batch_alter_table("indicator_value", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_indicator_value_unit",
            sqlite_where=sa.text("voided_by is null"),
            postgresql_where=sa.text("voided_by is null"),
        )
        batch_op.drop_index(
            "uq_indicator_value_region",
            sqlite_where=sa.text("voided_by is null and unit_id is null"),
            postgresql_where=sa.text("voided_by is null and unit_id is null"),
        )

    op.drop_table("indicator_value")
    with op.batch_alter_table("indicator_phase", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_indicator_phase_unit",
            sqlite_where=sa.text("voided_by is null"),
            postgresql_where=sa.text("voided_by is null"),
        )
        batch_op.drop_index(
            "uq_indicator_phase_region",
            sqlite_where=sa.text("voided_by is null and unit_id is null"),
            postgresql_where=sa.text("voided_by is null and unit_id is null"),
        )

    op.drop_table("indicator_phase")
    with op.batch_alter_table("indicator", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_indicator", sqlite_where=sa.text("voided_by is null"), postgresql_where=sa.text("voided_by is null")
        )

    op.drop_table("indicator")
    with op.batch_alter_table("hold_invitation", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_hold_invitation",
            sqlite_where=sa.text("voided_by is null"),
            postgresql_where=sa.text("voided_by is null"),
        )

    op.drop_table("hold_invitation")
    op.drop_table("hold_check")
    op.drop_table("hold_answer")
    with op.batch_alter_table("evaluation_line", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_evaluation_line",
            sqlite_where=sa.text("voided_by is null"),
            postgresql_where=sa.text("voided_by is null"),
        )

    op.drop_table("evaluation_line")
    with op.batch_alter_table("complexity_answer", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_complexity_answer",
            sqlite_where=sa.text("voided_by is null"),
            postgresql_where=sa.text("voided_by is null"),
        )

    op.drop_table("complexity_answer")
    op.drop_table("award")
