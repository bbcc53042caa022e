"""`/forlopp/{slug}/tidsplan`: the way back from a meeting or a consultation window, and what is no longer possible."""

from functools import partial

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.planning.rules import RegionRules
from pathways.planning.shorten import shorten
from pathways.profiles.schema import Profile
from pathways.queries.present import load_head
from pathways.queries.region_meetings import profile_with_meetings
from pathways.queries.stays import load_stays
from pathways.queries.usual import Usual, usual_days
from pathways.queries.way_back import WayBack
from pathways.web.back_plan_asked import Asked, read_asked
from pathways.web.back_plan_goal import Planned, plan_goal
from pathways.web.back_plan_shown import Shown, Teller
from pathways.web.introduction_sections import list_sections
from pathways.web.month_names import short_month
from pathways.web.visit import Visit, VisitDep
from states.snapshot import Phase

router = APIRouter()


@router.get("/forlopp/{slug}/tidsplan")
def show_back_plan(visit: VisitDep, slug: str) -> Response:
    """Show the plan back from the goal in the address; one that cannot be understood gives 422 and the form."""
    visit.require("see_introduction")
    region_id = visit.visitor.region_id
    with visit.read() as work:
        head = load_head(work, region_id=region_id, slug=slug)
        way = WayBack(work, head)
        profile = profile_with_meetings(work, region_id=region_id, profile=visit.profile, today=visit.today)
        usual = usual_days(load_stays(work, region_id=region_id, until=work.now), profile.region.zone)
    asked = read_asked(visit, profile, way)
    path = f"/forlopp/{slug}/tidsplan"
    shown = _show(visit, profile, way, asked, path) if asked.goal and not asked.has_errors else None
    return visit.page(
        "calendar/back_plan.html",
        status=422 if asked.has_errors else 200,
        head=head,
        way=way,
        asked=asked,
        shown=shown,
        usual=_usual_told(visit, usual.get(Phase.GAP_ANALYSIS)),
        path=path,
        has_errors=asked.has_errors,
        shorter=_shorter_told(visit, profile, asked, shown),
        sections=list_sections(visit, slug, "/tidsplan"),
        short_month=partial(short_month, visit),
    )


def _show(visit: Visit, profile: Profile, way: WayBack, asked: Asked, path: str) -> Shown | None:
    """Return what is told of the goal; None where no meeting of the responding body lies in the window."""
    assert asked.goal is not None
    body = asked.goal.body or profile.responding_body
    done = way.done_towards(body.slug, profile) if body else frozenset()
    rules = _rules(profile, asked, body.slug if body else "")
    planned: Planned | None = plan_goal(asked.goal, profile, rules, today=visit.today, done=done)
    if planned is None:
        return None
    teller = Teller(visit=visit, profile=profile, rules=rules, done=done, path=path)
    return teller.show(asked, asked.goal, planned)


def _rules(profile: Profile, asked: Asked, body: str) -> RegionRules:
    if asked.shorter is None:
        return profile
    step, days = asked.shorter
    return shorten(profile, body, step, days=days)


def _usual_told(visit: Visit, usual: Usual | None) -> str:
    """Return how long the gap analysis usually takes, where enough have been through it to say."""
    if usual is None:
        return ""
    return visit.texts.say("web.calendar.back.usual", n=usual.days, of=usual.introductions)


def _shorter_told(visit: Visit, profile: Profile, asked: Asked, shown: Shown | None) -> tuple[str, str] | None:
    """Return the step that is supposed to be shorter as a sentence, and the address without it."""
    if asked.shorter is None or shown is None or asked.goal is None:
        return None
    step, days = asked.shorter
    rules = profile.backward_plan
    title = next(rule.title.in_language(visit.language) for rule in rules if rule.step == step and rule.lasts_days)
    return visit.texts.say("web.calendar.back.supposed", step=title, n=days), asked.goal.query
