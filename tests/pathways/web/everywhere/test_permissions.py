"""Who gets in where: every route of the web, for those who must be kept out of nearly all of it.

The same doors for every other kind of visitor: test_permission_matrix.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, closing

import pytest

from tests.pathways.web.conftest import Web
from tests.pathways.web.everywhere.api_doors import COOKIE, ONLY, list_api_routes
from tests.pathways.web.everywhere.calling import api_faults
from tests.pathways.web.everywhere.doors import list_doors
from tests.pathways.web.everywhere.knocking import Knocker, Watched
from tests.pathways.web.everywhere.routes import list_routes
from tests.pathways.web.everywhere.scene import Scene

KEPT_OUT = ("anonymous", "link", "stranger", "given", "coordinator_x")
CALLERS = ("anonymous", COOKIE, *ONLY, "stranger", "coordinator_x")


def test_every_route_stands_in_the_table_and_nothing_else(web: Web) -> None:
    known = {(door.method, door.route) for door in list_doors()} | list_api_routes()
    served = list_routes(web.fast)
    assert (sorted(served - known), sorted(known - served)) == ([], [])


@pytest.mark.parametrize("kind", KEPT_OUT)
def test_every_door_keeps_out_who_has_no_business_there(
    knocking: Callable[[str], AbstractContextManager[Knocker]], kind: str
) -> None:
    with knocking(kind) as knocker:
        faults = [fault for door in list_doors() for fault in knocker.faults(door)]
    assert not faults, "\n".join(faults)


def test_no_form_is_taken_from_another_site(web: Web, scene: Scene, file: str) -> None:
    elsewhere = {"origin": "https://elsewhere.example"}
    with web.as_("sam") as client, closing(Watched(file)) as watched:
        doors = [door for door in list_doors() if door.method == "POST"]
        taken = [
            door.name
            for door in doors
            if client.post(door.address(scene.names), data=dict(door.form), headers=elsewhere).status_code != 403
        ]
        assert (taken, watched.changed_tables()) == ([], [])


@pytest.mark.parametrize("caller", CALLERS)
def test_the_api_keeps_out_who_has_no_business_there(web: Web, scene: Scene, file: str, caller: str) -> None:
    faults = list(api_faults(caller, web, scene, file))
    assert not faults, "\n".join(faults)
