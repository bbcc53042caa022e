"""A rollout's dry run as a form: for each introduction what may be chosen, what follows, and what was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pathways.models.national import RolloutChoice, Verdict
from pathways.services.national.carry_out_rollout import Chosen
from pathways.services.national.plan_rollout import Line
from pathways.web.command_review import Review, build_review
from pathways.web.forms import Field, Option, first
from pathways.web.visit import Visit

CHOICE, REASON, SEEN, JOINT = "val", "skal", "sett", "samlat"
Typed = Mapping[str, Sequence[str]]
LONGEST_REASON = 1_000


@dataclass(frozen=True, slots=True)
class ShownWay:
    """One way in words: what it is called and what follows from it."""

    choice: str
    label: str
    review: Review


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """One introduction of the dry run as the page shows it. `fields` are empty where nobody has to choose."""

    slug: str
    pathway: str
    position: str
    verdict: str
    why: str
    reasons: tuple[str, ...]
    ways: tuple[ShownWay, ...]
    fields: tuple[Field, ...]
    version: int
    joint: str
    is_under_way: bool


@dataclass(frozen=True, slots=True)
class ShownJoint:
    """A joint introduction with more than one of the lines: one choice for all of it."""

    name: str
    lines: tuple[ShownLine, ...]
    fields: tuple[Field, ...]


def show_line(visit: Visit, line: Line, typed: Typed, faults: Mapping[str, str]) -> ShownLine:
    """Return a line of the dry run in words, with what was typed about it."""
    one = line.behind
    before = visit.wording.position(one.phase, one.place)
    ways = tuple(
        ShownWay(
            tried.choice, way_label(visit, tried.choice), build_review(visit, tried.outcome, before=before, given=())
        )
        for tried in line.tried
        if tried.outcome is not None
    )
    return ShownLine(
        slug=one.slug,
        pathway=one.pathway,
        position=before,
        verdict=line.verdict,
        why=visit.texts.say(_why(line), version=one.newest),
        reasons=tuple(tell_reasons(visit, line.reasons)),
        ways=ways,
        fields=_fields(visit, line, typed, faults) if line.verdict is Verdict.DECIDE else (),
        version=one.version,
        joint=one.joint.slug if one.joint else "",
        is_under_way=line.verdict is Verdict.DECIDE and is_under_way(line),
    )


def show_joints(
    visit: Visit, lines: Sequence[Line], shown: Sequence[ShownLine], typed: Typed, faults: Mapping[str, str]
) -> list[ShownJoint]:
    """Return the joint introductions that more than one of the lines belongs to."""
    names = {line.behind.joint.slug: line.behind.joint.name for line in lines if line.behind.joint}
    found = []
    for slug, name in names.items():
        own = tuple(one for one in shown if one.joint == slug)
        if len(own) > 1:
            fields = tuple(one.filled(typed, faults) for one in _joint_fields(visit, slug, own))
            found.append(ShownJoint(name, own, fields if any(one.fields for one in own) else ()))
    return found


def tell_reasons(visit: Visit, reasons: Sequence[Mapping[str, object]]) -> list[str]:
    """Return what stands in the way, in words."""
    found = []
    for reason in reasons:
        values = reason["values"]
        assert isinstance(values, Mapping)
        found.append(visit.wording.sentence(str(reason["sentence"]), values))
    return found


def way_label(visit: Visit, choice: str) -> str:
    """Return what a way is called."""
    return visit.texts.word("web.national.way", choice)


def read_choices(visit: Visit, lines: Sequence[Line], form: Typed) -> tuple[dict[str, Chosen], dict[str, str]]:
    """Return what was chosen by introduction, and what is wrong by field.

    One choice for a joint introduction goes before those of its parts, where they can make it. Without any choice an
    introduction waits.
    """
    choices: dict[str, Chosen] = {}
    faults: dict[str, str] = {}
    for line in lines:
        if line.verdict is not Verdict.DECIDE:
            continue
        chosen = _chosen(line, form)
        if chosen.choice is RolloutChoice.NO_LOCAL_EFFECT and not chosen.reason:
            faults[_reason_field(line, form)] = visit.texts.say("web.national.fault.reason")
        elif len(chosen.reason) > LONGEST_REASON:
            faults[_reason_field(line, form)] = visit.texts.say("web.national.fault.long", n=LONGEST_REASON)
        choices[line.behind.slug] = chosen
    return choices, faults


def is_stale(lines: Sequence[Line], form: Typed) -> bool:
    """Say whether an introduction is another than the one that the form was made for."""
    return any(first(form, f"{SEEN}-{one.behind.slug}") != str(one.behind.version) for one in lines)


def is_under_way(line: Line) -> bool:
    """Say whether the gap analysis is being revised against the newest version already."""
    return line.behind.stand.national == "superseded" and all(one.choice != RolloutChoice.REVISE for one in line.tried)


def _why(line: Line) -> str:
    if line.verdict is Verdict.CANNOT:
        return "web.national.why.cannot"
    if line.verdict is Verdict.DECIDE:
        return "web.national.why.under_way" if is_under_way(line) else "web.national.why.decide"
    return "web.national.why.revised" if line.behind.stand.is_revised else "web.national.why.moves"


def _joint_choice(line: Line, form: Typed) -> str:
    choice = first(form, f"{JOINT}-{line.behind.joint.slug}") if line.behind.joint else ""
    return choice if choice in _offered(line) else ""


def _offered(line: Line) -> tuple[str, ...]:
    return (*(one.choice for one in line.open_choices), RolloutChoice.WAIT)


def _chosen(line: Line, form: Typed) -> Chosen:
    slug = line.behind.slug
    choice = _joint_choice(line, form) or first(form, f"{CHOICE}-{slug}")
    known = RolloutChoice(choice) if choice in _offered(line) else RolloutChoice.WAIT
    return Chosen(known, first(form, _reason_field(line, form)))


def _reason_field(line: Line, form: Typed) -> str:
    if line.behind.joint and _joint_choice(line, form):
        return f"{REASON}-{JOINT}-{line.behind.joint.slug}"
    return f"{REASON}-{line.behind.slug}"


def _fields(visit: Visit, line: Line, typed: Typed, faults: Mapping[str, str]) -> tuple[Field, ...]:
    slug = line.behind.slug
    options = tuple(
        Option(value=choice, label=way_label(visit, choice), hint=visit.texts.word("web.national.way_hint", choice))
        for choice in _offered(line)
    )
    start = {f"{CHOICE}-{slug}": [RolloutChoice.WAIT.value], **typed}
    fields = (
        Field(
            name=f"{CHOICE}-{slug}",
            label=visit.texts.say("web.national.choice", pathway=line.behind.pathway),
            kind="radios",
            options=options,
        ),
        Field(
            name=f"{REASON}-{slug}",
            label=visit.texts.say("web.national.reason"),
            help=visit.texts.say("web.national.reason_help"),
            required=False,
            kind="area",
            rows=2,
            max_length=LONGEST_REASON,
        ),
    )
    return tuple(one.filled(start, faults) for one in fields)


def _joint_fields(visit: Visit, slug: str, lines: Sequence[ShownLine]) -> tuple[Field, ...]:
    each = Option(value="", label=visit.texts.say("web.national.joint_each"))
    known = dict.fromkeys(option.value for one in lines for field in one.fields[:1] for option in field.options)
    return (
        Field(
            name=f"{JOINT}-{slug}",
            label=visit.texts.say("web.national.joint_choice"),
            help=visit.texts.say("web.national.joint_help"),
            kind="select",
            options=(each, *(Option(value=one, label=way_label(visit, one)) for one in known)),
            required=False,
        ),
        Field(
            name=f"{REASON}-{JOINT}-{slug}",
            label=visit.texts.say("web.national.joint_reason"),
            kind="area",
            rows=2,
            required=False,
            max_length=LONGEST_REASON,
        ),
    )
