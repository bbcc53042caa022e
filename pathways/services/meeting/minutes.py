"""The minutes of a meeting: kept while it is a draft, approved (justerade) once, and told on the notice board.

Kommunallagen [K, DOMAIN f]: the notice goes up within two days of the approval, and stays for three weeks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import select

from pathways.errors import InvalidOrder, MeetingRefused, Problem, Refused
from pathways.models.meeting import Minutes, MinutesState
from pathways.services.administration.office import Office
from pathways.services.meeting.fixed_papers import Fixing, fix_papers
from pathways.services.meeting.record import freeze_record, read_record
from pathways.services.meeting.sitting import Sitting, open_sitting, sitting_of, standing_items
from pathways.storage.unit_of_work import Row, UnitOfWork, table_of

UP_WITHIN = timedelta(days=2)
UP_FOR = timedelta(days=21)
LONGEST_PLACE, LONGEST_NUMBER = 200, 40
KEEP = "keep_minutes"
_minutes = table_of(Minutes)
_TIME = re.compile(r"^([01]?\d|2[0-3])[:.]([0-5]\d)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesForm:
    """Who leads, writes and approves (by slug), when the meeting was opened and closed, where the minutes are kept."""

    chair: str = ""
    secretary: str = ""
    approvers: tuple[str, ...] = ()
    opened_at: str = ""
    closed_at: str = ""
    kept_at: str = ""


def keep_minutes(office: Office, body: str, held_on: date, form: MinutesForm) -> None:
    """Write what is known so far; refused are times that are none, approved minutes, and those of a meeting ahead."""
    office.permit(KEEP)
    sitting = open_sitting(office, body, held_on)
    if held_on > office.today:
        raise Refused("error.minutes.ahead", held_on=held_on.isoformat())
    if problems := [*_wrong_times(form), *_wrong_place(form)]:
        raise InvalidOrder(KEEP, problems)
    values = {
        "chair_id": _person(office, form.chair),
        "secretary_id": _person(office, form.secretary),
        "approver_ids": [office.person(slug)["id"] for slug in dict.fromkeys(form.approvers)],
        "opened_at": time_of(form.opened_at),
        "closed_at": time_of(form.closed_at),
        "kept_at": " ".join(form.kept_at.split()) or None,
    }
    key = {"meeting_id": sitting.meeting_id}
    if find_minutes(office.work, sitting) is None:
        draft = {"region_id": office.region_id, "state": MinutesState.DRAFT}
        office.work.insert(Minutes, [{**key, **draft, **values}])
    else:
        office.work.update(Minutes, key, values)
    office.record(KEEP, sitting.subject)


def approve_minutes(office: Office, body: str, held_on: date, *, approved_on: date, fixing: Fixing) -> str:
    """Approve the minutes and return the digest of what was frozen; after this nothing of the meeting changes.

    The minutes, and the extract of each item, become fixed documents at once. Refused with everything that is
    lacking: an item undecided, nobody who led, wrote or approves.
    """
    office.permit(KEEP)
    sitting = open_sitting(office, body, held_on)
    minutes = find_minutes(office.work, sitting)
    reasons = (
        *lacking(office.work, sitting, minutes, approved_on=approved_on, today=office.today),
        *_wrong_number(fixing.register_no),
    )
    if reasons:
        raise MeetingRefused(reasons)
    record = replace(
        read_record(office.work, sitting, region_id=office.region_id, approved_on=approved_on),
        register_no=" ".join(fixing.register_no.split()) or own_number(sitting),
    )
    frozen, digest = freeze_record(record)
    values = {"state": MinutesState.APPROVED, "approved_on": approved_on, "frozen": frozen, "sha256": digest}
    key = {"meeting_id": sitting.meeting_id, "state": MinutesState.DRAFT}
    if office.work.update(Minutes, key, values) != 1:
        raise Refused("error.minutes_approved", body=sitting.name, held_on=held_on.isoformat())
    fix_papers(office, sitting, record, fixing)
    office.record("approve_minutes", sitting.subject, sha256=digest, approved_on=approved_on.isoformat())
    return digest


def put_up_notice(office: Office, body: str, held_on: date, *, up_on: date, down_on: date | None = None) -> None:
    """Record when the notice is up and when it comes down: three weeks later where nothing else is said.

    A notice that goes up late is recorded as it was; one that comes down too early is refused.
    """
    office.permit(KEEP)
    sitting = sitting_of(office, body, held_on)
    minutes = find_minutes(office.work, sitting)
    if minutes is None or minutes["state"] != MinutesState.APPROVED:
        raise MeetingRefused([Problem("", "error.minutes.not_approved", {})])
    down_on = down_on or up_on + UP_FOR
    approved_on: date = minutes["approved_on"]
    problems = []
    if up_on < approved_on:
        problems.append(Problem("up_on", "error.minutes.notice_early", {"approved_on": approved_on.isoformat()}))
    if down_on < up_on + UP_FOR:
        earliest = (up_on + UP_FOR).isoformat()
        problems.append(Problem("down_on", "error.minutes.notice_short", {"earliest": earliest}))
    if problems:
        raise MeetingRefused(problems)
    office.work.update(Minutes, {"meeting_id": sitting.meeting_id}, {"notice_up_on": up_on, "notice_down_on": down_on})
    office.record("put_up_notice", sitting.subject, up_on=up_on.isoformat(), down_on=down_on.isoformat())


def find_minutes(work: UnitOfWork, sitting: Sitting) -> Row | None:
    """Return the minutes' own row, or None before they are begun."""
    return work.find(select(_minutes).where(_minutes.c.meeting_id == sitting.meeting_id))


def lacking(
    work: UnitOfWork, sitting: Sitting, minutes: Row | None, *, approved_on: date, today: date
) -> Iterator[Problem]:
    """Yield all that stands between the minutes and their approval."""
    if sitting.held_on > today:
        yield Problem("", "error.item.ahead", {"held_on": sitting.held_on.isoformat()})
    items = standing_items(work, sitting)
    if not items:
        yield Problem("", "error.minutes.no_items", {})
    for item in items:
        if item["outcome"] is None:
            yield Problem("", "error.minutes.undecided", {"number": item["position"], "title": item["title"]})
    held = minutes or {}
    if not held.get("chair_id"):
        yield Problem("chair", "error.minutes.no_chair", {})
    if not held.get("secretary_id"):
        yield Problem("secretary", "error.minutes.no_secretary", {})
    approvers = set(held.get("approver_ids") or ())
    if not approvers:
        yield Problem("approvers", "error.minutes.no_approver", {})
    elif approvers & {held.get("chair_id"), held.get("secretary_id")}:
        yield Problem("approvers", "error.minutes.approver_twice", {})
    if not sitting.held_on <= approved_on <= today:
        yield Problem("approved_on", "error.minutes.approved_on", {"held_on": sitting.held_on.isoformat()})


def own_number(sitting: Sitting) -> str:
    """Return what the minutes are called where they have no register number: body and day, which keep them in order."""
    day = sitting.held_on.isoformat()
    return f"{sitting.name[: LONGEST_NUMBER - len(day) - 1].strip()} {day}"


def time_of(typed: str) -> str | None:
    """Return a time of day as "13:05", None where nothing was typed or it is none."""
    found = _TIME.match(typed.strip())
    return f"{int(found[1]):02d}:{found[2]}" if found else None


def _wrong_times(form: MinutesForm) -> Iterator[Problem]:
    for name, typed in (("opened_at", form.opened_at), ("closed_at", form.closed_at)):
        if typed.strip() and time_of(typed) is None:
            yield Problem(name, "error.minutes.time", {})
    opened, closed = time_of(form.opened_at), time_of(form.closed_at)
    if opened and closed and closed < opened:
        yield Problem("closed_at", "error.minutes.closed_before", {"opened_at": opened})


def _wrong_place(form: MinutesForm) -> Iterator[Problem]:
    if len(form.kept_at) > LONGEST_PLACE:
        yield Problem("kept_at", "order.too_long", {"given": form.kept_at[:20], "expected": LONGEST_PLACE})


def _wrong_number(typed: str) -> Iterator[Problem]:
    if len(" ".join(typed.split())) > LONGEST_NUMBER:
        yield Problem("register_no", "input.too_long", {"given": f"{typed[:20]}...", "n": LONGEST_NUMBER})


def _person(office: Office, slug: str) -> int | None:
    return int(office.person(slug)["id"]) if slug else None
