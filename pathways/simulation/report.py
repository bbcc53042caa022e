"""The report of a simulation as one page of HTML that asks for nothing from outside: no script, no font, no picture.

Equal results give equal pages, byte for byte: the seconds a run took are not on it.
"""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pathways.locale import DEFAULT, Texts, texts
from pathways.simulation.drawing import STANDINGS, draw_board, draw_timelines, draw_weeks, number_weeks
from pathways.simulation.figures import NOT_STARTED
from pathways.simulation.result import SimulationResult, Stretch, Timeline

TEMPLATES = Path(__file__).parent / "templates"
MARKS = (
    "loop_on_time",
    "loop_late",
    "loop_skipped",
    "decision_adopt",
    "decision_return",
    "decision_decline",
    "response",
    "celebration",
    "follow_up_holds",
    "follow_up_slipped",
    "reopened",
    "revision",
    "correction",
)
"""The marks of the timelines, in the order of the legend."""

THIN_SPACE = "\N{NO-BREAK SPACE}"


def render_report(result: SimulationResult, language: str = DEFAULT) -> str:
    """Return the whole page in a language."""
    words = texts(language)
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.filters["number"] = lambda value: f"{value:,}".replace(",", THIN_SPACE if language == "sv" else ",")
    weeks, full = number_weeks(result), max((one.most for one in result.mails_by_person), default=1)
    return environment.get_template("report.html").render(
        result=result,
        language=language,
        say=words.say,
        standing=lambda kind: standing_word(words, kind),
        short=lambda kind: words.say(f"simulation.short.{kind}"),
        mark=lambda kind: words.say(f"simulation.mark.{kind}"),
        standings=STANDINGS,
        marks=MARKS,
        chart=draw_timelines(result),
        columns=draw_board(result.quarters),
        strokes={one.person: draw_weeks(one, weeks, full=full) for one in result.mails_by_person},
        weeks=len(weeks),
        full=full,
        told=[(line, tell(line, words)) for line in result.timelines],
        share=lambda part, whole: f"{round(100 * part / whole)}{THIN_SPACE}%" if whole else "–",
        decimal=lambda value: decimal(value, language),
        mean=lambda total: decimal(total / len(weeks), language),
    )


def standing_word(words: Texts, kind: str) -> str:
    """Return the word for a phase, or for what stands in its place."""
    if kind == NOT_STARTED:
        return words.say("simulation.not_started")
    if kind in {"paused", "stopped", "closed"}:
        return words.say(f"state.{kind}").capitalize()
    return words.word("phase", kind)


def tell(line: Timeline, words: Texts) -> list[tuple[date, str]]:
    """Return an introduction's life in words: each phase it came to and all that is marked, by day."""
    came = [(stretch.from_on, standing_word(words, stretch.kind)) for stretch in _without_the_swing(line)]
    marked = [(mark.on, words.say(f"simulation.mark.{mark.look}")) for mark in line.marks]
    return sorted([*marked, *came], key=lambda told: told[0])


def _without_the_swing(line: Timeline) -> Iterable[Stretch]:
    """Yield the stretches; the swing between carrying out and learning is told by the loops."""
    swinging = False
    for stretch in line.stretches:
        swings = stretch.standing == "active" and stretch.phase in {"implementation", "learning"}
        if not (swings and swinging):
            yield stretch
        swinging = swings


def decimal(value: float, language: str) -> str:
    """Return a figure with one decimal, as the language writes it."""
    return f"{value:.1f}".replace(".", "," if language == "sv" else ".")
