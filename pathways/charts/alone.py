"""A chart as a picture of its own, for a file, a document or a slide: title above, legend and small print below."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from pathways.charts import svg
from pathways.charts.chart import Chart
from pathways.charts.drawing import Drawing, Words
from pathways.charts.figure import about, notes, tell, when
from pathways.charts.formats import PAPER, WIDE, Format
from pathways.charts.layout import lay_out
from pathways.charts.legend import SIGN_HEIGHT, SIGN_WIDTH, Sign, list_signs
from pathways.charts.letters import width_of, wrap
from pathways.charts.levels import list_levels
from pathways.charts.paper import STYLE
from pathways.charts.words import ChartWords

MARGIN = 16.0
_SIZE, _TITLE = 13.0, 17.0
_LINE = 1.45  # of the text's size: from one line to the next
_BETWEEN = 18.0  # from one sign of the legend to the next


@dataclass(slots=True)
class _Sheet:
    """What has been set so far, from the top down; `drawn` holds what is no text."""

    form: Format
    margin: float = MARGIN
    y: float = 0.0
    texts: list[Words] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)

    @property
    def width(self) -> float:
        """Return the width with its margins."""
        return self.form.width + 2 * self.margin

    def write(self, kind: str, text: str, *, size: float = _SIZE, bold: bool = False) -> None:
        """Set a text in as many lines as it needs."""
        for line in wrap(text, size, self.form.width):
            self.y += size * _LINE
            place = round(self.y - size * 0.35, 1)
            self.texts.append(Words(kind=kind, x=self.margin, y=place, text=line, size=size, bold=bold))

    def draw(self, drawing: Drawing) -> None:
        """Set a drawing over the whole width."""
        self.drawn.append(f'<g transform="translate({self.margin:g} {self.y:g})">{svg.body(drawing)}</g>')
        self.y = round(self.y + drawing.height, 1)

    def explain(self, signs: Iterable[Sign]) -> None:
        """Set the legend, in as many rows as it needs."""
        x, height = self.margin, _SIZE * _LINE
        self.y += height
        for sign in signs:
            width = SIGN_WIDTH + 6 + width_of(sign.word, _SIZE)
            if x > self.margin and x + width > self.width - self.margin:
                x, self.y = self.margin, self.y + height
            self.drawn.append(sign.drawn(round(x, 1), round(self.y - _SIZE * 0.35 - SIGN_HEIGHT / 2 - 4.5, 1)))
            place = round(self.y - _SIZE * 0.35, 1)
            self.texts.append(Words(kind="sign", x=round(x + SIGN_WIDTH + 6, 1), y=place, text=sign.word, size=_SIZE))
            x += width + _BETWEEN

    def skip(self, height: float) -> None:
        """Leave some room."""
        self.y += height


def draw_alone(chart: Chart, words: ChartWords) -> str:
    """Return the chart as an SVG file with its own style sheet; without points it says that there are none."""
    sheet = _Sheet(WIDE, y=MARGIN)
    sheet.write("title", words.title(chart), size=_TITLE, bold=True)
    sheet.write("about", about(chart, words))
    sheet.write("about", when(chart, words))
    sheet.skip(8)
    _set_picture(sheet, chart, words)
    _set_lines(sheet, "note", [words.intervention(one) for one in chart.shown_interventions])
    _set_lines(sheet, "note", [" ".join(notes(chart, words))])
    return _finish(sheet, chart, words)


def draw_plain(chart: Chart, words: ChartWords) -> str:
    """Return the drawing with its legend, for a document that sets title, sentences and notes itself."""
    sheet = _Sheet(PAPER, margin=0.0)
    _set_picture(sheet, chart, words)
    return _finish(sheet, chart, words)


def _finish(sheet: _Sheet, chart: Chart, words: ChartWords) -> str:
    frame = Drawing(sheet.width, round(sheet.y + sheet.margin, 1), texts=sheet.texts)
    told = " ".join(tell(chart, words))
    return svg.alone(frame, title=words.title(chart), told=told, style=STYLE, drawn="".join(sheet.drawn))


def _set_picture(sheet: _Sheet, chart: Chart, words: ChartWords) -> None:
    if not chart.shown:
        sheet.write("note", words.say("empty"))
        return
    sheet.draw(lay_out(chart, words, sheet.form).drawing)
    sheet.explain(list_signs(chart, list_levels(chart, words), words))


def _set_lines(sheet: _Sheet, kind: str, lines: Sequence[str]) -> None:
    if lines:
        sheet.skip(8)
    for line in lines:
        sheet.write(kind, line)
