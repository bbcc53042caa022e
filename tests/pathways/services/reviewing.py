"""Short ways for tests to foretell, to write on a working paper and to fill one in."""

from collections.abc import Mapping
from datetime import timedelta

from pathways.models.plan import Activity
from pathways.services.review.field import Clash, Paper, Saved, Writer, load_paper, save_review_field
from tests.pathways.drive import Driver
from tests.pathways.services.judge import Data, own, person_id, rows
from tests.pathways.services.measuring import define, months, record

FORETOLD: Data = {
    "theory": "Om vi utbildar alla så används planen därför att de vet hur",
    "measure": "Andel med samordnad plan",
    "direction": "higher",
    "size": "från 40 till 60 procent",
}


def refs(driver: Driver) -> list[str]:
    """The refs of the plan's activities."""
    return [row["ref"] for row in rows(driver, Activity)]


def begin(driver: Driver, number: int = 1) -> str:
    """Puts the first activity under way with a prediction, and gives its ref."""
    first = refs(driver)[0]
    driver.do("update_activity", activity=first, state="under_way")
    driver.do("predict", number=number, activity=first, **FORETOLD)
    return first


def writer(driver: Driver, by: str = "ordf", loop: int = 1, hand: str = "") -> Writer:
    """Who writes on which paper."""
    return Writer(
        person_id=person_id(driver.app, by),
        region_id=driver.app.region_id(),
        introduction_id=own(driver)["id"],
        loop=loop,
        hand=hand,
    )


def write(
    driver: Driver, key: str, text: str, *, seen: int = 0, by: str = "ordf", loop: int = 1, hand: str = ""
) -> Saved | Clash:
    """Saves one answer."""
    who = writer(driver, by, loop, hand)
    return driver.app.retry(lambda work: save_review_field(work, who, key, text, seen=seen, today=driver.today))


def paper_of(driver: Driver, loop: int = 1) -> Paper:
    """The working paper of a loop."""
    with driver.app.read() as work:
        return load_paper(work, introduction_id=own(driver)["id"], region_id=driver.app.region_id(), loop=loop)


def whole(driver: Driver, **change: str) -> Mapping[str, str]:
    """Answers about the whole that may be signed."""
    return {
        "w-held_on": driver.today.isoformat(),
        "w-present": "lag_chair,development_resource",
        "w-closing": "partly",
        "w-asked_for": "none",
        "w-decision": "continue",
        "w-summary": "Det går framåt",
        **{f"w-{name}": text for name, text in change.items()},
    }


def about(driver: Driver, ref: str, **change: str) -> Mapping[str, str]:
    """Answers about an activity that may be signed."""
    answers = {
        "scale": "one_unit",
        "done": "yes",
        "compared": "as_expected",
        "learned": "Att börja smått fungerar",
        "decision": "keep",
        "next_scale": "all",
        "owner": "res",
        "due_on": (driver.today + timedelta(days=60)).isoformat(),
        **change,
    }
    return {f"a-{ref}-{name}": text for name, text in answers.items()}


def fill(driver: Driver, answers: Mapping[str, str], *, loop: int = 1) -> None:
    """Saves many answers on a paper; what stands is written over."""
    versions: dict[str, int] = {}
    for key, text in answers.items():
        done = write(driver, key, text, seen=versions.get(key, 0), loop=loop)
        if isinstance(done, Clash):
            done = write(driver, key, text, seen=done.theirs.version, loop=loop)
        assert isinstance(done, Saved)
        versions[key] = done.answer.version


def ready(driver: Driver, **change: str) -> str:
    """From `executing`: foretold, under way, the loop opened and the paper filled in; gives the activity's ref."""
    ref = begin(driver)
    driver.open_due_loop()
    fill(driver, {**whole(driver, **change), **about(driver, ref)})
    return ref


def signed_with_measures(driver: Driver) -> str:
    """From `executing`: a year measured and its lines frozen, a prediction, and a signed review; the activity's ref."""
    slug = define(driver)
    record(driver, slug, months([30, 31, 29, 33, 30, 32, 28, 31, 30, 33, 29, 31]))
    driver.do("freeze_baseline", indicator=slug, through="2020-12", reason="Före start")
    ref = ready(driver)
    driver.do("sign_review", by="ordf", number=1)
    return ref
