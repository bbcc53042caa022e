"""Meetings written before they had a time and a place are still there, and an older release can go on writing them."""

from sqlalchemy import text

from pathways.storage import schema
from pathways.storage.database import Database
from pathways.storage.revision import HEAD

REGION = "insert into region values (1, 'SE-W', 'Region Dalarna', 'Europe/Stockholm', 'sv', 'v1', 'real')"
BODY = "insert into body (id, region_id, slug, name, kind) values (1, 1, 'hsn', 'Nämnden', 'political_board')"
MEETING = (
    "insert into meeting (id, body_id, held_on, hand_in_on, cancelled) values (:id, 1, :held_on, '2021-05-01', false)"
)


def test_a_meeting_of_the_release_before_has_no_time_yet(nowhere: Database) -> None:
    schema.make_folder(nowhere)
    with nowhere.engine.begin() as connection:
        schema.upgrade_to(connection, "0005")
        for statement in (REGION, BODY):
            connection.execute(text(statement))
        connection.execute(text(MEETING), {"id": 1, "held_on": "2021-06-01"})
        schema.upgrade_to(connection, HEAD)
        connection.execute(text(MEETING), {"id": 2, "held_on": "2021-07-01"})  # as the release before still does
        rows = connection.execute(text("select id, starts_at, place from meeting order by id")).all()
    assert [tuple(row) for row in rows] == [(1, None, None), (2, None, None)]
