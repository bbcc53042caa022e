"""Say how complex the change is, domain by domain, when the measures are ranked."""

from collections.abc import Iterable
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pathways.errors import Refused
from pathways.models.holding import Complexity, ComplexityAnswer
from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import rows_of
from pathways.services.plan.parts import Words
from states.snapshot import place_of

Domain = Literal["patients", "practice", "value", "staff", "organisation", "surroundings", "time"]
DOMAINS: tuple[str, ...] = get_args(Domain)
"""What can be simple or complex about a change; the words are the catalogue's (`complexity_domain.*`)."""

MANY_COMPLEX = 2
"""From so many complex domains on, a smaller first step is suggested."""

WEIGHED = frozenset({"communicated", "ranking", "awaiting_decision", "adjusting"})
"""Where a plan is written, ranked or adjusted, so that an answer can still change it."""


class DomainAnswer(BaseModel):
    """How one domain looks, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    domain: Domain
    level: Complexity
    note: Words | None = None


class AssessComplexity(Order):
    """One or more domains; one that was answered before gets the new answer, the others stay."""

    domains: Annotated[list[DomainAnswer], Field(min_length=1, max_length=len(DOMAINS))]

    @model_validator(mode="after")
    def _each_once(self) -> "AssessComplexity":
        named = [one.domain for one in self.domains]
        if len(named) != len(set(named)):
            raise ValueError("a domain is named twice")
        return self


def assess_complexity(case: Case, order: AssessComplexity) -> None:
    """Write the answers; refused where no plan is being written, ranked or adjusted."""
    if place_of(case.snapshot) not in WEIGHED:
        raise Refused("error.complexity_not_now")
    known = {row["domain"]: row["ref"] for row in rows_of(case, ComplexityAnswer)}
    said = {"answered_on": case.today, "answered_by": case.actor_id}
    new = []
    for one in order.domains:
        values = {"level": one.level, "note": one.note, **said}
        if one.domain in known:
            case.update(ComplexityAnswer, known[one.domain], **values)
        else:
            new.append({"domain": one.domain, **values})
    case.insert_many(ComplexityAnswer, new)


def suggests_smaller_step(levels: Iterable[str]) -> bool:
    """Say whether so much is complex that a smaller first step is wise."""
    return sum(level == Complexity.COMPLEX for level in levels) >= MANY_COMPLEX


USE_CASE = UseCase("assess_complexity", AssessComplexity, assess_complexity)
