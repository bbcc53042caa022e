"""Says what a chart shows in one language: periods, values, marks, and what a point is when it is read by itself."""

from dataclasses import dataclass
from datetime import date

from pathways.charts.chart import Chart
from pathways.charts.scale import year_of
from pathways.locale import Texts
from pathways.locale.forms import NO_BREAK, decimal, month, short_day, short_month
from pathways.measurement.calendar import Every, step
from pathways.measurement.judgement import Centre, JudgedPoint, Telling
from pathways.measurement.marks import Mark, Side
from pathways.measurement.saying import say
from pathways.measurement.series import Intervention, PointState, RuleSet

_LARGE, _MIDDLE = 100, 10


@dataclass(frozen=True, slots=True)
class ChartWords:
    """The words of charts in one language."""

    texts: Texts

    @property
    def language(self) -> str:
        """Return the language."""
        return self.texts.language

    def say(self, name: str, /, **values: object) -> str:
        """Return one of the charts' own texts."""
        return self.texts.say(f"web.chart.{name}", **values)

    def day(self, day: date) -> str:
        """Return "3 dec. 2026"."""
        return short_day(day, self.language)

    def number(self, value: float, decimals: int | None = None) -> str:
        """Return a number; without a number of decimals as many as its size calls for, at most two."""
        if decimals is None:
            size = abs(value)
            decimals = 0 if size >= _LARGE else 1 if size >= _MIDDLE else 2
            return decimal(value, self.language, decimals=decimals)
        return decimal(value, self.language, decimals=decimals, fixed=True)

    def value(self, value: float, chart: Chart) -> str:
        """Return a value with its unit: "64 %", "12,5 dagar"."""
        return f"{self.number(value)}{NO_BREAK}{chart.unit}" if chart.unit else self.number(value)

    def brief(self, value: float, chart: Chart) -> str:
        """Return a value as it stands in a drawing, where only a percent sign is short enough."""
        return self.value(value, chart) if chart.unit == "%" else self.number(value)

    def period(self, period: date, every: Every) -> str:
        """Return a period by its full name: "vecka 31 2026", "mars 2026"."""
        match every:
            case Every.WEEK | Every.FORTNIGHT:
                return self.say(f"period.{every}", **self._week_values(period, every))
            case Every.MONTH:
                return month(period, self.language)
            case Every.QUARTER:
                return self.say("period.quarter", number=_quarter(period), year=period.year)
            case Every.YEAR:
                return str(period.year)

    def tick(self, period: date, every: Every) -> str:
        """Return a period as it stands below a drawing, without its year."""
        match every:
            case Every.WEEK | Every.FORTNIGHT:
                return self.say("tick.week", number=period.isocalendar().week)
            case Every.MONTH:
                return short_month(period, self.language)
            case Every.QUARTER:
                return self.say("tick.quarter", number=_quarter(period))
            case Every.YEAR:
                return str(period.year)

    def mark(self, mark: Mark) -> str:
        """Return what a marked point is called."""
        return self.say(f"mark.{mark}")

    def side(self, side: Side, *, mean: bool) -> str:
        """Return where a point lies: "över medianen"."""
        return self.say(f"side_mean.{side}" if mean else f"side.{side}")

    def direction(self, chart: Chart) -> str:
        """Return which way is better, as a sentence's end."""
        return self.say(f"direction.{chart.settings.direction}")

    def point(self, judged: JudgedPoint, chart: Chart) -> str:
        """Return what one point is, read by itself: "vecka 31 2026: 64 %, över medianen, förbättring"."""
        period = self.period(judged.point.period, chart.settings.every)
        return f"{period}: {', '.join(self._facts(judged, chart))}"

    def notes(self, judged: JudgedPoint, chart: Chart) -> str:
        """Return what else is to be known of a point: preliminary, corrected, missing, activities that started."""
        told = [] if judged.point.value is not None else [self.say("missing")]
        told += [self.say(f"state.{judged.point.state}")] if _is_to_be_told(judged) else []
        told += [self.say(f"rule.{judged.rule}")] if judged.rule else []
        told += [self.intervention(one) for one in _in_period(judged, chart)]
        return "; ".join(told)

    def intervention(self, one: Intervention) -> str:
        """Return an activity's start or stop in words: "1: start 3 mars 2026, ny remissmall"."""
        kind = "intervention.stop" if one.stops else "intervention.start"
        return self.say(kind, number=one.number, day=self.day(one.on), text=one.text)

    def tell(self, telling: Telling, chart: Chart) -> str:
        """Return a sentence of the judgement with its periods, days and numbers in words."""

        def number(value: float) -> str:
            return self.value(value, chart)

        def day(day: date) -> str:
            return self.period(day, chart.settings.every)

        return say(telling, self.texts, number=number, day=day, name=chart.name)

    def title(self, chart: Chart) -> str:
        """Return the chart's title: the one it was given, or what its judgement says."""
        if chart.title:
            return chart.title
        told = self.tell(chart.judgement.headline, chart)
        return f"{chart.name}: {told[:1].lower()}{told[1:]}"

    def rules(self, rules: RuleSet) -> str:
        """Return the rules that were used."""
        return self.say(f"rules.{rules}")

    def _facts(self, judged: JudgedPoint, chart: Chart) -> list[str]:
        point = judged.point
        if point.value is None:
            return [self.say("missing")]
        told = [self.value(point.value, chart)]
        if chart.settings.share and point.denominator is not None:
            told.append(self.say("of_n", number=self.number(point.denominator)))
        if judged.side is not None:
            told.append(self.side(judged.side, mean=is_mean(judged, chart)))
        told += [self.mark(judged.mark)] if judged.mark else []
        told += [self.say(f"rule.{judged.rule}")] if judged.rule else []
        told += [self.say(f"state.{point.state}")] if _is_to_be_told(judged) else []
        return told

    def _week_values(self, period: date, every: Every) -> dict[str, object]:
        last = step(period, Every.WEEK) if every is Every.FORTNIGHT else period
        return {"number": period.isocalendar().week, "last": last.isocalendar().week, "year": year_of(period, every)}


def is_mean(judged: JudgedPoint, chart: Chart) -> bool:
    """Say whether the line that the point is held against is a mean."""
    return 0 <= judged.phase < len(chart.judgement.phases) and (
        chart.judgement.phases[judged.phase].centre_kind is Centre.MEAN
    )


def _is_to_be_told(judged: JudgedPoint) -> bool:
    return judged.point.value is not None and judged.point.state is not PointState.FINAL


def _in_period(judged: JudgedPoint, chart: Chart) -> list[Intervention]:
    start = judged.point.period
    end = step(start, chart.settings.every)
    return [one for one in chart.interventions if start <= one.on < end]


def _quarter(period: date) -> int:
    return (period.month - 1) // 3 + 1
