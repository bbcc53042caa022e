"""Puts a review into words: what happened since last time, what is suggested, checked and still missing, and curves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pathways.charts.chart import Chart
from pathways.charts.figure import Figure, build_figure
from pathways.charts.words import ChartWords
from pathways.measurement.hints import chance_of_false_alarm
from pathways.models.plan import ActivityState
from pathways.queries.review import ActivityLine, ReviewPage, UnderTest
from pathways.services.measure.series import interventions_of
from pathways.services.review.evidence import CHECKS
from pathways.services.review.field import Answer
from pathways.services.review.questions import find_asked, key_of
from pathways.services.review.series import Series
from pathways.services.review.snapshot import revive
from pathways.storage.unit_of_work import Row
from pathways.web.review_fields import (
    LABELS,
    Shown,
    in_words,
    keys_of_activity,
    keys_of_series,
    keys_of_whole,
    shown_answer,
)
from pathways.web.review_read import Outcome, eyes_of
from pathways.web.visit import Visit

HINTS = "web.review.hint"
CHECK_WORDS = "web.review.check"
TONES = {"planned": "neutral", "under_way": "info", "done": "good", "stopped": "neutral"}


@dataclass(frozen=True, slots=True)
class ShownLack:
    """Something missing: in words, with the place on the page where it is met."""

    text: str
    met_by: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One activity or indicator of the review with its answers by name."""

    key: str
    answers: Mapping[str, Shown]


def show_answers(visit: Visit, page: ReviewPage, keys: Mapping[str, str], outcome: Outcome) -> dict[str, Shown]:
    """Return answers by the questions' names."""
    found: dict[str, Shown] = {}
    for name, key in keys.items():
        asked = find_asked(key)
        assert asked is not None, key
        found[name] = shown_answer(
            visit,
            asked,
            key,
            page.paper.get(key),
            page.people,
            clash=outcome.clashes.get(key),
            error=outcome.faults.get(key, ""),
            typed=outcome.typed.get(key),
            seen=outcome.seen.get(key),
        )
    return found


def show_all_answers(visit: Visit, page: ReviewPage, outcome: Outcome) -> dict[str, dict[str, Shown]]:
    """Return the answers of every part: "w" for the whole, else an activity's ref or an indicator's middle."""
    parts = {"w": keys_of_whole()}
    parts |= {one.line.ref: keys_of_activity(one.line.ref) for one in page.under_test}
    parts |= {one.about: keys_of_series(one.about) for one in page.series}
    return {name: show_answers(visit, page, keys, outcome) for name, keys in parts.items()}


def show_lacks(visit: Visit, page: ReviewPage) -> list[ShownLack]:
    """Return what is still missing, each with the question it is about."""
    root = f"/forlopp/{page.head.slug}/loop/{page.number}"
    found = []
    for lack in page.lacks:
        is_foretelling = lack.key.endswith("-prediction")
        href = f"{root}/forutsagelse" if is_foretelling else f"#f-{lack.key}"
        text = visit.wording.sentence(lack.reason.sentence, lack.reason.values)
        found.append(ShownLack(text, "", href))
    return found


def count_lacking(page: ReviewPage) -> dict[str, int]:
    """Return how much is missing of each activity under test, by its ref."""
    return {
        one.line.ref: sum(lack.key.startswith(f"a-{one.line.ref}-") for lack in page.lacks) for one in page.under_test
    }


def show_hints(visit: Visit, tested: UnderTest) -> list[str]:
    """Return the hints for an activity in words; one sentence that says so where no row of the table fits."""
    return [visit.texts.word(HINTS, hint) for hint in tested.hints] or [visit.texts.say("web.review.no_hint")]


def show_checks(visit: Visit, checks: Mapping[str, bool | None]) -> list[tuple[str, bool]]:
    """Return the soft checks that there is something to check for: words, and whether they are met."""
    return [
        (visit.texts.word(CHECK_WORDS, name), bool(checks[name])) for name in CHECKS if checks.get(name) is not None
    ]


def tell_days(visit: Visit, line: ActivityLine) -> str:
    """Return the real days of an activity, or the planned ones where it has not begun."""
    say, day, row = visit.texts.say, visit.formats.day, line.row
    told = [say("web.review.started", day=day(row["started_on"]))] if row["started_on"] else []
    if row["ended_on"]:
        ended = "web.review.stopped_on" if line.state == ActivityState.STOPPED else "web.review.done_on"
        told.append(say(ended, day=day(row["ended_on"])))
    elif row["due_on"]:
        told.append(say("web.review.due", day=day(row["due_on"])))
    return ", ".join(told)


def tell_prediction(visit: Visit, row: Row) -> list[tuple[str, str]]:
    """Return a prediction as facts."""
    say = visit.texts.say
    return [
        (say("web.review.foretold.theory"), str(row["theory"] or "–")),
        (say("web.review.foretold.measure"), str(row["measure"] or "–")),
        (say("web.review.foretold.direction"), visit.texts.word("web.review.direction", str(row["direction"]))),
        (say("web.review.foretold.size"), str(row["size"] or "–")),
        (say("web.review.foretold.by_on"), visit.formats.day(row["by_on"])),
    ]


def tell_part(visit: Visit, part: str, row: Row, names: Sequence[str]) -> list[tuple[str, str]]:
    """Return the answers of a signed row as facts, those that were not given left out."""
    found = []
    for name in names:
        asked = find_asked(key_of(part, {"w": "", "a": "1.1", "i": "1.1-0"}[part], name))
        value = row.get(name)
        if asked is None or value in (None, "", [], False):
            continue
        label = visit.texts.word(LABELS[part], name)
        if name.endswith("_on"):
            found.append((label, visit.formats.day(value)))
        else:
            text = ",".join(value) if isinstance(value, list) else "yes" if value is True else str(value)
            found.append((label, in_words(visit, asked, text)))
    return found


def tell_news(visit: Visit, answers: Sequence[Answer]) -> list[tuple[str, str, str]]:
    """Return what others wrote meanwhile: the answer's key, which question, and who did it when."""
    found = []
    for answer in answers:
        asked = find_asked(answer.key)
        assert asked is not None, answer.key
        label = visit.texts.word(LABELS[asked.part], asked.question.name)
        at = visit.formats.moment(answer.at)
        found.append((answer.key, label, visit.texts.say("web.review.changed_by", by=answer.by, at=at)))
    return found


def show_figures(visit: Visit, page: ReviewPage) -> dict[str, Figure]:
    """Return the curves of the review by the middle of their keys: those stored where it is signed, else today's."""
    if page.signed is None:
        return {one.about: _figure(visit, page, one) for one in page.series}
    titles = {line.ref: line.title for line in page.lines}
    found = {}
    for row in page.stored:
        indicator = page.indicators.get(row["indicator"])
        if indicator is not None and _is_shown(visit, page, row, indicator):
            found[f"{row['indicator']}-{row['unit_id'] or 0}"] = _stored_figure(visit, page, row, indicator, titles)
    return found


def tell_false_alarms(visit: Visit, n: int) -> str:
    """Return how often one of so many curves signals by chance alone."""
    return visit.texts.say("web.review.false_alarms", n=n, percent=chance_of_false_alarm(n))


def _figure(visit: Visit, page: ReviewPage, series: Series) -> Figure:
    from_rows = [line.row for line in page.lines]
    chart = Chart(
        key=f"matt-{series.about.replace('.', '-')}",
        name=str(series.indicator["name"] or series.indicator["slug"]),
        unit=str(series.indicator["unit"] or ""),
        settings=series.settings,
        judgement=series.judgement,
        source=str(series.indicator["source"] or ""),
        cut_off=visit.today,
        place=page.unit_names.get(series.unit_id or 0, ""),
        interventions=interventions_of(from_rows),
    )
    return build_figure(chart, ChartWords(visit.texts))


def _stored_figure(visit: Visit, page: ReviewPage, row: Row, indicator: Row, titles: Mapping[str, str]) -> Figure:
    seen = revive(row["snapshot"], titles)
    chart = Chart(
        key=f"matt-{row['indicator'].replace('.', '-')}-{row['unit_id'] or 0}",
        name=str(indicator["name"] or indicator["slug"]),
        unit=str(indicator["unit"] or ""),
        settings=seen.settings,
        judgement=seen.judgement,
        source=str(indicator["source"] or ""),
        cut_off=seen.taken_on,
        place=page.unit_names.get(row["unit_id"] or 0, ""),
        interventions=seen.interventions,
    )
    return build_figure(chart, ChartWords(visit.texts))


def _is_shown(visit: Visit, page: ReviewPage, row: Row, indicator: Row) -> bool:
    """Say whether the reader may see all that a stored curve shows; none of it is left out, so it is all or nothing."""
    sees = eyes_of(visit, page.head.introduction_id)
    judged = row["snapshot"]["judgement"]["points"]
    return all(sees(indicator, one["point"]) for one in judged if one["point"]["value"] is not None)
