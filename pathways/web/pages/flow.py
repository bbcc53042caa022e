"""`/flode`: where the region's introductions wait, how long the phases take, and the times as a file."""

from collections.abc import Iterator

from fastapi import APIRouter
from fastapi.responses import Response

from pathways.documents.table_export import CSV, Cell, Sheet, write_csv
from pathways.queries.bottlenecks import WaitTime, flow
from pathways.queries.milestones import read_ways, region_calibration
from pathways.web.flow_picture import Scale, scale_of
from pathways.web.flow_shown import TimesShown, longest_shown
from pathways.web.flow_words import holder_of, tell_calibration, warn
from pathways.web.visit import Visit, VisitDep

router = APIRouter()
FLOW = "/flode"
COLUMNS = ("phase", "holder", "introductions", "running", "half", "first", "third")


@router.get(FLOW)
def show_flow(visit: VisitDep) -> Response:
    """Show the region's flow as it is now."""
    visit.require("see_flow")
    region_id, zone = visit.visitor.region_id, visit.profile.region.zone
    with visit.read() as work:
        found = flow(work, region_id=region_id, zone=zone, today=visit.today)
        calibration = region_calibration(read_ways(work, region_id=region_id, zone=zone, today=visit.today))
    scale = scale_of(one.known for one in found.phases)
    return visit.page(
        "flow/flow.html",
        found=found,
        scale=scale,
        phases=[TimesShown.of(visit, visit.texts.word("phase", one.phase), one.known, scale) for one in found.phases],
        waits=[_wait(visit, one, scale) for one in found.waits],
        warnings=[(one, warn(visit, one)) for one in found.warnings],
        longest=longest_shown(visit, found.longest),
        calibration=tell_calibration(visit, calibration),
    )


@router.get(f"{FLOW}.csv")
def send_csv(visit: VisitDep) -> Response:
    """Send the times of phases and waits as a table."""
    visit.require("see_flow")
    visit.require("export")
    word = visit.texts.word
    sheet = Sheet(
        title=visit.texts.say("web.flow.title"),
        facts=[(word("web.flow.fact", name), value) for name, value in _facts(visit)],
        headings=[word("web.flow.column", column) for column in COLUMNS],
        rows=list(_rows(visit)),
    )
    name = f"flode-{visit.visitor.region_code.lower()}-{visit.today.isoformat()}.csv"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(write_csv(sheet), media_type=CSV, headers=headers)


def _facts(visit: Visit) -> Iterator[tuple[str, str]]:
    yield "region", visit.visitor.region_name
    yield "day", visit.today.isoformat()
    if visit.visitor.origin != "real":
        yield "example", visit.texts.say("web.flow.example_data")


def _wait(visit: Visit, one: WaitTime, scale: Scale) -> tuple[str, TimesShown]:
    """Return a wait's phase, and its times under the name of whom it waits for."""
    return visit.texts.word("phase", one.phase), TimesShown.of(visit, holder_of(visit, one), one.known, scale)


def _rows(visit: Visit) -> Iterator[list[Cell]]:
    with visit.read() as work:
        found = flow(work, region_id=visit.visitor.region_id, zone=visit.profile.region.zone, today=visit.today)
    phases = [(one.phase, "", one.known) for one in found.phases]
    waits = [(one.phase, holder_of(visit, one), one.known) for one in found.waits]
    for phase, holder, known in (*phases, *waits):
        first, third = known.curve.middle_half if known.has_middle else (None, None)
        half = known.curve.median if known.has_middle else None
        yield [visit.texts.word("phase", phase), holder, known.subjects, known.curve.running, half, first, third]
