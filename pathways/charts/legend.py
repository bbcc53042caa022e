"""Explains what stands in a drawing: every kind of mark and line that occurs, each with its sign and its word."""

from dataclasses import dataclass

from markupsafe import Markup

from pathways.charts.chart import Chart
from pathways.charts.levels import Level
from pathways.charts.marks import KINDS, kinds_in, path_of
from pathways.charts.words import ChartWords
from pathways.measurement.judgement import Centre

SIGN_WIDTH, SIGN_HEIGHT = 26.0, 16.0
_RADIUS = 4.2


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of the legend."""

    kind: str  # of a mark, or of a line
    word: str

    @property
    def is_mark(self) -> bool:
        """Say whether it is a point's mark rather than a line."""
        return self.kind in KINDS

    @property
    def svg(self) -> Markup:
        """Return the sign alone; its word stands beside it."""
        return Markup(  # noqa: S704 - no text in it
            f'<svg class="chart chart--sign" viewBox="0 0 {SIGN_WIDTH:g} {SIGN_HEIGHT:g}" width="{SIGN_WIDTH:g}"'
            f' height="{SIGN_HEIGHT:g}" aria-hidden="true" focusable="false">{self.drawn(0, 0)}</svg>'
        )

    def drawn(self, left: float, top: float) -> str:
        """Return what the sign is made of, with its upper left corner there."""
        x, y = left + SIGN_WIDTH / 2, top + SIGN_HEIGHT / 2
        if self.is_mark:
            outline = path_of(self.kind, x, y, _RADIUS)  # type: ignore[arg-type]  # is_mark has looked
            return f'<g class="chart-mark chart-mark--{self.kind}"><path d="{outline}"/></g>'
        return f'<path class="{_line_class(self.kind)}" d="M{left + 1:g} {y:g}H{left + SIGN_WIDTH - 1:g}"/>'


def list_signs(chart: Chart, levels: tuple[Level, ...], words: ChartWords) -> tuple[Sign, ...]:
    """Return the signs that the chart needs."""
    has_mean = any(phase.centre_kind is Centre.MEAN for phase in chart.judgement.phases)
    marks = [Sign(kind, _word(kind, words, has_mean=has_mean)) for kind in kinds_in(chart.shown)]
    return (*marks, *_lines(levels, words, has_mean=has_mean))


def _word(kind: str, words: ChartWords, *, has_mean: bool) -> str:
    return words.say("sign.on_mean") if kind == "on" and has_mean else words.say(f"sign.{kind}")


def _lines(levels: tuple[Level, ...], words: ChartWords, *, has_mean: bool) -> list[Sign]:
    centre = words.say("sign.mean" if has_mean else "sign.median")
    found = []
    centres = [one for one in levels if one.kind == "centre"]
    if any(one.solid_until >= one.first for one in centres):
        found.append(Sign("centre", words.say("sign.baseline", line=centre)))
    if any(one.solid_until < one.last for one in centres):
        found.append(Sign("centre-after", words.say("sign.after", line=centre)))
    if any(one.kind == "upper" for one in levels):
        found.append(Sign("limit", words.say("sign.limit")))
    if any(one.kind == "target" for one in levels):
        found.append(Sign("target", words.say("sign.target")))
    return found


def _line_class(kind: str) -> str:
    return "chart-centre chart-centre--after" if kind == "centre-after" else f"chart-{kind}"
