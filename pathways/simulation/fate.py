"""What is going to befall the region: drawn once from the seed, so that every run has its share of trouble."""

from dataclasses import dataclass
from datetime import date, timedelta

from pathways.simulation.dice import Dice
from pathways.simulation.nation import OPEN_TEXT, News, coming_news
from pathways.simulation.world import PATHWAYS

FIRST_HALF = 4  # this many introductions start in the first weeks
EARLY, LATE = (0, 30), (35, 330)  # days after the first day
WAVE_AFTER, WAVE_LASTS = (150, 260), (75, 130)


@dataclass(frozen=True, slots=True)
class Fate:
    """Who starts when, whose papers are returned or declined, who rests in the wave, and whose change slips."""

    starts: dict[str, date]
    returned: frozenset[str]
    declined: str
    slips: str
    wave_from: date
    wave_until: date
    resting: frozenset[str]
    revised: str
    news: tuple[News, ...]


def draw_fate(dice: Dice, start: date) -> Fate:
    """Return the fate of a region that begins on `start`."""
    order = [slug for slug in PATHWAYS if slug != OPEN_TEXT]
    dice.of("order").shuffle(order)
    early, late = order[:FIRST_HALF], order[FIRST_HALF:]
    returned, declined, revised, slips = early[:2], late[-1], late[0], early[2]
    news = coming_news(dice.of("nation"), start, revised=revised)
    wave_from = start + timedelta(days=dice.of("wave").randint(*WAVE_AFTER))
    starts = {
        **{slug: start + timedelta(days=dice.of("start", slug).randint(*EARLY)) for slug in early},
        **{slug: start + timedelta(days=dice.of("start", slug).randint(*LATE)) for slug in late},
        OPEN_TEXT: news[0].on + timedelta(days=1),
    }
    return Fate(
        starts={**starts, early[0]: start},
        returned=frozenset(returned),
        declined=declined,
        slips=slips,
        wave_from=wave_from,
        wave_until=wave_from + timedelta(days=dice.of("wave", "lasts").randint(*WAVE_LASTS)),
        resting=frozenset((early[3], *late[1:3])),
        revised=revised,
        news=news,
    )
