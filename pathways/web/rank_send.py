"""Sends an order that was set, unless somebody set another one after the form was shown."""

from pathways.errors import IntroductionChanged
from pathways.queries.ranking import ranking_page
from pathways.services.frame import is_known
from pathways.web.forms import Keys
from pathways.web.rank_order import Setting, order_data
from pathways.web.visit import Visit

TRIES = 3


class Overtaken(Exception):
    """Somebody else set an order meanwhile; `seen` names it."""

    def __init__(self, seen: str) -> None:
        self.seen = seen
        super().__init__(seen)


def send(visit: Visit, slug: str, setting: Setting, keys: Keys) -> None:
    """Set the order; raise `Overtaken` where the one it began from does not stand any more. Twice does it once."""
    for _ in range(TRIES):
        with visit.read() as work:
            page = ranking_page(
                work,
                region_id=visit.visitor.region_id,
                slug=slug,
                person_id=visit.visitor.person_id,
                profile=visit.profile,
                today=visit.today,
                now=visit.now,
            )
            known = is_known(work, keys.command_id)
        if not known and page.seen != setting.seen:
            raise Overtaken(page.seen)
        try:
            visit.run(slug, "rank", order_data(setting), keys=Keys(keys.command_id, page.head.version))
        except IntroductionChanged:
            continue  # somebody was quicker in that very moment: look again whether it was another order
        return
    raise IntroductionChanged(slug=slug)
