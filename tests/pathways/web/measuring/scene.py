"""An introduction whose plan is carried out, with an indicator of days, and a share in the region and in two units."""

from datetime import date

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.models.plan import Activity
from tests.pathways.drive import Driver, drive_to
from tests.pathways.services.judge import rows
from tests.pathways.services.measuring import PLANNED, WAITING, define, define_share, months, record, shares

HOME = "/forlopp/kol"
MEASURING = f"{HOME}/matning"
DAYS, SHARE = f"{MEASURING}/{WAITING}", f"{MEASURING}/{PLANNED}"
AFTER = date(2023, 2, 20)
BEFORE = (30, 28, 31, 27, 29, 33, 30, 26, 31, 29, 32, 28)
BETTER = (24, 22, 23, 21, 24, 20, 22, 23, 21, 20, 22)


def begun(app: App, clock: SetClock) -> Driver:
    """KOL carried out, an activity under way, indicators defined and without values."""
    driver = drive_to(app, clock, "kol", "executing")
    driver.go_to(date(2022, 3, 7))
    ref = rows(driver, Activity)[0]["ref"]
    driver.do("update_activity", activity=ref, state="under_way", started_on="2022-02-14")
    define(driver, target=21, about="Väntan kostar lungfunktion.", definition="Kalenderdagar från remiss.")
    define_share(driver, source="Svenska registret", owner="ana")
    return driver


def measured(app: App, clock: SetClock) -> Driver:
    """The same with two years of values; the region's days have fallen since the activity began."""
    driver = begun(app, clock)
    driver.go_to(AFTER)
    record(driver, WAITING, months([*BEFORE, *BETTER], year=2021, first=3))
    record(driver, PLANNED, shares([(20 + n % 5, 40) for n in range(24)], year=2021))
    for unit, least in (("medicin", 12), ("vc-falun", 3)):
        record(driver, PLANNED, shares([(least + n % 4, 30) for n in range(24)], year=2021, unit=unit))
    return driver
