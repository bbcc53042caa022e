"""`/forlopp/{slug}`: one introduction, where it stands and what is needed to go on, now or as of a day."""

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.queries import choices
from pathways.queries.earlier import list_earlier
from pathways.queries.log_page import LogPage, log_page
from pathways.queries.milestones import forecasts, read_ways
from pathways.queries.onward import ONWARD
from pathways.queries.readiness import load_ready_brief
from pathways.queries.rollout import find_awaited
from pathways.queries.views import IntroductionView
from pathways.storage.unit_of_work import Row, UnitOfWork
from pathways.web.as_of import AsOf
from pathways.web.chart_picture import draw_chart
from pathways.web.flow_words import tell_forecast
from pathways.web.history_shown import tell_events
from pathways.web.introduction_read import read_view
from pathways.web.introduction_sections import list_sections
from pathways.web.introduction_shown import (
    count_gaps,
    count_plan,
    list_onward,
    list_steps,
    live_timers,
    open_tasks,
    tell_position,
)
from pathways.web.introduction_undo import newest_undo
from pathways.web.pages.earlier import tell_spell
from pathways.web.visit import Visit, VisitDep

router = APIRouter()
NEWEST = 10


@router.get("/forlopp/{slug}")
def show_introduction(visit: VisitDep, slug: str) -> Response:
    """Show everything about one introduction; a day that cannot be shown gives 422 and how things stand now."""
    visit.require("see_introduction")
    with visit.read() as work:
        asked, view = read_view(visit, work, slug)
        case = view.position.introduction_id
        newest = _newest(visit, work, view, asked)
        told_already = visit.visitor.has_notices  # the notice of what was just done offers to undo it, too
        hidden = asked.day is not None or told_already
        undo = None if hidden else newest_undo(visit, slug, newest.rows[0], view.position.introduction_id)
        ready = load_ready_brief(work, region_id=visit.visitor.region_id, introduction_id=case)
        documents = [] if asked.day else _documents(visit, work, view)
        forecast = "" if asked.day else _forecast(visit, work, view)
        awaited = None if asked.day else find_awaited(work, region_id=visit.visitor.region_id, introduction_id=case)
        earlier = _earlier(visit, work, view)
    today = asked.day or visit.today
    return visit.page(
        "introduction/introduction.html",
        status=asked.status,
        view=view,
        row=view.position,
        as_of=asked,
        as_of_day=today,
        has_errors=bool(asked.field.error),
        sections=list_sections(visit, slug, "", asked.query),
        steps=list_steps(visit, view),
        position=tell_position(visit, view),
        leading=ONWARD.get(view.position.place),
        onward=list_onward(visit, view),
        lines=draw_chart(view.chart, visit.wording, here=view.position.configuration, resting=view.resting),
        tasks=open_tasks(view),
        settled=len(view.tasks) - len(open_tasks(view)),
        timers=live_timers(view),
        gaps=count_gaps(visit, view.gap),
        plan=count_plan(visit, view.activities, today=today),
        newest=tell_events(visit, newest.rows),
        has_more=newest.older is not None,
        undo=undo,
        documents=documents,
        forecast=forecast,
        ready=ready if asked.day is None else None,
        awaited=awaited,
        earlier=earlier,
    )


def _newest(visit: Visit, work: UnitOfWork, view: IntroductionView, asked: AsOf) -> LogPage:
    return log_page(
        work,
        region_id=visit.visitor.region_id,
        introduction_id=view.position.introduction_id,
        as_of=asked.moment,
        limit=NEWEST,
    )


def _earlier(visit: Visit, work: UnitOfWork, view: IntroductionView) -> list[tuple[int, str]]:
    """Return the introductions of the pathway before this one: number, how each ended and when."""
    row = view.position
    if row.number == 1:
        return []
    found = list_earlier(work, region_id=visit.visitor.region_id, slug=row.slug, before=row.number)
    return [(one.number, tell_spell(visit, one)) for one in found]


def _documents(visit: Visit, work: UnitOfWork, view: IntroductionView) -> list[Row]:
    if not visit.may("see_task"):
        return []
    return choices.list_attachments(work, view.position.introduction_id)


def _forecast(visit: Visit, work: UnitOfWork, view: IntroductionView) -> str:
    """Return when the nearest milestone will be come to, in words; empty where nothing can be said of it."""
    if view.position.standing != "active" or not visit.may("see_flow"):
        return ""
    region_id, zone = visit.visitor.region_id, visit.profile.region.zone
    ways = read_ways(work, region_id=region_id, zone=zone, today=visit.today)
    ahead = forecasts(ways, view.position.introduction_id)
    return tell_forecast(visit, ahead[0]) if ahead else ""
