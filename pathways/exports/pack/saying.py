"""The words of a pack in one language: days, sums, who has the ball, changes, risks, and what has changed since."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from pathways.locale import Texts
from pathways.locale.forms import decimal, short_day
from pathways.queries.pack.content import Asked, Change, Holder, Measure, Risk
from pathways.queries.pack.since import Since
from pathways.queries.views import Title
from pathways.wording import Wording

NONE = "–"
_ENDORSED = "endorsed_"
_DECIDED = ("decided_", _ENDORSED)
_AS_IT_IS = ("n", "body", "register_no", "loop")


@dataclass(frozen=True, slots=True)
class Saying:
    """Puts the ids and figures of a pack into words."""

    words: Wording
    zone: ZoneInfo

    @property
    def texts(self) -> Texts:
        """Return the texts of the language."""
        return self.words.texts

    @property
    def language(self) -> str:
        """Return the language."""
        return self.texts.language

    def say(self, name: str, /, **values: object) -> str:
        """Return one of the pack's own texts."""
        return self.texts.say(f"web.pack.{name}", **values)

    def day(self, day: date | None) -> str:
        """Return "3 dec. 2026", or a dash where there is none."""
        return short_day(day, self.language) if day else NONE

    def moment(self, at: datetime) -> str:
        """Return the region's wall clock at an instant."""
        local = at.astimezone(self.zone)
        return self.texts.say("web.frame.moment", day=self.day(local.date()), clock=self.clock(f"{local:%H:%M}"))

    def clock(self, at: str) -> str:
        """Return a time of day ("13:05") as it is written: with a full stop in Swedish."""
        return at if self.language == "en" else at.replace(":", ".")

    def days(self, n: int) -> str:
        """Return "14 dagar"."""
        return self.say("days", n=n)

    def money(self, amount: int | None) -> str:
        """Return an amount with its currency, or a dash where nobody knows it."""
        if amount is None:
            return NONE
        return self.say("money", amount=decimal(amount, self.language, decimals=0))

    def pathway(self, name: str, number: int) -> str:
        """Return the name of an introduction, with its number where it is not the first of its pathway."""
        return name if number == 1 else self.say("again", pathway=name, number=number)

    def stands(self, phase: str, place: str) -> str:
        """Return where an introduction stands: "Gapanalys: enheterna svarar"."""
        return _upper(self.words.position(phase, place))

    def role(self, role: str) -> str:
        """Return a role as a sentence begins with it."""
        return _upper(self.texts.word("role", role))

    def holders(self, holders: Iterable[Holder]) -> str:
        """Return everybody who has the ball."""
        told = (
            f"{one.person} ({self.texts.word('role', one.role)})" if one.person else self.texts.word("role", one.role)
            for one in holders
        )
        return _upper(", ".join(told)) or NONE

    def title(self, title: Title) -> str:
        """Return a title that may be given in both languages."""
        return self.words.of_title(title)

    def due(self, what: str, on: date | None) -> str:
        """Return a day and what is to be done by it."""
        return f"{self.day(on)}, {self.words.due(what)}" if on and what else self.day(on)

    def change(self, one: Change) -> str:
        """Return what happened."""
        if one.kind.startswith(_DECIDED):
            numbers = ", ".join(filter(None, (one.paragraph_no, one.register_no)))
            what = self.outcome(one.outcome, one.kind)
            return self.texts.word("web.pack.change", one.kind, body=one.body, outcome=what, numbers=numbers)
        return self.texts.word("web.pack.change", one.kind, phase=self.texts.word("phase", one.phase))

    def outcome(self, outcome: str, kind: str = "decided_plan") -> str:
        """Return how a body decided, or what it said before another one decides."""
        if kind.startswith(_ENDORSED):
            return self.texts.word("web.decide.handling.said", outcome).lower()
        return self.texts.word("choice", outcome) if kind == "decided_plan" else self.say("change.recorded")

    def risk(self, one: Risk) -> str:
        """Return why something is late or at risk."""
        if one.kind == "over_usual":
            return self.say("over_usual", n=one.n, usual=self.days(one.usual or 0))
        return self.texts.word("web.pack.risk", one.kind, n=one.n)

    def option(self, option: str) -> str:
        """Return one of the ways in which the body may decide."""
        return self.texts.word("web.pack.option", option)

    def costs(self, asked: Asked) -> str:
        """Return what a plan costs, and of how many measures that is not known."""
        funded = [one for one in asked.measures if one.standpoint != "declined"]
        unknown = sum(one.cost_once is None and one.cost_yearly is None for one in funded)
        if funded and unknown == len(funded):
            return self.say("costs_unknown", n=unknown)
        told = self.say("costs", once=self.money(asked.cost_once), yearly=self.money(asked.cost_yearly))
        return f"{told} {self.say('costs_unknown', n=unknown)}" if unknown else told

    def standpoint(self, one: Measure) -> str:
        """Return the place of a measure in the order, or that there is no room for it."""
        if one.standpoint == "declined":
            return self.say("declined")
        return str(one.rank) if one.rank is not None else NONE

    def verdicts(self, verdicts: Mapping[str, int]) -> str:
        """Return how many activities a loop decided what on."""
        return ", ".join(
            f"{n} {self.texts.word('web.review.verdict', verdict).lower()}" for verdict, n in sorted(verdicts.items())
        )

    def since(self, one: Since) -> str:
        """Return what has changed, as a sentence."""
        return self.texts.word("web.pack.since", one.kind, **self._since_values(one))

    def _since_values(self, one: Since) -> dict[str, object]:
        values, word = one.values, self.texts.word
        tell: Mapping[str, tuple[str, Callable[[], str]]] = {
            "place": ("stands", lambda: self.stands(str(values["phase"]), str(values["place"]))),
            "roles": ("roles", lambda: self.words.roles(filter(None, str(values["roles"]).split(", "))) or NONE),
            "day": ("day", lambda: self._day_of(values["day"])),
            "outcome": ("outcome", lambda: self.texts.words("choice", str(values["outcome"]))),
            "decision": ("decision", lambda: self.texts.words("choice", str(values["decision"]))),
            "change": ("change", lambda: self._new_change(one)),
            "risk": ("risk", lambda: word("web.pack.risk", values["risk"], n=values["n"])),
            "option": ("option", lambda: self._option_or_none(str(values["option"]))),
            "matter": ("matter", lambda: word("web.pack.matter", values["matter"])),
        }
        told = {name: values[name] for name in _AS_IT_IS if name in values}
        return told | {name: say() for key, (name, say) in tell.items() if key in values}

    def _option_or_none(self, option: str) -> str:
        return self.option(option) if option else NONE

    def _day_of(self, day: object) -> str:
        return self.day(day if isinstance(day, date) else None)

    def _new_change(self, one: Since) -> str:
        kind, values = str(one.values["change"]), one.values
        if kind.startswith(_DECIDED):
            what = self.outcome(str(values["outcome"]), kind)
            return self.texts.word("web.pack.change", kind, body=values["body"], outcome=what, numbers="").rstrip(
                " ()."
            )
        return self.texts.word("web.pack.change", kind, phase=self.texts.word("phase", values["phase"]))


def _upper(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"
