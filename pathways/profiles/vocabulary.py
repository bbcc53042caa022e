"""The fixed words a profile may use: roles, matters, kinds of body, states with a checklist.

What a word means to a person stands behind each member. Which command exists is decided by states.commands.
"""

from enum import StrEnum


class Role(StrEnum):
    """A hat somebody wears; the policy table says what it may do."""

    COORDINATOR = "coordinator"  # samordnare vårdförlopp: drives all introductions of the region
    HEAD = "head"  # avdelningschef, kunskapsstyrning
    LAG_CHAIR = "lag_chair"  # ordförande i lokala arbetsgruppen
    LAG_MEMBER = "lag_member"  # ledamot i lokala arbetsgruppen
    DEVELOPMENT_RESOURCE = "development_resource"  # utvecklingsresurs, central or local
    UNIT_REPRESENTATIVE = "unit_representative"  # verksamhetschef or vårdcentralschef, answers for one unit
    MANAGEMENT_GROUP_MEMBER = "management_group_member"  # ledamot i LG-HS
    REGISTRAR = "registrar"  # nämndsekreterare or registrator
    ELECTED_READER = "elected_reader"  # förtroendevald, reads only
    ANALYST = "analyst"  # analytiker or registersamordnare
    ADMIN = "admin"  # manages people and roles
    PATIENT_REPRESENTATIVE = "patient_representative"  # never named in the pathway record


class Matter(StrEnum):
    """What a body decides on, or is told about."""

    NEW_PATHWAY = "new_pathway"  # a national pathway has reached the region (told, not decided)
    APPOINTMENT = "appointment"  # chair, members and development resource of the local group
    RESPONSE = "response"  # remissvar
    RANKING = "ranking"  # the measures in order
    PLAN = "plan"  # handlingsplan
    INTRODUCTION = "introduction"  # that the region introduces the pathway
    PROGRESS = "progress"  # how the introduction goes (told, not decided)


DECIDED_MATTERS = (Matter.APPOINTMENT, Matter.RESPONSE, Matter.RANKING, Matter.PLAN, Matter.INTRODUCTION)
"""The matters that somebody must decide in every region."""


class DocumentKind(StrEnum):
    """What a document is."""

    DECISION_BASIS = "decision_basis"  # tjänsteskrivelse
    CONSULTATION_RESPONSE = "consultation_response"  # remissvar
    ACTION_PLAN = "action_plan"  # handlingsplan
    MINUTES = "minutes"  # protokoll
    MINUTES_EXTRACT = "minutes_extract"  # protokollsutdrag
    STATUS_LETTER = "status_letter"  # brev till enheterna om läget
    STATE_REPORT = "state_report"  # redovisning till staten, 30 september och 31 mars


class BodyKind(StrEnum):
    """Where in the organisation a body sits."""

    PREPARATORY_GROUP = "preparatory_group"  # beredningsgrupp
    MANAGEMENT_GROUP = "management_group"  # ledningsgrupp
    POLITICAL_BOARD = "political_board"  # nämnd or styrelse
    COMMITTEE = "committee"  # beredning or utskott


class Weekday(StrEnum):
    """Day of the week; its place in this list is date.weekday()."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @property
    def number(self) -> int:
        """Return 0 for Monday to 6 for Sunday, as date.weekday() does."""
        return list(Weekday).index(self)


CHECKLIST_STATES = (
    "preparation",
    "mapping",
    "communicated",
    "revising",
    "drafting",
    "ranking",
    "awaiting_decision",
    "executing",
    "reviewing",
    "adjusting",
    "evaluating",
    "celebrated",
    "finished",
)
"""The chart's states that may carry a checklist, in the order of the process."""

CHECKLIST_MOMENTS = ("follow_up", "returning")
"""Moments that bring tasks although no state is entered: a follow-up is due; the earliest return from a pause."""
