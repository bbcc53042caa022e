"""Follow a newer national version: after a revised gap analysis, or without local effect."""

from typing import Literal

from pathways.services.ask import Order
from pathways.services.case import Case
from pathways.services.frame import UseCase
from pathways.services.lookup import versions_for
from pathways.services.move import move
from states.commands import Command


class AdoptRevision(Order):
    """Why the newer version can be followed; "no local effect" needs a reason."""

    outcome: Literal["revised", "no_local_effect"]


def adopt_revision(case: Case, order: AdoptRevision) -> None:
    """Move on; the newest final version becomes the one the region follows and has analysed."""
    move(case, Command.ADOPT_REVISION, choice=order.outcome)
    newest = versions_for(case).newest_final
    assert newest is not None
    case.set(adopted_version_id=newest["id"], analysed_version_id=newest["id"])


USE_CASE = UseCase("adopt_revision", AdoptRevision, adopt_revision)
