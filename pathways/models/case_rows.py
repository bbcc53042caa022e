"""Which tables follow an introduction's log, by name."""

from pathways.models.base import CaseRow, case_tables
from pathways.models.decision import BoardCase, Decision
from pathways.models.gap import GapAnswer, GapInvitation
from pathways.models.introduction import Appointment, Timer
from pathways.models.loop import Celebration, FollowUp, LearningLoop
from pathways.models.plan import Activity, ActivityGap, CommentRound
from pathways.models.task import Task

CASE_TABLES: dict[str, type[CaseRow]] = case_tables(
    (
        Appointment,
        Timer,
        Task,
        GapInvitation,
        GapAnswer,
        Activity,
        ActivityGap,
        CommentRound,
        BoardCase,
        Decision,
        LearningLoop,
        Celebration,
        FollowUp,
    )
)
