"""What the nation does meanwhile: a text out for consultation, its final version, and a revision in mid-course.

The catalogue that ships with the product says what was approved. When a text came, where no page says it, is invented.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from pathways.bootstrap import App
from pathways.catalogue.schema import CataloguePathway, CatalogueVersion
from pathways.planning.consultation import next_window, window_containing
from pathways.services.import_catalogue import import_catalogue

OPEN_TEXT = "reumatoid-artrit-etablerad"
"""The pathway that was out for consultation in June 2021 (part 2 of rheumatoid arthritis)."""

ROOM_NEEDED = timedelta(days=45)
APPROVAL_TAKES = (100, 130)  # days after the window: 89 to about 120 were seen (DOMAIN a.1, step 5)
REVISED_AFTER = (380, 520)


@dataclass(frozen=True, slots=True)
class News:
    """That a version of a pathway's text reaches the region on a day."""

    on: date
    slug: str
    version: CatalogueVersion


def coming_news(dice: Random, start: date, *, revised: str) -> tuple[News, ...]:
    """Return all that the nation will publish: consultation and final text of one pathway, a revision of another."""
    window = window_containing(start)
    if window is None or window.closes_on - start < ROOM_NEEDED:
        window = next_window(start)
    assert window is not None
    opens_on = max(window.opens_on, start)
    final_on = window.closes_on + timedelta(days=dice.randint(*APPROVAL_TAKES))
    revised_on = start + timedelta(days=dice.randint(*REVISED_AFTER))
    news = (
        News(opens_on, OPEN_TEXT, consultation(opens_on)),
        News(final_on, OPEN_TEXT, _final(final_on)),
        News(revised_on, revised, _final(revised_on)),
    )
    return tuple(sorted(news, key=lambda one: one.on))


def consultation(on: date) -> CatalogueVersion:
    """Return the consultation version that goes out on a day."""
    return CatalogueVersion(label=f"remiss {on:%Y-%m}", kind="consultation", published_on=on)


def before_the_news(pathways: Iterable[CataloguePathway]) -> tuple[CataloguePathway, ...]:
    """Return the catalogue as it stood while the open text had not been approved."""
    return tuple(
        pathway.model_copy(update={"versions": ()}) if pathway.slug == OPEN_TEXT else pathway for pathway in pathways
    )


def publish(app: App, catalogue: dict[str, CataloguePathway], news: News) -> None:
    """Let one piece of news reach the catalogue, through the importer."""
    known = catalogue[news.slug]
    catalogue[news.slug] = known.model_copy(update={"versions": (*known.versions, news.version)})
    with app.write() as work:
        import_catalogue(work, [catalogue[news.slug]])
        work.commit()


def _final(on: date) -> CatalogueVersion:
    return CatalogueVersion(label=f"{on:%Y-%m}", kind="final", published_on=on)
