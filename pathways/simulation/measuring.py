"""How the invented region measures: indicators are defined early, values entered monthly, baselines frozen."""

from dataclasses import dataclass, field

from pathways.measurement.calendar import begin, step
from pathways.queries.series import Series, load_measures
from pathways.simulation.acts import Acts
from pathways.simulation.dice import Dice
from pathways.simulation.planted import Plant, plants_of
from pathways.simulation.texts import REASONS, said
from pathways.simulation.world import ANALYST

NOT_YET = frozenset({"preparation"})
BACK = 8
"""So many periods from before the definition can still be fetched from the records."""
ENOUGH = 10


@dataclass(slots=True)
class Measuring:
    """The analyst's day of every month. `dice` decide what is planted in the series."""

    acts: Acts
    dice: Dice
    month: tuple[int, int] = (0, 0)
    defined: set[str] = field(default_factory=set)

    def run(self) -> None:
        """On the first working day of a month, measure in every introduction that is under way."""
        today = self.acts.today
        if self.month == (today.year, today.month):
            return
        self.month = (today.year, today.month)
        for slug, case in self.acts.sight.cases().items():
            if case["standing"] == "active" and case["place"] not in NOT_YET:
                self._measure(slug)

    def _measure(self, slug: str) -> None:
        plants = plants_of(self.dice, slug)
        if slug not in self.defined:
            self.defined.add(slug)
            for plant in plants:
                self._define(slug, plant)
        for plant, series in zip(plants, self._series(slug, plants), strict=True):
            self._enter(slug, plant, series)
        for series in self._series(slug, plants):
            self._freeze(slug, series)

    def _define(self, slug: str, plant: Plant) -> None:
        data = {
            "name": said(plant.name),
            "kind": plant.kind,
            "direction": "higher",
            "every": plant.every,
            "share": True,
            "owner": ANALYST,
        }
        self.acts.hand.give(slug, "define_indicator", ANALYST, data=data)

    def _series(self, slug: str, plants: tuple[Plant, ...]) -> list[Series]:
        app = self.acts.hand.app
        with app.read() as work:
            measures = load_measures(work, region_id=app.region_id(), slug=slug, now=work.now)
        named = {one.name: one for one in measures.indicators}
        return [measures.series(named[said(plant.name)]) for plant in plants]

    def _enter(self, slug: str, plant: Plant, series: Series) -> None:
        """Enter every period that is over and has no value yet."""
        last = step(begin(self.acts.today, plant.every), plant.every, -1)
        period = step(max(series.rows), plant.every) if series.rows else step(last, plant.every, 1 - BACK)
        values: list[dict[str, object]] = []
        while period <= last:
            numerator = plant.numerator(self.dice, slug, period, live_on=series.live_on)
            values.append({"period": period.isoformat(), "numerator": numerator, "denominator": plant.each})
            period = step(period, plant.every)
        if values:
            data = {"indicator": series.indicator.slug, "values": values, "source": "paste"}
            self.acts.hand.give(slug, "record_values", ANALYST, data=data)

    def _freeze(self, slug: str, series: Series) -> None:
        """Freeze the lines at what was before the first activity went live, where that is enough."""
        if series.live_on is None or series.phases:
            return
        before = [period for period in series.rows if step(period, series.settings.every) <= series.live_on]
        if len(before) >= ENOUGH:
            data = {"indicator": series.indicator.slug, "through": max(before).isoformat()}
            self.acts.hand.give(slug, "freeze_baseline", ANALYST, data=data, reason=said(REASONS["baseline"]))
