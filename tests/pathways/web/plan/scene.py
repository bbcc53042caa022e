"""What tests of the plan's pages look at: introductions whose plans stand at every place of their way."""

from datetime import timedelta
from typing import Any

from pathways.bootstrap import App
from pathways.clock import SetClock
from pathways.models.plan import Activity
from tests.pathways.drive import Driver, drive_to

ACTIVITIES: tuple[dict[str, Any], ...] = (  # Any: the fields of an order are of many types
    {
        "title": "Utbilda alla vårdcentraler i spirometri",
        "kind": "training",
        "responsible": "res",
        "responsible_role": "Vårdcentralschefer",
        "support": "Lungmottagningen",
        "start_on": "2021-09-01",
        "due_on": "2022-02-01",
        "cost_once": 180000,
        "cost_yearly": 20000,
        "funding": "Statsbidrag för vårdförlopp",
        "effect": "Fler får rätt diagnos vid första besöket",
        "dependency": "Utrustningen är kontrollerad",
    },
    {"title": "Gemensam rutin för exacerbation", "kind": "routine", "responsible": "ordf", "due_on": "2021-12-01"},
    {
        "title": "Journalmall för årskontroll",
        "kind": "record_template",
        "responsible": "res",
        "due_on": "2022-05-01",
        "cost_once": 90000,
    },
)


def gaps(driver: Driver, *steps: str) -> list[str]:
    """The refs of the gaps in some steps."""
    rows = driver._own(of_table="gap_answer")
    return [row["ref"] for row in rows if row["step"] in steps and (row["level"] or 0) >= 2]


def at_plan(app: App, clock: SetClock, slug: str = "kol") -> Driver:
    """An introduction whose gap analysis is communicated; the plan is being written and leaves one step open."""
    driver = drive_to(app, clock, slug, "communicated")
    for activity, steps in zip(ACTIVITIES, (("3",), ("4",), ("3", "7")), strict=True):
        driver.do("plan_activity", **activity, gaps=gaps(driver, *steps))
    return driver


def at_ranking(app: App, clock: SetClock, slug: str = "kol") -> Driver:
    """An introduction whose plan of three activities waits to be ranked."""
    driver = at_plan(app, clock, slug)
    driver.do("close_comment_round", outcome="waived", reason="Enheterna satt med i gruppen")
    driver.complete_required_tasks()
    driver.do("propose_plan")
    return driver


def score(driver: Driver, *levels: tuple[int, int], by: str = "lg") -> None:
    """One member's severity and feasibility, activity by activity; the usual ones put the third before the second."""
    given = levels or ((4, 3), (2, 2), (3, 4))
    scores = [
        {"activity": ref, "severity": severity, "feasibility": feasibility}
        for ref, (severity, feasibility) in zip(refs(driver), given, strict=False)
    ]
    driver.do("score_activities", by=by, scores=scores)


def at_round(app: App, clock: SetClock, slug: str = "kol") -> Driver:
    """A plan of three activities that two units are asked about; one of them has answered."""
    driver = at_plan(app, clock, slug)
    closes_on = (driver.today + timedelta(days=21)).isoformat()
    driver.do("open_comment_round", closes_on=closes_on, units=["vc-falun", "medicin"])
    first, second, _ = refs(driver)
    views = [
        {"activity": first, "text": "Lägg utbildningen efter sommaren."},
        {"activity": second, "text": "Rutinen finns redan hos oss."},
    ]
    driver.do("comment_plan", by="vcf", unit="vc-falun", views=views, overall="Bra plan.")
    return driver


def at_basis(app: App, clock: SetClock, slug: str = "kol") -> Driver:
    """A plan that is scored and ranked, one activity not funded now, with a first version of the basis."""
    driver = at_ranking(app, clock, slug)
    score(driver)
    first, second, third = refs(driver)
    driver.do(
        "rank",
        by="lg",
        order=[third, first],
        motive="Journalmallen behövs innan någon utbildas.",
        moves=[{"activity": third, "motive": "Utan mallen dokumenteras inget"}],
        declined=[{"activity": second, "motive": "Rutinen skrivs när utbildningen är klar"}],
    )
    driver.do(
        "make_decision_basis",
        body="hsn",
        meeting_on=driver._next_meeting().isoformat(),
        basis="Nämnden föreslås anta planen.",
        background="Sjukdomen är vanlig och underdiagnostiserad i regionen.",
        consequences="Färre akuta inläggningar.",
        proposal="Nämnden antar handlingsplanen.",
    )
    return driver


def refs(driver: Driver) -> list[str]:
    """The refs of the activities, in the order they were planned."""
    return [str(row["ref"]) for row in driver._own(of=Activity)]


def furnish(app: App, clock: SetClock) -> None:
    """One introduction at every place that the pages show."""
    at_plan(app, clock, "kol")
    score(at_ranking(app, clock, "sepsis"))
    at_basis(app, clock, "stroke-tia-tidiga-insatser")
    at_round(app, clock, "osteoporos-sekundarprevention")
    drive_to(app, clock, "hjartsvikt-nydebuterad", "communicated")
