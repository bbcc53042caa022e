"""What the first release wrote is still there after the web's migration, and the first release could go on writing."""

from sqlalchemy import text

from pathways.storage import schema
from pathways.storage.database import Database
from pathways.storage.revision import HEAD

REGION = "insert into region values (1, 'SE-W', 'Region Dalarna', 'Europe/Stockholm', 'sv', 'v1', 'real')"
PERSON = "insert into person (id, region_id, slug, name, language, active) values (1, 1, 'sam', 'Sara', 'sv', true)"
ROLE = "insert into region_role (id, region_id, person_id, role) values (:id, 1, 1, 'coordinator')"


def test_roles_of_the_first_release_count_as_given_by_hand(nowhere: Database) -> None:
    schema.make_folder(nowhere)
    with nowhere.engine.begin() as connection:
        schema.upgrade_to(connection, "0001")
        for statement in (REGION, PERSON):
            connection.execute(text(statement))
        connection.execute(text(ROLE), {"id": 1})
        schema.upgrade_to(connection, HEAD)
        connection.execute(text(ROLE), {"id": 2})  # as the first release still does
        found = connection.execute(text("select from_oidc from region_role")).scalars()
        assert [bool(one) for one in found] == [False, False]
