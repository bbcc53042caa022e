"""Ask people, one by one, whether the change holds; or ask more people in the check that is open."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import Field

from pathways.errors import Refused
from pathways.locale import LANGUAGES, texts
from pathways.models.holding import HoldCheck, HoldInvitation
from pathways.profiles.vocabulary import Role
from pathways.services import tasks
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.hold.checks import open_check, refuse_out_of_time
from pathways.services.hold.lines import FEWEST
from pathways.services.lookup import not_in_the_past, person_of, rows_of

ITEM = "svara-hall-i-kontroll"
"""The slug of the task; no profile has it, since every region asks so."""

WHOLE_TRACK = "track"
"""The state in which the task makes sense: a check may be open over a loop and on into the evaluation."""


class OpenHoldCheck(Order):
    """Who is asked, by when, and how many months after the celebration (0: before it)."""

    people: Annotated[list[str], Field(min_length=1, max_length=200)]
    due_on: date
    months: Annotated[int, Field(ge=0, le=120)] = 0


def open_hold_check(case: Case, order: OpenHoldCheck) -> None:
    """Write the invitations and hand each person a task of their own; those asked already are not asked again.

    Fewer than three people are refused, since their answers could not be shown to anybody.
    """
    due_on = not_in_the_past(case, "due_on", order.due_on)
    asked = list(dict.fromkeys(person_of(case, slug) for slug in order.people))
    check = open_check(case)
    if check is None:
        refuse_out_of_time(case, order.months)
        if len(asked) < FEWEST:
            raise Refused("error.hold_check_few_people", n=FEWEST)
        ref = case.insert(HoldCheck, months=order.months, opened_on=case.today, due_on=due_on)
    elif check["months"] != order.months:
        raise Refused("error.hold_check_open")
    else:
        ref = check["ref"]
        known = {row["person_id"] for row in rows_of(case, HoldInvitation, check_ref=ref)}
        asked = [person_id for person_id in asked if person_id not in known]
        if not asked:
            raise Refused("error.hold_check_asked")
    _invite(case, ref, asked, due_on)


def _invite(case: Case, check: str, people: Sequence[int], due_on: date) -> None:
    titles = {language: texts(language).say(f"due.{ITEM}") for language in LANGUAGES}
    new = [_task(case, person_id, due_on, titles) for person_id in people]
    refs = tasks.make(case, case.roster, new)
    invitations = zip(people, refs, strict=True)
    case.insert_many(
        HoldInvitation,
        [{"check_ref": check, "person_id": person_id, "task_ref": task} for person_id, task in invitations],
    )


def _task(case: Case, person_id: int, due_on: date, titles: dict[str, str]) -> tasks.NewTask:
    role = Role(case.roster.role_towards(person_id, Role.LAG_MEMBER))
    return tasks.NewTask(
        role=role, due_on=due_on, belongs_to=WHOLE_TRACK, item=ITEM, titles=titles, assignee_id=person_id
    )


USE_CASE = UseCase("open_hold_check", OpenHoldCheck, open_hold_check)
