"""The texts and the code fit: every id has both languages, no text is left over, no placeholder is empty."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

import pathways
from notifications.message import MessageKind
from notifications.outbox import State as MessageState
from pathways.charts.levels import NAMES as LEVELS
from pathways.charts.marks import KINDS
from pathways.cli.commands import ENTRIES, GROUPS
from pathways.cli.do import TELLING
from pathways.cli.fields import list_fields, schema_of
from pathways.cli.processes import State as ProcessState
from pathways.cli.refusals import HINTED
from pathways.errors import IntroductionChanged, PathwaysError, Refused, Unknown
from pathways.locale import LANGUAGES, MissingText, texts
from pathways.locale.texts import FOLDER
from pathways.measurement.judgement import Status, TargetStatus
from pathways.measurement.marks import Mark, Rule, Side
from pathways.measurement.series import Direction, Every, RuleSet
from pathways.measurement.telling import Line
from pathways.models.decision import DecisionKind
from pathways.models.introduction import TimerKind
from pathways.models.loop import LoopState
from pathways.models.meeting import Outcome
from pathways.models.organisation import Origin
from pathways.models.plan import ActivityState, Standpoint
from pathways.models.task import TaskState
from pathways.profiles.vocabulary import Role
from pathways.services.deciding.rules import DECIDED, outcomes_of
from pathways.services.deciding.situation import Part
from pathways.services.orders import _SENTENCES as ORDER_SENTENCES
from pathways.services.policy import ADMINISTRATION, POLICY, VIEWS
from pathways.services.registry import USE_CASES
from pathways.web.chart_files import MAKERS
from states.commands import CHOICES
from states.guards import SENTENCES
from states.snapshot import Phase
from states.versions import CHARTS, get_outline
from tests.architecture.product_source import Spoken, calls, literals, quoted, spoken_by, spoken_with_mapping

BY_ITSELF = {"ring", "follow_meeting", "put_on_agenda"}
COMMANDS = {*USE_CASES, "start", *BY_ITSELF}
FAMILIES: dict[str, set[str]] = {
    "phase": set(Phase),
    "state": {state for chart in CHARTS for state in get_outline(chart).order},
    "role": {*Role, *(role for roles in POLICY.values() for role in roles)},
    "command": COMMANDS | set(POLICY),
    "choice": {choice for choices in CHOICES.values() for choice in choices} | {"pause"},
    "timer": set(TimerKind),
    "due": set(TimerKind),
    "task_state": set(TaskState),
    "loop_state": set(LoopState),
    "activity_state": set(ActivityState),
    "standpoint": set(Standpoint),
    "decision_kind": set(DecisionKind),
    "item_outcome": set(Outcome),
    "web.decide.outcome": {f"{part}.{outcome}" for part in Part for outcome in outcomes_of(part)},
    "web.decide.hint": {f"{part}.{outcome}" for part in (Part.DECIDES, Part.ENDORSES) for outcome in DECIDED},
    "web.decide.paper.outcome": set(Outcome),
    "web.decide.paper.endorsed": set(DECIDED),
    "web.decide.handling.said": set(DECIDED),
    "process_state": set(ProcessState),
    "made": set(TELLING),
    "web.work.kind": set(MessageKind),
    "web.work.delivery": set(MessageState),
    "web.work.channel": {"inbox", "address"},
    "web.work.reason": {"weekly_digest", "trial", "login_link", "substitute", "body_member", "juror"},
    "web.admin.view": {*VIEWS, *ADMINISTRATION},
    "cli.hint": set(HINTED),
    "cli.banner": {origin.value for origin in Origin if origin is not Origin.REAL},
    "level": {"0", "1", "2", "3", "not_applicable", "dont_know"},
    "measure.mark": set(Mark),
    "web.chart.column": {"numerator", "denominator", "phase", "side", "mark", "note"},
    "web.chart.direction": set(Direction),
    "web.chart.get": set(MAKERS),
    "web.chart.level": set(LEVELS),
    "web.chart.level_short": set(LEVELS),
    "web.chart.mark": set(Mark),
    "web.chart.period": {"week", "fortnight", "quarter"},
    "web.chart.rule": set(Rule),
    "web.chart.rules": set(RuleSet),
    "web.chart.side": set(Side),
    "web.chart.side_mean": set(Side),
    "web.chart.sign": {*KINDS, "median", "mean"},
    "web.chart.state": {"preliminary", "corrected"},
    "web.chart.status": set(Status),
    "measure.side": set(Side),
    "measure.line": set(Line),
    "measure.target": set(TargetStatus),
    "measure.headline": set(Status),
    "measure.advice": set(Status),
    "measure.about": set(Every),
    "measure.finding": {"run_now", "run_ties", "run_moving", "run_past", "trend_above", "trend_below"},
}
# The same in both languages: a name, a figure, or a word that both languages have.
SAME = {
    "cli.column.loop",
    "cli.health.process",
    "cli.metavar.id",
    "cli.metavar.json",
    "cli.metavar.person",
    "cli.metavar.text",
    "cli.show.position",
    "cli.show.version",
    "cli.kind.text",
    "simulation.short.not_started",
    "web.admin.held.at",
    "web.calendar.back.sentence_day",
    "web.chart.level.median",
    "web.chart.level_short.median",
    "web.chart.level_short.provisional",
    "web.chart.n",
    "web.chart.sign.median",
    "web.intro.column.person",
    "web.intro.field.person",
    "web.intro.goal_kind.process",
    "web.intro.group.plan",
    "web.intro.history.file_region",
    "web.intro.pathway.version",
    "web.measuring.column.period",
    "web.measuring.fault",
    "web.measuring.field.period",
    "web.national.demand.fact.region",
    "web.national.done_of",
    "web.national.followed",
    "web.work.asked_meeting",
    "web.work.attached_by",
    "web.work.done_at",
    "web.work.kilobytes",
    "web.work.megabytes",
    "web.work.settled_by",
    "web.work.wrong",
}
OURS = re.compile(r"(cli|error|health|input|measure|order|usage|verify|simulation|web)\.[a-z][a-z0-9_.-]*")
NO_TEXTS = {"cli.log", "simulation.db"}  # files, not texts
PLACEHOLDER = re.compile(r"%\((\w+)\)")


def id_of(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def catalogue(language: str) -> dict[str, Message]:
    found: dict[str, Message] = {}
    for path in sorted((FOLDER / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            found |= {id_of(message): message for message in read_po(file, locale=language) if id_of(message)}
    return found


SWEDISH, ENGLISH = (catalogue(language) for language in LANGUAGES)


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def placeholders(message: Message) -> set[str]:
    return {name for form in forms(message) for name in PLACEHOLDER.findall(form)}


def refusals() -> Iterator[type[PathwaysError]]:
    """Every refusal of the product, wherever it stands."""
    for module in pkgutil.walk_packages(pathways.__path__, "pathways."):
        if "migrations" not in module.name and "build_hook" not in module.name:
            importlib.import_module(module.name)
    waiting: list[type[PathwaysError]] = [PathwaysError]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if kind.__module__.startswith("pathways."):
            yield kind


@cache
def required() -> frozenset[str]:
    """Every id that the code can ask for."""
    own = {kind.sentence for kind in refusals()}
    families = {f"{family}.{member}" for family, members in FAMILIES.items() for member in members}
    kinds = {f"error.unknown_{one.text_id}" for one in spoken_by("Unknown")} | {
        f"error.unknown_{table}" for table in ("task", "activity", "gap_answer", "attachment")
    }
    helps = {f"cli.{name.replace(' ', '.')}.help" for name in {*ENTRIES, *GROUPS}}
    named = {text for text in literals() | quoted() if OURS.fullmatch(text) and not is_prefix(text)} - NO_TEXTS
    orders = set(ORDER_SENTENCES.values()) - {"order.rule"}
    fields = {text for command in COMMANDS - BY_ITSELF for text in field_texts(command)}
    return frozenset(own | families | kinds | helps | named | orders | fields | {*SENTENCES} | rules())


def rules() -> set[str]:
    """Orders whose fields must go together have a sentence for it."""
    return {
        f"order.rule.{name}"
        for name, use_case in USE_CASES.items()
        if use_case.order.__pydantic_decorators__.model_validators
    }


def field_texts(command: str) -> Iterator[str]:
    for note in list_fields(schema_of(command)):
        own = f"field.{note.name}.{command}"
        yield own if own in SWEDISH else f"field.{note.name}"


def is_prefix(text: str) -> bool:
    """Whether the text is the beginning of ids that are put together."""
    begun = text if text.endswith(("_", ".")) else f"{text}."
    return text not in SWEDISH and any(one.startswith(begun) for one in SWEDISH)


def is_used(text_id: str) -> bool:
    """Whether the code names the id, or puts it together from a beginning and an ending that it names."""
    known = literals() | quoted()
    if text_id in required() or text_id in known:
        return True
    cuts = [at for at, letter in enumerate(text_id) if letter in "._"]
    return any((text_id[: at + 1] in known or text_id[:at] in known) and text_id[at + 1 :] in known for at in cuts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_id_that_the_code_knows_has_a_text(language: str) -> None:
    assert sorted(required() - set(catalogue(language))) == []


def test_both_languages_have_the_same_ids() -> None:
    assert set(SWEDISH) == set(ENGLISH)


def test_no_text_is_left_over() -> None:
    assert [text_id for text_id in SWEDISH if not is_used(text_id)] == []


def test_both_languages_have_the_same_placeholders() -> None:
    assert [key for key in SWEDISH if placeholders(SWEDISH[key]) != placeholders(ENGLISH[key])] == []


@pytest.mark.parametrize("sentence", sorted(SENTENCES))
def test_a_guards_sentence_has_exactly_the_placeholders_it_declares(sentence: str) -> None:
    assert placeholders(SWEDISH[sentence]) == set(SENTENCES[sentence])


def said() -> Iterator[Spoken]:
    """Every place where the code names a text and writes its values out."""
    yield from spoken_by("Refused", "WrongUsage", "say")
    yield from spoken_with_mapping("Finding", position=1)
    yield from spoken_with_mapping("Flaw", position=1)
    yield from spoken_with_mapping("Telling", position=0)
    for kind in {*refusals()} - {Refused, Unknown, IntroductionChanged, PathwaysError}:
        for where, call in calls(kind.__name__):
            if not call.args and all(keyword.arg for keyword in call.keywords):
                yield Spoken(where, kind.sentence, frozenset(str(keyword.arg) for keyword in call.keywords))


def test_the_code_gives_every_value_that_a_text_asks_for() -> None:
    asked = (
        (one, placeholders(SWEDISH[one.text_id]) - (one.values or set())) for one in said() if one.text_id in SWEDISH
    )
    assert [(one.where, sorted(lacking)) for one, lacking in asked if lacking and one.values is not None] == []


def test_a_text_in_the_plural_is_about_a_number_named_n() -> None:
    assert [key for key, message in SWEDISH.items() if message.pluralizable and "n" not in placeholders(message)] == []


def test_swedish_is_not_english_by_mistake() -> None:
    same = {key for key in SWEDISH if forms(SWEDISH[key]) == forms(ENGLISH[key])}
    assert same == SAME & set(SWEDISH)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_empty(language: str) -> None:
    assert [key for key, message in catalogue(language).items() if not all(forms(message))] == []


def test_a_missing_text_is_loud_and_never_shows_its_id() -> None:
    with pytest.warns(MissingText, match="no\\.such\\.text"):
        told = texts("sv").say("no.such.text")
    assert "no.such.text" not in told
    assert told


def test_a_missing_value_is_loud_and_leaves_no_placeholder_behind() -> None:
    with pytest.warns(MissingText, match="slug"):
        told = texts("sv").say("error.already_open")
    assert "%(" not in told


@pytest.mark.parametrize(
    ("language", "n", "told"),
    [
        ("sv", 1, "Arbetsgruppen saknar 1 ledamot: 2 av minst 3 är utsedda."),
        ("sv", 2, "Arbetsgruppen saknar 2 ledamöter: 1 av minst 3 är utsedda."),
        ("en", 1, "The working group lacks 1 member: 2 of at least 3 are appointed."),
        ("en", 2, "The working group lacks 2 members: 1 of at least 3 are appointed."),
    ],
)
def test_a_number_chooses_between_singular_and_plural(language: str, n: int, told: str) -> None:
    assert texts(language).say("members_missing", n=n, appointed=3 - n, required=3) == told
