"""What was written is what another program reads: pm4py loads both forms and counts the same."""

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import func, select

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.exports.whole_log import OCEL, XES, write_log
from pathways.models.introduction import Event
from pathways.models.measure import Indicator, IndicatorPhase
from pathways.models.review import Prediction, Review
from pathways.models.task import Task
from pathways.storage.unit_of_work import table_of
from tests.pathways.drive import drive_to
from tests.pathways.services.reviewing import signed_with_measures

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("pm4py") is None, reason="pip install -c constraints.txt .[mining]"),
]
ROOT = Path(__file__).parents[3]
COUNTED = (Task, Indicator, IndicatorPhase, Prediction, Review)
event = table_of(Event)


def read_with_pm4py(*files: Path) -> dict[str, object]:
    command = [sys.executable, "-m", "tests.tools.pm4py_counts", *map(str, files)]
    ran = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert ran.returncode == 0, ran.stderr
    found: dict[str, object] = json.loads(ran.stdout)
    return found


@pytest.mark.parametrize("anonymous", [False, True])
def test_pm4py_reads_both_files_with_the_right_counts(
    app: App, clock: SetClock, tmp_path: Path, anonymous: bool
) -> None:
    for slug, place in (("kol", "closed"), ("sepsis", "awaiting_decision"), ("epilepsi", "stopped")):
        drive_to(app, clock, slug, place)
    signed_with_measures(drive_to(app, clock, "knaledsartros", "executing"))
    files = {XES: tmp_path / "log.xes", OCEL: tmp_path / "log.jsonocel"}
    with app.read() as work:
        for form, file in files.items():
            with file.open("w", encoding="utf-8") as opened:
                write_log(work, opened, form, region_id=app.region_id(), is_anonymous=anonymous)
        by_case = sorted(work.values(select(func.count()).select_from(event).group_by(event.c.introduction_id)))
        by_command = dict(
            tuple(row.values()) for row in work.rows(select(event.c.command, func.count()).group_by(event.c.command))
        )
        rows = {kind: work.value(select(func.count()).select_from(table_of(kind))) for kind in COUNTED}
    found = read_with_pm4py(*files.values())
    log = json.loads(files[OCEL].read_text(encoding="utf-8"))
    assert sorted(found["traces"].values()) == by_case  # type: ignore[attr-defined]  # JSON
    assert found["commands"] == by_command
    assert found["start_activities"] == {"start": 4}
    assert str(found["first"]).startswith("2001-01" if anonymous else "2021-06-09T08:00")
    assert found["ocel_events"] == sum(by_case)
    objects = found["ocel_objects"]
    assert isinstance(objects, dict)
    assert objects["introduction"] == 4
    assert {str(kind.__tablename__): objects.get(str(kind.__tablename__), 0) for kind in COUNTED} == {
        str(kind.__tablename__): number for kind, number in rows.items()
    }
    assert min(rows.values()) >= 1
    assert found["ocel_relations"] == sum(len(one["relationships"]) for one in log["events"])
    assert found["ocel_object_relations"] == sum(len(one["relationships"]) for one in log["objects"])
