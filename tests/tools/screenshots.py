"""`python -m tests.tools.screenshots FOLDER`: the README's pictures, taken of the product with its own example data."""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import select

from pathways.bootstrap import App, build_app
from pathways.models.gap import GapInvitation, InvitationState
from pathways.models.introduction import Introduction
from pathways.models.organisation import Unit
from pathways.planning.instants import local_date
from pathways.settings import Settings
from pathways.simulation.demo import furnish
from pathways.simulation.world import COORDINATOR, MANAGERS, RESOURCES
from pathways.storage.schema import upgrade
from pathways.storage.unit_of_work import table_of
from pathways.web.app import build_web
from pathways.web.config import WebConfig
from pathways.web.observe import configure_logs
from tests.browser import find_chromium, served

DESK, TALL, PHONE = (1280, 800), (1280, 1200), (360, 720)
_introduction, _invitation, _unit = table_of(Introduction), table_of(GapInvitation), table_of(Unit)


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its file, who looks at which page, and on how large a screen."""

    name: str
    who: str
    path: str
    size: tuple[int, int] = DESK


def main(folder: Path) -> None:
    """Furnish the demo, serve it, and take every picture."""
    configure_logs()
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as home:
        app = build_app(Settings(home=Path(home)), database_url=f"sqlite:///{home}/forlopp.db")
        upgrade(app.database)
        furnish(app, today=local_date(app.clock.now(), app.profile.region.zone))
        web = build_web(app, WebConfig(base_url="http://127.0.0.1", demo=True))
        with served(web) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium())
            for picture in _pictures(app):
                _take(browser, address, picture, folder)
            browser.close()
        app.database.dispose()


def _pictures(app: App) -> tuple[Picture, ...]:
    """Return the pictures: of introductions that stand where there is something to see."""
    with app.read() as work:
        by_place = {row["place"]: row["slug"] for row in work.rows(select(_introduction.c.place, _introduction.c.slug))}
        asked = work.find(
            select(_introduction.c.slug, _unit.c.slug.label("unit"))
            .join(_invitation, _invitation.c.introduction_id == _introduction.c.id)
            .join(_unit, _unit.c.id == _invitation.c.unit_id)
            .where(_invitation.c.state == InvitationState.WAITING, _introduction.c.standing == "active")
        )
    first = next(iter(by_place.values()))
    pictures = [
        Picture("board", COORDINATOR, "/forlopp", TALL),
        Picture("introduction", COORDINATOR, f"/forlopp/{by_place.get('mapping', first)}"),
        Picture("ranking", MANAGERS[0], f"/forlopp/{by_place.get('ranking', first)}/rangordning"),
        Picture("task-phone", RESOURCES[0], "/", PHONE),
    ]
    if asked is not None:
        form = f"/forlopp/{asked['slug']}/gapanalys/{asked['unit']}/steg/1"
        pictures.append(Picture("gap-form", COORDINATOR, form))
    return tuple(pictures)


def _take(browser: Browser, address: str, picture: Picture, folder: Path) -> None:
    width, height = picture.size
    context = browser.new_context(viewport={"width": width, "height": height}, locale="sv-SE", reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{address}/logga-in")
    page.locator(f"form[action='/logga-in/demo/{picture.who}'] button").click()
    page.goto(f"{address}{picture.path}")
    if picture.name == "task-phone":
        _open_first_task(page)
    page.screenshot(path=folder / f"{picture.name}.png")
    context.close()


def _open_first_task(page: Page) -> None:
    first = page.locator("a[href*='/uppgift/']").first
    if first.count():
        first.click()


if __name__ == "__main__":
    assert shutil.which("chromium"), "chromium is needed (Debian: apt-get install chromium)"
    main(Path(sys.argv[1]))
