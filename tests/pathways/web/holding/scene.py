"""What tests of these pages look at: hold checks that are open, closed and repeated."""

from datetime import date, timedelta
from typing import Any

from notifications.channels.memory import MemoryChannel
from pathways.bootstrap import App
from pathways.bootstrap.delivery import build_post
from pathways.clock import SetClock
from pathways.models.holding import HoldInvitation
from pathways.models.measure import Indicator
from pathways.planning.instants import local_date
from pathways.services.access.task_link import make_task_link
from pathways.services.celebrate import award
from pathways.services.celebrate.award import Acting
from pathways.services.clockwork.delivery import deliver_due
from pathways.services.hold.lines import LINES
from pathways.services.roster import person_id_of
from tests.pathways.drive import Driver, drive_to
from tests.pathways.services.judge import own, rows
from tests.pathways.web.plan.scene import at_ranking

PEOPLE = ("ordf", "res", "vcf")


def levels(*given: int | str) -> list[dict[str, object]]:
    """An answer to every line; those not given get the highest."""
    whole = [*given, *([3] * (len(LINES) - len(given)))]
    return [{"line": line, "level": level} for line, level in zip(LINES, whole, strict=True)]


def asked(driver: Driver, *, months: int = 0) -> Driver:
    """Three people are asked."""
    due_on = (driver.today + timedelta(days=14)).isoformat()
    driver.do("open_hold_check", people=list(PEOPLE), due_on=due_on, months=months)
    return driver


def answered(driver: Driver) -> Driver:
    """Three people are asked and have answered."""
    asked(driver)
    given: tuple[tuple[int | str, ...], ...] = ((0, 2, 1, "dont_know"), (1, 2, 3, "dont_know"), (3, 2, 2, 0))
    for person, answers in zip(PEOPLE, given, strict=True):
        driver.do("answer_hold_check", by=person, answers=levels(*answers))
    return driver


def link_of(driver: Driver, person: int, *, task: str | None = None) -> str:
    """The address that leads the nth person asked to the questions, or to another task."""
    invitation = rows(driver, HoldInvitation)[person]
    token = make_task_link(
        secret=driver.app.secret,
        person_id=invitation["person_id"],
        introduction_id=own(driver)["id"],
        ref=task or invitation["task_ref"],
        made_at=driver.clock.now(),
    )
    return f"/u/{token}"


def mails(app: App, clock: SetClock) -> list[tuple[str | None, str, str]]:
    """Deliver what waits; each mail that left, as address, subject and text."""
    channel = MemoryChannel(name="address")
    deliver_due(app, build_post(app, channel), now=clock.now())
    return [(one.recipient.address, one.rendered.subject, one.rendered.text) for one in channel.kept]


def measured(driver: Driver) -> None:
    """An outcome with ten months of values."""
    shape: dict[str, Any] = {
        "kind": "outcome",
        "direction": "higher",
        "share": True,
        "every": "month",
    }  # Any: the fields of an order are of many types
    driver.do("define_indicator", name="Andel med tid inom 30 dagar", **shape)
    months = [{"period": f"2021-{n:02}-01", "numerator": 50 + n, "denominator": 100} for n in range(1, 11)]
    driver.do("record_values", indicator=rows(driver, Indicator)[0]["slug"], values=months)


def opened_year(app: App, clock: SetClock) -> int:
    """Årets implementation with a nomination, and everybody of the jury but one has voted."""
    today = local_date(clock.now(), app.profile.region.zone)
    region_id, year = app.region_id(), today.year
    with app.write() as work:
        who = {slug: person_id_of(work, region_id, slug) for slug in ("sam", "res", "lg", "ana")}
        sam, lg = (
            Acting(person_id=who[slug], region_id=region_id, roles=frozenset(roles))
            for slug, roles in (("sam", {"coordinator"}), ("lg", set[str]()))
        )
        until = date(year, 12, 31)
        award.open_award(work, sam, year=year, nominate_until=until, jurors=["lg", "ana", "res"], today=today)
        case, why = "stroke-tia-tidiga-insatser", "Enheten bar förändringen hela vägen."
        award.nominate(work, sam, year=year, introduction=case, unit="vc-falun", motive=why, today=today)
        award.vote(work, lg, year=year, nomination=1, motive=why)
        work.commit()
    return year


def furnish(app: App, clock: SetClock) -> list[str]:
    """One introduction at every place that the pages show; the addresses of the pages."""
    closed = answered(drive_to(app, clock, "kol", "executing"))
    closed.do("close_hold_check")
    asked(closed)
    kol = "/forlopp/kol"
    check = f"{kol}/hall-i"
    closed.do("set_readiness", lines=[{"line": "stop_rule", "answer": "no", "owner": "res", "due_on": "2021-12-01"}])
    ranked = at_ranking(app, clock, "sepsis")
    hard = [{"domain": domain, "level": "complex", "note": "Nytt för alla"} for domain in ("staff", "time")]
    ranked.do("assess_complexity", domains=hard)
    done = drive_to(app, clock, "stroke-tia-tidiga-insatser", "celebrated")
    measured(done)
    done.do("record_lesson", text="Boka tiden direkt", hinders=["process"], causes=["routine"])
    mapped = drive_to(app, clock, "hjartsvikt-nydebuterad", "mapping")
    mapped.do("invite_units", units=["vc-falun"], due_on=(mapped.today + timedelta(days=30)).isoformat())
    followed = drive_to(app, clock, "knaledsartros", "finished")
    measured(followed)
    end = "/forlopp/stroke-tia-tidiga-insatser"
    year = opened_year(app, clock)
    return [
        *(f"{end}{part}" for part in ("/utvardering", "/tack", "/lardomar")),
        *("/forlopp/knaledsartros/hall-i", "/katalog"),
        *("/arets-implementation", f"/arets-implementation/{year}"),
        "/forlopp/hjartsvikt-nydebuterad/gapanalys/vc-falun/steg/1",
        *(check, *(f"{check}{part}" for part in ("/fraga", "/stang", "/svara", "/svara/1", "/svara/alla"))),
        *(kol, f"{kol}/beredskap", "/forlopp/sepsis/rangordning", "/forlopp/sepsis/rangordning/svarighet"),
    ]
