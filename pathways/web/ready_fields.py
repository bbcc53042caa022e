"""The readiness list and the question of complexity as forms: what is asked, what is wrong, and the order's data."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pathways.models.holding import Complexity, Ready
from pathways.queries.readiness import ComplexityPage, Readiness, Said
from pathways.services.plan.parts import LONG
from pathways.web.forms import Field, Option, first
from pathways.web.visit import Visit

Typed = Mapping[str, Sequence[str]]
ANSWER, OWNER, DUE_ON, NOTE = "svar", "vem", "dag", "om"


@dataclass(frozen=True, slots=True)
class LineForm:
    """The questions about one line: the answer, and beneath it who, when and a comment."""

    name: str
    answer: Field
    more: tuple[Field, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Return every question of the line."""
        return (self.answer, *self.more)

    @property
    def is_open(self) -> bool:
        """Say whether more than the answer is to be seen at once."""
        return self.answer.value == Ready.NO or any(one.value or one.error for one in self.more)


def ready_forms(
    visit: Visit, page: Readiness, people: Sequence[Option], typed: Typed | None, errors: Mapping[str, str]
) -> list[LineForm]:
    """Return the forms of the ten lines, with what stands or what was typed."""
    return [_ready(visit, one, people, typed if typed is not None else _typed_of(one), errors) for one in page.lines]


def ready_data(page: Readiness, typed: Typed) -> list[dict[str, object]]:
    """Return the lines that were answered, as an order takes them."""
    names = {"owner": OWNER, "due_on": DUE_ON, "note": NOTE}
    return [
        {
            "line": one.name,
            "answer": answer,
            **{key: value for key, name in names.items() if (value := first(typed, f"{name}-{one.name}"))},
        }
        for one in page.lines
        if (answer := first(typed, f"{ANSWER}-{one.name}")) in set(Ready)
    ]


def ready_faults(visit: Visit, page: Readiness, typed: Typed) -> dict[str, str]:
    """Return what keeps the list from being saved: nothing answered, a no without a name, too many words."""
    say, lines = visit.texts.say, [one.name for one in page.lines]
    answers = {line: first(typed, f"{ANSWER}-{line}") for line in lines}
    if not any(answers.values()):
        return {f"{ANSWER}-{lines[0]}": say("web.hold.ready.nothing")}
    faults = {
        f"{OWNER}-{line}": say("web.hold.ready.needs_name")
        for line, answer in answers.items()
        if answer == Ready.NO and not first(typed, f"{OWNER}-{line}")
    }
    for line in lines:
        name = f"{NOTE}-{line}"
        if len(first(typed, name)) > LONG:
            faults[name] = say("web.hold.ready.too_long", n=LONG)
    return faults


def hard_forms(visit: Visit, page: ComplexityPage, typed: Typed | None, errors: Mapping[str, str]) -> list[LineForm]:
    """Return the forms of the seven domains, with what stands or what was typed."""
    return [_hard(visit, one, typed if typed is not None else _typed_of(one), errors) for one in page.domains]


def hard_data(page: ComplexityPage, typed: Typed) -> list[dict[str, object]]:
    """Return the domains that were answered, as an order takes them."""
    return [
        {
            "domain": one.name,
            "level": level,
            **({"note": note} if (note := first(typed, f"{NOTE}-{one.name}")) else {}),
        }
        for one in page.domains
        if (level := first(typed, f"{ANSWER}-{one.name}")) in set(Complexity)
    ]


def hard_faults(visit: Visit, page: ComplexityPage, typed: Typed) -> dict[str, str]:
    """Return what keeps the assessment from being saved: nothing answered, or too many words."""
    say, domains = visit.texts.say, [one.name for one in page.domains]
    if not any(first(typed, f"{ANSWER}-{domain}") for domain in domains):
        return {f"{ANSWER}-{domains[0]}": say("web.hold.hard.nothing")}
    names = [f"{NOTE}-{domain}" for domain in domains]
    return {name: say("web.hold.ready.too_long", n=LONG) for name in names if len(first(typed, name)) > LONG}


def _ready(visit: Visit, one: Said, people: Sequence[Option], typed: Typed, errors: Mapping[str, str]) -> LineForm:
    say, word = visit.texts.say, visit.texts.word
    answers = tuple(Option(value=str(answer), label=_upper(word("ready", answer))) for answer in Ready)
    known = {option.value for option in people}
    own = (
        (Option(value=one.owner_slug, label=one.owner or "–"),)
        if one.owner_slug and one.owner_slug not in known
        else ()
    )
    answer = Field(
        name=f"{ANSWER}-{one.name}",
        label=_upper(word("readiness", one.name)),
        kind="radios",
        options=answers,
        required=False,
    )
    owner = Field(
        name=f"{OWNER}-{one.name}",
        label=say("web.hold.ready.owner"),
        kind="select",
        options=(*people, *own),
        required=False,
    )
    due_on = Field(name=f"{DUE_ON}-{one.name}", label=say("web.hold.ready.due_on"), kind="date", required=False)
    note = Field(name=f"{NOTE}-{one.name}", label=say("web.hold.ready.note"), kind="area", rows=2, required=False)
    return LineForm(
        one.name, answer.filled(typed, errors), tuple(each.filled(typed, errors) for each in (owner, due_on, note))
    )


def _hard(visit: Visit, one: Said, typed: Typed, errors: Mapping[str, str]) -> LineForm:
    say, word = visit.texts.say, visit.texts.word
    answer = Field(
        name=f"{ANSWER}-{one.name}",
        label=_upper(word("complexity_domain", one.name)),
        help=say(f"web.hold.hard.ask.{one.name}"),
        kind="radios",
        options=tuple(
            Option(value=str(level), label=_upper(word("complexity", level)), hint=say(f"web.hold.hard.means.{level}"))
            for level in Complexity
        ),
        required=False,
    )
    note = Field(name=f"{NOTE}-{one.name}", label=say("web.hold.hard.note"), required=False)
    return LineForm(one.name, answer.filled(typed, errors), (note.filled(typed, errors),))


def _typed_of(one: Said) -> Typed:
    """Return what stands as it would have been typed."""
    if one.row is None:
        return {}
    due_on = one.row.get("due_on")
    return {
        f"{ANSWER}-{one.name}": [one.answer],
        f"{OWNER}-{one.name}": [one.owner_slug],
        f"{DUE_ON}-{one.name}": [due_on.isoformat() if due_on else ""],
        f"{NOTE}-{one.name}": [one.row["note"] or ""],
    }


def _upper(word: str) -> str:
    return word[:1].upper() + word[1:]
