"""Full sample values for every kind of message; what a service would hand over on a real day."""

from collections.abc import Mapping

from notifications.message import JsonValue, MessageKind

_KOL: dict[str, JsonValue] = {
    "pathway": "Kroniskt obstruktiv lungsjukdom (KOL)",
    "link": "/introductions/dalarna-kol",
    "why": "why.development_resource",
}
_TASK: dict[str, JsonValue] = {
    "task": {"sv": "Samla in svar från vårdcentralerna", "en": "Collect the primary-care centres’ answers"},
    "due_on": "2026-12-03",
}

SAMPLES: Mapping[MessageKind, Mapping[str, JsonValue]] = {
    MessageKind.TASK_HANDED: {
        **_KOL,
        **_TASK,
        "help": {"sv": "Börja med Falun och Säter.", "en": "Begin with Falun and Säter."},
        "on_behalf_of": "Åsa Öberg",
        "severity": 1,
    },
    MessageKind.TASK_REMINDER: {**_KOL, **_TASK, "rung": "overdue", "days": 3, "severity": 3},
    MessageKind.ESCALATION: {
        **_KOL,
        "task": {"sv": "Boka genomgång", "en": "Book the review"},
        "due_on": "2026-11-26",
        "why": "why.coordinator",
        "days": 1,
        "assignee": "Örjan Ängström",
        "severity": 4,
    },
    MessageKind.TASK_DECLINED: {
        **_KOL,
        **_TASK,
        "why": "why.coordinator",
        "by": "Åsa Öberg",
        "reason": "Jag har bytt arbete.",
        "severity": 2,
    },
    MessageKind.TASK_COMMENTED: {
        **_KOL,
        "task": _TASK["task"],
        "by": "Åsa Öberg",
        "comment": "Har ni fått svar från Säter?",
    },
    MessageKind.LOOP_OPENS: {
        **_KOL,
        "loop": 2,
        "meeting_on": "2026-12-10",
        "starts_at": "2026-12-10T12:00:00+00:00",
        "minutes": 90,
        "place": "Falu lasarett, Älgen",
        "hold_by": "2026-12-17",
        "event_uid": "loop-17-2@SE-W",
        "event_sequence": 1,
        "severity": 2,
    },
    MessageKind.LOOP_OVERDUE: {**_KOL, "loop": 2, "due_on": "2026-12-17", "days": 4, "severity": 3},
    MessageKind.DECISION_NEEDED: {
        **_KOL,
        "why": "why.registrar",
        "body": "Hälso- och sjukvårdsnämnden",
        "meeting_on": "2027-01-21",
        "hand_in_on": "2026-12-22",
        "severity": 3,
    },
    MessageKind.DECISION_TAKEN: {
        **_KOL,
        "body": "Hälso- och sjukvårdsnämnden",
        "decided_on": "2027-01-21",
        "outcome": "adopt",
        "reason": "Uppföljning redovisas i maj.",
    },
    MessageKind.ENDORSED: {
        **_KOL,
        "body": "KSG",
        "said_on": "2026-12-09",
        "outcome": "adopt",
        "next_body": "LG-HS",
        "reason": "Bra underlag.",
    },
    MessageKind.PHASE_REACHED: {**_KOL, "why": "why.lag_member", "phase": "implementation"},
    MessageKind.PAUSED: {**_KOL, "reason": "Pandemin kräver all personal.", "resumes_on": "2027-02-01"},
    MessageKind.RESUMED: {**_KOL, "phase": "learning"},
    MessageKind.STOPPED: {**_KOL, "reason": "Nämnden har sagt nej till finansieringen."},
    MessageKind.THANKS: {
        **_KOL,
        "link": "/introductions/dalarna-kol/thanks",
        "by": "Åsa Öberg",
        "words": "Nu får patienterna sin plan vid första besöket. Tack!",
    },
    MessageKind.SUMMONS: {
        "why": "why.body_member",
        "link": "/moten/lg_hs/2026-12-21",
        "body": "LG-HS",
        "meeting_on": "2026-12-21",
        "starts_at": "2026-12-21T08:00:00+00:00",
        "minutes": 120,
        "place": None,
        "change": "new",
        "was_on": None,
        "items": ["KOL (09.00)", "Höftledsartros"],
        "event_uid": "meeting-7@SE-W",
        "event_sequence": 0,
    },
    MessageKind.PACK_READY: {
        "why": "why.body_member",
        "link": "/moten/lg_hs/2026-12-21/underlag?nummer=2",
        "body": "LG-HS",
        "meeting_on": "2026-12-21",
        "number": 2,
    },
    MessageKind.JURY_ASKED: {
        "why": "why.juror",
        "link": "/arets-implementation/2026",
        "year": 2026,
        "count": 4,
        "nominate_until": "2026-11-30",
    },
    MessageKind.CELEBRATION: {**_KOL, "why": "why.lag_chair", "held_on": "2027-05-27"},
}


_LOGIN_LINK: Mapping[str, JsonValue] = {
    "region": "Region Dalarna",
    "minutes": 30,
    "link": "/logga-in/hemlig",
    "link_id": "abc",
    "why": "why.login_link",
}


def digest_values() -> Mapping[str, JsonValue]:
    """A digest with one line of every other kind, and five left out."""
    return {
        "week": "2026-W49",
        "lines": [{**values, "kind": kind.value} for kind, values in SAMPLES.items()],
        "more": 5,
        "link": "/worklist",
        "why": "why.weekly_digest",
    }


def sample_values(kind: MessageKind) -> Mapping[str, JsonValue]:
    """The sample of any kind."""
    if kind is MessageKind.TRIAL:
        return {"link": "/min-profil", "why": "why.trial"}
    if kind is MessageKind.LOGIN_LINK:  # never held, so it is no line of a digest
        return _LOGIN_LINK
    return digest_values() if kind is MessageKind.WEEKLY_DIGEST else SAMPLES[kind]
