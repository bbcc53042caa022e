"""Which tables follow an introduction's log, by name."""

from pathways.models.attachment import Attachment
from pathways.models.base import CaseRow, case_tables
from pathways.models.comment import TaskComment
from pathways.models.decision import BoardCase, Decision
from pathways.models.decision_basis import BasisVersion
from pathways.models.gap import GapAnswer, GapInvitation
from pathways.models.holding import (
    ComplexityAnswer,
    EvaluationLine,
    HoldCheck,
    HoldInvitation,
    Lesson,
    ReadinessLine,
)
from pathways.models.introduction import Appointment, Timer
from pathways.models.loop import Celebration, FollowUp, LearningLoop
from pathways.models.measure import Indicator, IndicatorPhase, IndicatorValue
from pathways.models.plan import Activity, ActivityGap, CommentRound
from pathways.models.plan_comment import CommentInvitation, PlanComment
from pathways.models.ranking import Ranking, RankingMove, Score
from pathways.models.review import Prediction, Review, ReviewActivity, ReviewIndicator, ReviewNote
from pathways.models.task import Task

CASE_TABLES: dict[str, type[CaseRow]] = case_tables(
    (
        Appointment,
        Timer,
        Task,
        TaskComment,
        Attachment,
        GapInvitation,
        GapAnswer,
        Activity,
        ActivityGap,
        CommentRound,
        CommentInvitation,
        PlanComment,
        Score,
        Ranking,
        RankingMove,
        BoardCase,
        BasisVersion,
        Decision,
        LearningLoop,
        Celebration,
        FollowUp,
        Indicator,
        IndicatorValue,
        IndicatorPhase,
        HoldCheck,
        HoldInvitation,
        ReadinessLine,
        ComplexityAnswer,
        EvaluationLine,
        Lesson,
        Prediction,
        Review,
        ReviewActivity,
        ReviewIndicator,
        ReviewNote,
    )
)
