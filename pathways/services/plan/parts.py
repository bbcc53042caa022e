"""The parts of an activity's order: what may be said of one, and how long it may be."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from pathways.errors import Refused

ActivityKind = Literal[
    "training", "routine", "record_template", "staffing", "agreement", "communication", "phase_out", "measurement"
]
Strategy = Literal[
    "teach",
    "practise",
    "coach",
    "champions",
    "manager_support",
    "patients_along",
    "staff_along",
    "local_fit",
    "small_test",
    "simplify",
    "new_routine",
    "new_roles",
    "reminders",
    "record_support",
    "feedback",
    "money",
    "agreements",
    "learn_from_others",
    "equip",
    "stop_old",
]
"""The ways by which an activity is to change practice, in short words of our own (`strategy.*`)."""

SHORT, LONG = 200, 2000
Title = Annotated[str, Field(min_length=3, max_length=300)]
Kronor = Annotated[int, Field(ge=0, le=2_000_000_000)]
Short = Annotated[str, Field(min_length=1, max_length=SHORT)]
Words = Annotated[str, Field(min_length=1, max_length=LONG)]
Motive = Annotated[str, Field(min_length=3, max_length=LONG)]
Clearable = Literal[
    "responsible",
    "responsible_role",
    "support",
    "start_on",
    "due_on",
    "cost_once",
    "cost_yearly",
    "funding",
    "indicator",
    "effect",
    "dependency",
    "decision_ref",
]


def refuse_an_end_before_the_start(start_on: date | None, due_on: date | None) -> None:
    """Let an activity's days through, unless it would end before it begins."""
    if start_on and due_on and due_on < start_on:
        raise Refused("error.due_before_start", start_on=start_on.isoformat(), due_on=due_on.isoformat())
