"""How near a durable step comes to the limit: the bare driver writing the same rows with the same durability."""

import pytest

from tests.benchmarks.clone import Copy
from tests.benchmarks.raw import Heard, listening, rewritten, writer_for
from tests.benchmarks.staging import Stage, id_of, stage_for
from tests.benchmarks.table import Sheet
from tests.benchmarks.timing import in_turns, middle, ninety_ninth

TIMES, WARM_UP = 200, 20
GOALS = {"SQLite": 0.10, "PostgreSQL": 0.30}


@pytest.mark.benchmark
@pytest.mark.parametrize("step", ["decide", "complete_task", "report"])
def test_a_durable_step_against_the_bare_driver(database: tuple[str, str], step: str, sheet: Sheet) -> None:
    name, url = database
    stage = stage_for(url, step, copies=2 * (TIMES + WARM_UP) + 1)
    pattern, rest = stage.copies[0], stage.copies[1:]
    heard = _hear(stage, pattern)
    ours, theirs = rest[::2], rest[1::2]
    writer = writer_for(stage.app.database)
    rows = [rewritten(heard.written, id_of(pattern), id_of(copy)) for copy in theirs]
    product, bare = in_turns(TIMES, lambda n: stage.act(ours[n]), lambda n: writer.write(rows[n]), warm_up=WARM_UP)
    writer.close()
    stage.app.database.dispose()
    sheet.note("Shares of a step rise where the disk is slow to confirm a commit, since both then wait for it.")
    sheet.ratio(
        f"step {step}: {len(heard.statements)} statements, {heard.rows} rows",
        name,
        product=middle(product),
        limit=middle(bare),
        goal=GOALS[name],
        note=f", p99 {ninety_ninth(product):.0f}",
    )


def _hear(stage: Stage, copy: Copy) -> Heard:
    with listening(stage.app.database.engine) as heard:
        stage.act(copy)
    return heard
