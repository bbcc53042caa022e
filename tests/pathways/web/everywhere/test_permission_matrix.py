"""Every door of the web before every role: own and other region, with one's own things and with others'."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from tests.pathways.web.conftest import Web
from tests.pathways.web.everywhere import api_doors, test_permissions
from tests.pathways.web.everywhere.calling import api_faults
from tests.pathways.web.everywhere.doors import list_doors
from tests.pathways.web.everywhere.knocking import Knocker
from tests.pathways.web.everywhere.people import KINDS
from tests.pathways.web.everywhere.scene import Scene

pytestmark = pytest.mark.slow

VISITORS = [kind for kind in KINDS if kind not in test_permissions.KEPT_OUT]
CALLERS = sorted(set(api_doors.CALLERS) - set(test_permissions.CALLERS))


@pytest.mark.parametrize("kind", VISITORS)
def test_every_door_opens_for_those_who_may_and_for_nobody_else(
    knocking: Callable[[str], AbstractContextManager[Knocker]], kind: str
) -> None:
    with knocking(kind) as knocker:
        faults = [fault for door in list_doors() for fault in knocker.faults(door)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("caller", CALLERS)
def test_the_api_answers_those_who_may_and_nobody_else(web: Web, scene: Scene, file: str, caller: str) -> None:
    faults = list(api_faults(caller, web, scene, file))
    assert not faults, "\n".join(faults)
