"""Which messages an event sends, to whom, and how urgently. Words, channels and retries belong to `notifications`.

At once only for "handed to you", "you must decide" and "loop opens"; the rest waits for the weekly digest.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from notifications.message import JsonValue, Message, MessageKind, Urgency
from notifications.quiet_hours import QuietHours, leaves_at
from pathways.profiles.schema import Profile
from pathways.profiles.vocabulary import Role
from pathways.services.calendar.dates import LOOP_MINUTES, loop_uid, suggested_meeting
from pathways.services.calendar.sequence import next_sequence
from pathways.services.case import Case
from pathways.services.roster import Roster
from states.snapshot import phase_of

TEAM = (Role.LAG_CHAIR, Role.DEVELOPMENT_RESOURCE, Role.LAG_MEMBER)
OVERSEERS = (Role.COORDINATOR, Role.HEAD)


def link_to(slug: str, *more: object) -> str:
    """Return the path of an introduction's page, or of a part of it."""
    return "/".join(["/forlopp", slug, *(str(part) for part in more)])


def leave_at(profile: Profile, now: datetime) -> datetime:
    """Return when something urgent may disturb a person: now, or when the region's quiet hours are over."""
    quiet = profile.quiet_hours
    hours = QuietHours(starts=quiet.start, ends=quiet.until, weekends=quiet.weekends)
    return leaves_at(now, hours, profile.region.zone)


def task_title(task: Mapping[str, object]) -> JsonValue:
    """Return a task's title: in both languages from the profile, or as the person who made it wrote it."""
    if task["own_title"]:
        return str(task["own_title"])
    return {"sv": str(task["title_sv"]), "en": str(task["title_en"])}


def task_handed(
    case: Case,
    roster: Roster,
    task: Mapping[str, object],
    *,
    urgency: Urgency = Urgency.AT_ONCE,
    on_behalf_of: str | None = None,
) -> None:
    """Tell the assignee that a task is theirs."""
    assignee, item = task["assignee_id"], case.profile.find_item(str(task["item"])) if task["item"] else None
    assert isinstance(assignee, int)
    due_on = task["due_on"]
    assert isinstance(due_on, date)
    _tell(
        case,
        roster,
        MessageKind.TASK_HANDED,
        [assignee],
        (Role(str(task["role"])),),
        urgency,
        about=str(task["ref"]),
        link=link_to(case.slug, "uppgift", task["ref"]),
        opens={"introduction": case.id, "task": str(task["ref"])},
        task=task_title(task),
        due_on=due_on.isoformat(),
        help={"sv": item.help.sv, "en": item.help.en} if item else None,
        on_behalf_of=on_behalf_of,
    )


def task_declined(case: Case, roster: Roster, task: Mapping[str, object], *, by: str | None) -> None:
    """Tell the coordinator that somebody handed a task back, and why."""
    due_on = task["due_on"]
    assert isinstance(due_on, date)
    _tell_of_task(
        case,
        roster,
        MessageKind.TASK_DECLINED,
        task,
        Urgency.AT_ONCE,
        due_on=due_on.isoformat(),
        by=by,
        reason=case.ask.reason,
    )


def task_commented(case: Case, roster: Roster, task: Mapping[str, object], *, by: str | None, text: str) -> None:
    """Tell whoever waits for a word on a task that somebody wrote one."""
    _tell_of_task(case, roster, MessageKind.TASK_COMMENTED, task, Urgency.DIGEST, by=by, comment=text)


def _tell_of_task(
    case: Case,
    roster: Roster,
    kind: MessageKind,
    task: Mapping[str, object],
    urgency: Urgency,
    **values: JsonValue,
) -> None:
    """Tell the one person who has the task now."""
    assignee = task["assignee_id"]
    assert isinstance(assignee, int)
    roles = (Role.COORDINATOR,) if kind is MessageKind.TASK_DECLINED else (Role(str(task["role"])), Role.COORDINATOR)
    ref = str(task["ref"])
    link = link_to(case.slug, "uppgift", ref)
    _tell(case, roster, kind, [assignee], roles, urgency, about=ref, link=link, task=task_title(task), **values)


def phase_reached(case: Case, roster: Roster) -> None:
    """Tell team and overseers that the introduction has come to a new phase."""
    _tell_team(case, roster, MessageKind.PHASE_REACHED, phase=str(phase_of(case.snapshot)))


def paused(case: Case, roster: Roster, *, until_on: date, reason: str | None) -> None:
    """Tell the team that the introduction rests."""
    _tell_team(case, roster, MessageKind.PAUSED, reason=reason, resumes_on=until_on.isoformat())


def resumed(case: Case, roster: Roster) -> None:
    """Tell the team that the introduction goes on where it rested."""
    _tell_team(case, roster, MessageKind.RESUMED, phase=str(phase_of(case.snapshot)))


def stopped(case: Case, roster: Roster, *, reason: str | None) -> None:
    """Tell the team that the introduction has ended before its goal."""
    _tell_team(case, roster, MessageKind.STOPPED, reason=reason)


def celebrated(case: Case, roster: Roster, *, held_on: date) -> None:
    """Thank everybody who took part."""
    people = roster.holders(*TEAM, *OVERSEERS, Role.UNIT_REPRESENTATIVE)
    roles = (*TEAM, *OVERSEERS, Role.UNIT_REPRESENTATIVE)
    _tell(case, roster, MessageKind.CELEBRATION, people, roles, Urgency.DIGEST, held_on=held_on.isoformat())


def thanked(case: Case, roster: Roster, *, people: Iterable[int], by: str | None, words: str) -> None:
    """Tell everybody who took part what they are thanked for; each once, with the page to print."""
    roles = (*TEAM, *OVERSEERS, Role.UNIT_REPRESENTATIVE)
    _tell(
        case,
        roster,
        MessageKind.THANKS,
        people,
        roles,
        Urgency.AT_ONCE,
        link=link_to(case.slug, "tack"),
        by=by,
        words=words,
    )


def decision_needed(case: Case, roster: Roster, *, body: str, meeting_on: date, hand_in_on: date) -> None:
    """Tell those who decide, and the registrar, that a plan is on its way to their meeting."""
    roles = (Role.MANAGEMENT_GROUP_MEMBER, Role.REGISTRAR)
    _tell(
        case,
        roster,
        MessageKind.DECISION_NEEDED,
        roster.holders(*roles),
        roles,
        Urgency.AT_ONCE,
        link=link_to(case.slug, "beslut"),
        body=body,
        meeting_on=meeting_on.isoformat(),
        hand_in_on=hand_in_on.isoformat(),
    )


def decision_taken(case: Case, roster: Roster, *, body: str, meeting_on: date, outcome: str) -> None:
    """Tell the team what was decided."""
    _tell_team(
        case,
        roster,
        MessageKind.DECISION_TAKEN,
        body=body,
        decided_on=meeting_on.isoformat(),
        outcome=outcome,
        reason=case.ask.reason,
    )


def endorsed(
    case: Case, roster: Roster, *, body: str, meeting_on: date, outcome: str, next_body: str, members: Iterable[int]
) -> None:
    """Tell those who have the ball now what a body said before the one that decides.

    Where it goes on they are the `members` of the next body and those who prepare the matter for it; else those who
    steer the introduction, and those who can work it over.
    """
    goes_on = outcome == "adopt"
    roles = (*OVERSEERS, Role.REGISTRAR) if goes_on else (*OVERSEERS, Role.LAG_CHAIR, Role.DEVELOPMENT_RESOURCE)
    told: dict[str, JsonValue] = {
        "link": link_to(case.slug, "beslut"),
        "body": body,
        "said_on": meeting_on.isoformat(),
        "outcome": outcome,
        "next_body": next_body,
        "reason": case.ask.reason,
    }
    steering = list(roster.holders(*roles))
    _tell(case, roster, MessageKind.ENDORSED, steering, roles, Urgency.DIGEST, **told)
    sitting = [one for one in members if goes_on and one not in steering]
    _tell(case, roster, MessageKind.ENDORSED, sitting, roles, Urgency.DIGEST, **{**told, "why": "why.body_member"})


def loop_opens(case: Case, roster: Roster, *, number: int, hold_by: date) -> None:
    """Ask the team to hold a learning loop, with a calendar file for a suggested time."""
    meeting_on, starts_at = suggested_meeting(case.profile, case.today)
    uid = loop_uid(case.id, number, case.profile.region.code)
    _tell(
        case,
        roster,
        MessageKind.LOOP_OPENS,
        roster.holders(*TEAM),
        TEAM,
        Urgency.AT_ONCE,
        link=link_to(case.slug, "loop", number),
        loop=number,
        meeting_on=meeting_on.isoformat(),
        starts_at=starts_at.isoformat(),
        minutes=LOOP_MINUTES,
        place=None,
        hold_by=hold_by.isoformat(),
        event_uid=uid,
        event_sequence=next_sequence(case.work, region_id=case.region_id, uid=uid),
    )


def loop_overdue(case: Case, roster: Roster, *, number: int, due_on: date) -> None:
    """Tell the process leader and the coordinator that a loop should have been held."""
    roles = (Role.DEVELOPMENT_RESOURCE, Role.LAG_CHAIR, Role.COORDINATOR)
    _tell(
        case,
        roster,
        MessageKind.LOOP_OVERDUE,
        roster.holders(*roles),
        roles,
        Urgency.DIGEST,
        link=link_to(case.slug, "loop", number),
        loop=number,
        due_on=due_on.isoformat(),
        days=case.profile.workdays.count(due_on, case.today),
        severity=2,
    )


def _tell_team(case: Case, roster: Roster, kind: MessageKind, **values: JsonValue) -> None:
    roles = (*TEAM, *OVERSEERS)
    _tell(case, roster, kind, roster.holders(*roles), roles, Urgency.DIGEST, **values)


def _tell(
    case: Case,
    roster: Roster,
    kind: MessageKind,
    people: Iterable[int],
    roles: tuple[Role, ...],
    urgency: Urgency,
    /,
    about: JsonValue = "",
    **values: JsonValue,
) -> None:
    """Put one message per person; whoever gave the command is not told what they just did, except of a task."""
    not_before = leave_at(case.profile, case.now) if urgency is Urgency.AT_ONCE else None
    for person_id in people:
        if person_id == case.actor_id and kind is not MessageKind.TASK_HANDED:
            continue
        common: dict[str, JsonValue] = {
            "pathway": case.pathway,
            "link": link_to(case.slug),
            "why": f"why.{roster.role_towards(person_id, *roles)}",
        }
        case.tell(
            Message(
                kind=kind,
                recipient=str(person_id),
                region=case.profile.region.code,
                dedup_key=case.message_key(kind.value, about, person_id),
                values={**common, **values},
                urgency=urgency,
                not_before=not_before,
            )
        )
