"""What a drawing holds: title, description, every mark with shape and word, broken lines, labels that keep apart."""

import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathways.charts.alone import draw_alone, draw_plain
from pathways.charts.chart import Chart
from pathways.charts.drawing import clashes
from pathways.charts.figure import build_figure, build_small
from pathways.charts.formats import NARROW, PAPER, SMALL, WIDE, Format
from pathways.charts.layout import lay_out
from pathways.charts.marks import KINDS, kind_of, path_of
from pathways.charts.words import ChartWords
from pathways.measurement.calendar import Every, step
from pathways.measurement.series import Direction, Intervention, Phase, Point, RuleSet, Settings
from tests.pathways.charts.samples import (
    ENGLISH,
    MONTHLY,
    STEPS,
    SWEDISH,
    WEEKLY,
    early,
    empty,
    every_kind,
    improved,
    in_phases,
    limited,
    make_chart,
    per_unit,
    plain,
    shares,
    undirected,
    worsened,
)

FORMATS = (WIDE, NARROW, PAPER, SMALL)
DRAWN = [chart for chart in every_kind() if chart.shown]


def svg_of(chart: Chart, words: ChartWords = SWEDISH) -> ET.Element:
    """The wide drawing of a chart, parsed."""
    return ET.fromstring(build_figure(chart, words).pictures[0])


def classes(svg: ET.Element) -> list[str]:
    return [name for one in svg.iter() for name in one.get("class", "").split()]


@pytest.mark.parametrize("chart", DRAWN, ids=lambda chart: chart.key)
def test_a_drawing_is_an_image_with_a_title_and_a_description(chart: Chart) -> None:
    for picture in build_figure(chart, SWEDISH).pictures:
        svg = ET.fromstring(picture)
        title, desc = svg[0], svg[1]
        assert (svg.get("role"), title.tag, desc.tag) == ("img", "title", "desc")
        assert svg.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
        assert title.text == SWEDISH.title(chart)
        assert desc.text == " ".join(build_figure(chart, SWEDISH).sentences)


@pytest.mark.parametrize("chart", DRAWN, ids=lambda chart: chart.key)
def test_a_drawing_has_neither_style_nor_script(chart: Chart) -> None:
    for picture in build_figure(chart, SWEDISH).pictures:
        tags = {one.tag for one in ET.fromstring(picture).iter()}
        assert tags == {"svg", "title", "desc", "path", "g", "text"}
        assert not re.search(r" (style|on\w+|href)=", picture)


@pytest.mark.parametrize("chart", DRAWN, ids=lambda chart: chart.key)
def test_every_point_has_the_shape_and_the_words_of_its_kind(chart: Chart) -> None:
    marks = [one for one in svg_of(chart).iter("g") if "data-point" in one.attrib]
    points = [(n, one) for n, one in enumerate(chart.shown) if one.point.value is not None]
    assert [one.get("data-point") for one in marks] == [str(n) for n, _ in points]
    for mark, (_, judged) in zip(marks, points, strict=True):
        assert mark.get("class") == f"chart-mark chart-mark--{kind_of(judged)}"
        assert mark[0].text == SWEDISH.point(judged, chart)


def test_no_two_kinds_of_marks_that_differ_in_meaning_have_the_same_outline() -> None:
    outlines = {kind: path_of(kind, 0, 0, 4) for kind in KINDS}
    assert outlines["up"] == outlines["down"]  # above and below tell them apart
    assert outlines["on"] == outlines["preliminary"]  # whole and broken outline tell them apart
    assert len(set(outlines.values())) == len(KINDS) - 2


@pytest.mark.parametrize(
    ("chart", "kind", "word"),
    [
        (improved(), "improvement", "förbättring"),
        (worsened(), "concern", "försämring"),
        (undirected(), "up", "förändring uppåt"),
        (in_phases(), "preliminary", "preliminärt värde"),
        (limited(), "concern", "försämring"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_mark_is_explained_by_its_word_in_the_legend_and_at_the_point(chart: Chart, kind: str, word: str) -> None:
    assert (kind, word) in [(sign.kind, sign.word) for sign in build_figure(chart, SWEDISH).signs]
    assert any(word in SWEDISH.point(one, chart) for one in chart.shown)


def test_the_legend_explains_nothing_that_is_not_there() -> None:
    kinds = [sign.kind for sign in build_figure(improved(), SWEDISH).signs]
    assert kinds == ["neutral", "improvement", "centre", "centre-after", "target"]


def test_the_curve_breaks_at_missing_periods_and_between_phases() -> None:
    curves = [one for one in lay_out(in_phases(), SWEDISH, WIDE).drawing.shapes if one.kind == "curve"]
    assert [len(one.path.split("L")) for one in curves] == [4, 7, 4, 8]


def test_the_centre_line_is_solid_in_the_baseline_and_dashed_after_it() -> None:
    picture = lay_out(improved(), SWEDISH, WIDE)
    lines = {one.kind: one.path for one in picture.drawing.shapes if one.kind.startswith("centre")}
    solid, dashed = lines["centre"], lines["centre chart-centre--after"]
    turn = picture.scale.room.left + 12 * picture.scale.slot
    assert float(solid.split("L")[1].split()[0]) == pytest.approx(turn, abs=0.1)
    assert float(dashed[1:].split()[0]) == pytest.approx(turn, abs=0.1)


def test_a_provisional_centre_line_is_dashed_all_along() -> None:
    chart = next(one for one in every_kind() if one.key == "ar")
    assert "chart-centre--after" in classes(svg_of(chart))
    assert [one for one in lay_out(chart, SWEDISH, WIDE).drawing.shapes if one.kind == "centre"] == []


def test_all_lines_have_a_gap_between_phases() -> None:
    picture = lay_out(in_phases(), SWEDISH, WIDE)
    border = picture.scale.room.left + 12 * picture.scale.slot
    before, after = (one.path for one in picture.drawing.shapes if one.kind == "centre")
    assert float(before.split("L")[1].split()[0]) < border < float(after[1:].split()[0])


def test_every_line_is_labelled_with_its_value() -> None:
    labels = {one.text for one in lay_out(limited(), SWEDISH, WIDE).drawing.texts if "label" in one.kind}
    told = {text.replace("\N{NO-BREAK SPACE}", " ") for text in labels}
    assert told == {"väntat högst 46,9", "medelvärde 33,4", "mål 30", "andra mål 25", "väntat lägst 20"}


def test_the_line_of_a_former_phase_keeps_its_label() -> None:
    texts = lay_out(in_phases(), SWEDISH, WIDE).drawing.texts
    assert [one.text for one in texts if "old" in one.kind] == ["56,7\N{NO-BREAK SPACE}%"]


def test_interventions_are_numbered_and_stops_look_different() -> None:
    drawn = classes(svg_of(improved()))
    assert (drawn.count("chart-flag"), drawn.count("chart-flag-stop"), drawn.count("chart-intervention")) == (2, 1, 3)
    numbers = [one.text for one in lay_out(improved(), SWEDISH, WIDE).drawing.texts if one.kind.endswith("number")]
    assert numbers == ["1", "2", "3"]


def test_a_share_tells_its_n_below_the_points() -> None:
    told = [one.text for one in lay_out(improved(), SWEDISH, WIDE).drawing.texts if one.kind == "n"]
    assert told == ["n", *(str(int(one.point.denominator or 0)) for one in improved().shown)]


def test_a_cut_axis_is_marked_and_said_and_one_from_zero_is_not() -> None:
    assert "chart-cut" in classes(svg_of(improved()))
    assert "Värdeaxeln börjar inte vid noll." in build_figure(improved(), SWEDISH).notes
    low = make_chart(plain([1, 4, 2, 5, 3, 4]), Settings(every=Every.MONTH), key="lag", name="Fall", unit="fall")
    assert "chart-cut" not in classes(svg_of(low))
    assert "Värdeaxeln börjar inte vid noll." not in build_figure(low, SWEDISH).notes


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
@pytest.mark.parametrize("words", [SWEDISH, ENGLISH], ids=["sv", "en"])
@pytest.mark.parametrize("chart", DRAWN, ids=lambda chart: chart.key)
def test_no_words_lie_over_each_other_or_leave_the_picture(chart: Chart, words: ChartWords, form: Format) -> None:
    assert clashes(lay_out(chart, words, form).drawing) == []


EVERY = st.sampled_from(list(Every))
VALUES = st.lists(st.one_of(st.none(), st.integers(0, 100)), min_size=1, max_size=40)


@settings(max_examples=40, deadline=None)
@given(
    every=EVERY,
    values=VALUES,
    rules=st.sampled_from(list(RuleSet)),
    share=st.booleans(),
    targets=st.tuples(st.none() | st.integers(0, 100), st.none() | st.integers(0, 100)),
    phase_at=st.lists(st.integers(1, 39), max_size=2, unique=True),
    days=st.lists(st.integers(0, 900), max_size=6),
    scale=st.sampled_from([0.001, 1, 1000]),
    form=st.sampled_from(FORMATS),
)
def test_words_keep_apart_whatever_is_drawn(
    every: Every,
    values: list[int | None],
    rules: RuleSet,
    share: bool,
    targets: tuple[int | None, int | None],
    phase_at: list[int],
    days: list[int],
    scale: float,
    form: Format,
) -> None:
    factor = 1 if share else scale
    rows = [None if one is None else one * factor for one in values]
    points = shares(rows, every=every) if share else plain(rows, every=every, first=WEEKLY)
    target, second = (None if one is None else one * factor for one in targets)
    chart = make_chart(
        points,
        Settings(
            every=every, direction=Direction.HIGHER, rules=rules, target=target, second_target=second, share=share
        ),
        key="x",
        name="Något",
        unit="%" if share else "dagar",
        phases=[Phase(starts=step(WEEKLY, every, n)) for n in (0, *sorted(phase_at))],
        interventions=[
            Intervention(number=n, on=step(WEEKLY, Every.WEEK, day // 7), text="En rätt lång aktivitet")
            for n, day in enumerate(days, start=1)
        ],
        window=36,
    )
    if chart.shown:
        assert clashes(lay_out(chart, SWEDISH, form).drawing) == []


def test_what_people_typed_stays_text() -> None:
    chart = replace(improved(), name="<script>alert(1)</script> & co", source='"><b>')
    figure = build_figure(chart, SWEDISH)
    assert "<script" not in "".join(figure.pictures)
    assert "<script" not in draw_alone(chart, SWEDISH)
    ET.fromstring(draw_alone(chart, SWEDISH))


@pytest.mark.parametrize("key", ["", "1x", "Å", "a b", 'a"b'])
def test_a_key_that_could_not_stand_in_an_id_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        replace(improved(), key=key)


@pytest.mark.parametrize("chart", every_kind(), ids=lambda chart: chart.key)
def test_a_drawing_alone_brings_its_style_title_and_every_word(chart: Chart) -> None:
    for svg in (draw_alone(chart, SWEDISH), draw_plain(chart, SWEDISH)):
        root = ET.fromstring(svg)
        names = [one.tag.split("}")[1] for one in root[:3]]
        assert names == ["title", "desc", "style"]
        styled = set(re.findall(r"\.(chart-[a-z-]+)", root[2].text or ""))
        used = {one for one in classes(root) if one.startswith("chart-")}
        plain_text = {"chart-sign", "chart-label", "chart-mark", "chart--alone"}
        assert used <= styled | plain_text


def test_only_the_latest_periods_are_in_view_and_the_older_are_told() -> None:
    chart = replace(improved(), window=12)
    assert len(chart.shown) == 12
    assert any("14 äldre värden" in note for note in build_figure(chart, SWEDISH).notes)
    assert len(replace(improved(), window=3).shown) == 12


def test_without_points_there_is_no_picture_and_no_table() -> None:
    figure = build_figure(empty(), SWEDISH)
    assert figure.is_empty
    assert figure.table is None
    assert len(figure.sentences) == 4


def test_small_figures_share_one_scale_and_one_width_of_curve() -> None:
    charts = per_unit(8)
    same = [ET.fromstring(figure.pictures[0]) for figure in build_small(charts, SWEDISH)]
    free = [ET.fromstring(figure.pictures[0]) for figure in build_small(charts, SWEDISH, free=True)]

    def values(svg: ET.Element) -> list[str | None]:
        return [one.text for one in svg.iter("text") if one.get("class") == "chart-value"]

    def rights(svg: ET.Element) -> set[str]:
        return {one.get("d", "").split("L")[1] for one in svg.iter("path") if one.get("class") == "chart-grid"}

    assert len({tuple(values(svg)) for svg in same}) == 1
    assert len({tuple(sorted(rights(svg))) for svg in same}) == 1
    assert len({tuple(values(svg)) for svg in free}) > 1


def test_early_points_have_neither_centre_line_nor_marks() -> None:
    drawn = classes(svg_of(early()))
    assert "chart-centre" not in drawn
    assert {one for one in drawn if one.startswith("chart-mark--")} == {"chart-mark--neutral"}


def test_an_intervention_outside_the_view_is_neither_drawn_nor_listed() -> None:
    late = Intervention(number=9, on=step(MONTHLY, Every.YEAR, 9), text="Senare")
    figure = build_figure(replace(improved(), interventions=(*STEPS, late)), SWEDISH)
    assert len(figure.interventions) == len(STEPS)


def test_points_all_alike_are_drawn() -> None:
    points = [Point(period=step(MONTHLY, Every.MONTH, n), value=7.0) for n in range(14)]
    chart = make_chart(points, Settings(every=Every.MONTH), key="lika", name="Lika", unit="st")
    assert clashes(lay_out(chart, SWEDISH, WIDE).drawing) == []
