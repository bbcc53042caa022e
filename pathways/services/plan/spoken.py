"""What bodies have said of a matter before the one that decides it: each body's last word since the last decision."""

from sqlalchemy import select

from pathways.models.decision import Decision, DecisionKind
from pathways.models.organisation import Body
from pathways.profiles.vocabulary import Matter
from pathways.services.case import Case
from pathways.services.lookup import rows_of
from pathways.storage.unit_of_work import Row, table_of

KINDS = {Matter.PLAN: DecisionKind.PLAN, Matter.RESPONSE: DecisionKind.RESPONSE}
"""The matters that end with a decision in an introduction's log, and what that decision is."""
ENDORSED = "adopt"
_body = table_of(Body)


def last_words(rows: list[Row], matter: Matter) -> dict[int, str]:
    """Return what each body said last, by its id; a decision on the matter lets everything begin anew."""
    said: dict[int, str] = {}
    for row in sorted(rows, key=lambda row: int(row["made_in"])):
        if row["kind"] == KINDS[matter]:
            said = {}
        elif row["kind"] == DecisionKind.ENDORSEMENT and row["about"] == matter:
            said[int(row["body_id"])] = str(row["outcome"])
    return said


def have_spoken(rows: list[Row], matter: Matter, names: dict[int, str]) -> frozenset[str]:
    """Return the bodies that have endorsed; one that wants it back, or advises against, must take it up again."""
    words = last_words(rows, matter)
    return frozenset(names[body] for body, said in words.items() if said == ENDORSED and body in names)


def spoken_on(case: Case, matter: Matter) -> frozenset[str]:
    """Return the bodies, by slug, that have endorsed the matter of this introduction."""
    bodies = case.work.rows(select(_body.c.id, _body.c.slug).where(_body.c.region_id == case.region_id))
    return have_spoken(rows_of(case, Decision), matter, {row["id"]: row["slug"] for row in bodies})
