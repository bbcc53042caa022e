"""Every door of the web: who gets in, and what those are answered. Written by hand, not read from the policy table.

Whoever is not named is sent to the login, or, logged in, is told that there is no such page. A door of `ours` is about
something of the first region: nobody of another region gets in, whatever their role there.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypedDict, Unpack

from tests.pathways.services.test_policy import MATRIX
from tests.pathways.web.everywhere.people import (
    ADMINISTERS,
    DECIDES,
    EVERYBODY,
    LEADS,
    LOGGED_IN,
    NOT_LOGGED_IN,
    OF_ANOTHER_REGION,
    RANKS,
    STAFF,
    STEERS,
    TWINS,
    Kinds,
)
from tests.pathways.web.everywhere.scene import (
    ANEW,
    COMMENTED,
    LOOPING,
    OWN_CLOSING_DAY,
    OWN_MEETING,
    RANKED,
    UNTOUCHED,
)
from tests.pathways.web.gap.scene import FEET, WOUNDS

SHOWN, GONE_ON, NO_PAGE, CONFLICT, UNREADABLE = (200,), (303,), (404,), (409,), (422,)
UNDERSTOOD = SHOWN + CONFLICT + UNREADABLE
"""What a command's page answers to an empty form: what would happen, why not now, or what is missing."""

ANALYSES = LEADS | {"member", "analyst"}
WRITES = ANALYSES
"""Who writes in a review: the working group with those who lead and measure."""
COMMENTS = LEADS | {"unit"}
MEASURES = frozenset({"coordinator", "resource", "analyst"})
SEES_GAPS = STAFF - {"reader"}
SEES_TASK = SEES_GAPS | {"given"}
ADMIN = frozenset({"admin"})
GIVEN = frozenset({"given"})
KIND_OF_ROLE = {
    "lag_chair": "chair",
    "development_resource": "resource",
    "management_group_member": "manager",
}
OWNERS = frozenset({"unit", "other_unit", "analyst"})
"""Who of the cast with a role has been given a task in the introduction that commands are given to."""

HAS_OWN_PAGE = frozenset(
    {
        *("answer_gap", "rank", "score_activities", "open_comment_round", "comment_plan", "remind_plan_comment"),
        *("answer_plan_comment", "close_comment_round", "attach_file", "plan_activity", "update_activity"),
        "make_decision_basis",
        *("define_indicator", "change_indicator", "retire_indicator", "record_values"),
        *("freeze_baseline", "reset_phase", "take_back_phase"),
        *("open_hold_check", "answer_hold_check", "close_hold_check", "set_readiness"),
        *("assess_complexity", "write_evaluation", "record_lesson", "withdraw_lesson", "say_thanks"),
        *("predict", "sign_review", "add_review_note", "skip_loop"),
        *("endorse", "take_back_decision"),
    }
)
"""The commands that are given on a page of their own; their address leads there."""

OWNERS_OF: Mapping[str, Kinds] = {"reopen_task": OWNERS - {"analyst"}, "remove_attachment": frozenset()}
"""Who of them has something that a command is about, where not all have: settled tasks, things they attached."""


class More(TypedDict, total=False):
    """What else a door may say of itself."""

    others: tuple[int, ...]
    query: str
    form: Mapping[str, str]
    has_file: bool
    at: Mapping[str, str]
    keeps: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One way to knock at one route: `who` gets in is answered `says`; `others` where they are not simply kept out.

    `form` is what is posted. `at` fills the route's template where it is not what such routes usually have. `keeps`
    names the only table that reading may write into: a file of what is frozen is made at the first request, and kept.
    """

    method: str
    route: str
    who: Kinds
    says: tuple[int, ...]
    others: tuple[int, ...] = ()
    query: str = ""
    form: Mapping[str, str] = field(default_factory=dict)
    has_file: bool = False
    at: Mapping[str, str] = field(default_factory=dict)
    keeps: str = ""

    @property
    def name(self) -> str:
        """Return the door as a failed test tells it."""
        return " ".join((self.method, self.route, *filter(None, (self.query, *self.at.values()))))

    def address(self, names: Mapping[str, str]) -> str:
        """Return the address with real names in it."""
        values = {**_names_at(self.route, names), **self.at}
        path = self.route.replace("{key:path}", "uppgift/{slug}/{ref}").format_map(values)
        return path + (f"?{self.query}" if self.query else "")


def list_doors() -> list[Door]:
    """Return every door."""
    first = (_open, _own, _lists, _introduction, _reviews, _commands, _tasks)
    then = (
        _gaps,
        _joint,
        _plans,
        _rankings,
        _measuring,
        _holding,
        _readiness,
        _celebrating,
        _meetings,
        _packs,
        _minutes,
        _national,
        _registers,
        _rooms,
        _documents,
    )
    return [door for part in (*first, *then) for door in part()]


def _names_at(route: str, names: Mapping[str, str]) -> dict[str, str]:
    """Return what stands in the place of a route's parts: where each kind of page has something to show."""
    usual = {**names, "slug": LOOPING, "ref": names["task"], "unit": "vc-falun", "number": "1", "kind": "csv"}
    usual |= {"document": _document_at(route, names), "way": "klar"}
    own = next((own for begun, own in _OWN_NAMES if route.startswith(begun)), None)
    return {**usual, **own(route, names)} if own else usual


def _of_plan(route: str, names: Mapping[str, str]) -> dict[str, str]:
    return {"slug": COMMENTED, "ref": names["view" if "/svar/" in route else "activity"]}


def _of_meeting(_route: str, names: Mapping[str, str]) -> dict[str, str]:
    return {"body": "hsn", "day": OWN_MEETING.isoformat(), "item": names["agenda_item"], "kind": "pdf"}


def _of_room(route: str, names: Mapping[str, str]) -> dict[str, str]:
    day = OWN_MEETING if route.startswith("/admin/organ") else OWN_CLOSING_DAY
    slug = "vc-egen" if route.startswith("/admin/enheter") else "lasare"
    own = {"hook": names["webhook"], "message": names["dead"], "person": "mottagare"}
    return {**own, "slug": slug, "body": "hsn", "day": day.isoformat(), "act": "stoppa"}


_OWN_NAMES: tuple[tuple[str, Callable[[str, Mapping[str, str]], dict[str, str]]], ...] = (
    ("/nationellt", lambda _route, _names: {"pathway": UNTOUCHED}),
    ("/katalog", lambda _route, _names: {"slug": UNTOUCHED}),
    ("/moten", _of_meeting),
    ("/gapanalyser", lambda _route, _names: {"slug": FEET}),
    ("/forlopp/{slug}/gapanalys", lambda _route, names: {"slug": WOUNDS, "ref": names["gap_task"]}),
    ("/forlopp/{slug}/plan", _of_plan),
    ("/forlopp/{slug}/rangordning", lambda _route, _names: {"slug": RANKED}),
    ("/forlopp/{slug}/underlag", lambda _route, _names: {"slug": RANKED}),
    ("/forlopp/{slug}/lardomar", lambda _route, names: {"ref": names["lesson"]}),
    ("/forlopp/{slug}/angra", lambda _route, names: {"number": names["event"]}),
    ("/admin", _of_room),
    ("/u/", lambda _route, names: {"token": names["link"]}),
    ("/logga-in/", lambda _route, _names: {"token": "ingens-lank", "slug": "sam"}),
)
"""Where a page is about something else than what `_names_at` names: the beginning of its address, and its own names."""


def _document_at(route: str, names: Mapping[str, str]) -> str:
    """Return a working paper where it is changed, else the fixed document."""
    return names["working" if route.endswith(("/skriv", "/faststall")) else "document"]


def _door(method: str, route: str, who: Kinds, says: tuple[int, ...] | None, more: More) -> Door:
    usual = SHOWN if method == "GET" else UNREADABLE
    return Door(method=method, route=route, who=who, says=says or usual, **more)


def ours(method: str, route: str, who: Kinds, says: tuple[int, ...] | None = None, **more: Unpack[More]) -> Door:
    """Return a door to something of the first region."""
    return _door(method, route, who, says, more)


def each(method: str, route: str, who: Kinds, says: tuple[int, ...] | None = None, **more: Unpack[More]) -> Door:
    """Return a door that leads everybody into their own region."""
    twins = {twin for kind, twin in TWINS.items() if kind in who}
    return _door(method, route, who | twins, says, more)


def _open() -> Iterator[Door]:
    """The doors that need no login."""
    for route in ("/hjalp", "/tillganglighet", "/om", "/metrics", "/logga-in/skickat", "/u/{token}"):
        yield ours("GET", route, EVERYBODY)
    yield ours("GET", "/health", EVERYBODY, (503,))  # no sweep has finished yet
    yield ours("GET", "/ready", EVERYBODY, (503,))  # the tables were made without migrations
    yield ours("GET", "/logga-in", NOT_LOGGED_IN, others=GONE_ON)
    yield ours("POST", "/logga-in", EVERYBODY)
    for method in ("GET", "POST"):
        yield ours(method, "/logga-in/{token}", EVERYBODY, (410,))  # a link that nobody made
    yield ours("POST", "/logga-ut", EVERYBODY, GONE_ON)
    yield ours("POST", "/sprak", EVERYBODY, GONE_ON, form={"language": "en"})
    for way in ("klar", "mer-tid", "inte-min"):
        yield ours("POST", "/u/{token}/{way}", EVERYBODY, at={"way": way})
    yield ours("POST", "/u/{token}/{way}", EVERYBODY, NO_PAGE, at={"way": "lamna-over"})
    yield ours("POST", "/u/{token}/ny", EVERYBODY, SHOWN)
    # The region of the test has no login service and is no demo: to nobody are there such pages.
    yield ours("GET", "/logga-in/oidc", EVERYBODY, NO_PAGE)
    yield ours("GET", "/logga-in/oidc/svar", EVERYBODY, NO_PAGE)
    yield ours("POST", "/logga-in/demo/{slug}", EVERYBODY, NO_PAGE)


def _own() -> Iterator[Door]:
    """Everybody's own pages, whatever their roles."""
    everyone = LOGGED_IN | OF_ANOTHER_REGION
    for route in ("/", "/inkorg", "/min-profil", "/inte-skickat"):
        yield ours("GET", route, everyone)
    yield ours("GET", "/uppgifter", everyone, UNREADABLE, query="gor=klar")
    yield ours("POST", "/uppgifter/{way}", everyone)
    yield ours("POST", "/inkorg/lasta", everyone, GONE_ON)
    yield ours("POST", "/inkorg/{item}/last", everyone, GONE_ON)  # somebody else's message stays as it is
    yield ours("POST", "/min-profil", everyone)
    yield ours("GET", "/kalender", everyone)
    yield ours("POST", "/kalender/{scope}/skapa", everyone, SHOWN, at={"scope": "egen"})
    yield ours("POST", "/kalender/{scope}/sluta", everyone, GONE_ON, at={"scope": "egen"})
    yield each("POST", "/kalender/{scope}/skapa", STAFF, SHOWN, at={"scope": "regionen"})
    yield each("POST", "/kalender/{scope}/sluta", STAFF, GONE_ON, at={"scope": "regionen"})
    yield ours("GET", "/kalender/{secret}.ics", EVERYBODY, NO_PAGE, at={"secret": "gissa"})
    yield ours("POST", "/min-profil/prov", everyone, GONE_ON)
    yield ours("POST", "/min-profil/borta", everyone)
    yield ours("POST", "/min-profil/borta/{absence}/avsluta", GIVEN, GONE_ON)
    yield ours("POST", "/utkast/{key:path}", everyone, GONE_ON)
    yield ours("POST", "/inte-skickat/kasta", everyone, GONE_ON)  # a person drops only what is their own


def _lists() -> Iterator[Door]:
    """The board, the search and the catalogue: each region sees its own."""
    for route in ("/forlopp", "/forlopp/tidslinje", "/forlopp.csv", "/forlopp.json", "/forlopp.xlsx"):
        yield each("GET", route, STAFF)
    yield each("GET", "/flode", STAFF)
    yield each("GET", "/flode.csv", STAFF)
    yield each("GET", "/arshjul", STAFF)
    yield each("GET", "/nationellt/remisser", STAFF)
    for form in ("xes", "ocel"):
        yield each("GET", "/flode/logg.{form}", frozenset({"coordinator", "analyst", "admin"}), at={"form": form})
    yield ours("GET", "/forlopp/{slug}/prognos", STAFF)
    yield ours("GET", "/forlopp/{slug}/tidsplan", STAFF)
    yield each("GET", "/sok", STAFF, query="q=Kvistberga")
    yield each("GET", "/katalog", STAFF)
    yield each("GET", "/katalog/{slug}", STAFF)
    yield each("GET", "/katalog/{slug}/starta", STEERS)
    yield each("POST", "/katalog/{slug}/starta", STEERS, UNDERSTOOD)


def _introduction() -> Iterator[Door]:
    """The pages that tell of one introduction."""
    parts = ("", "/gor", "/historik", "/historik.csv", "/manniskor", "/beslut", "/loop", "/loop/{number}")
    for part in (*parts, "/plan", "/plan/export.{kind}", "/underlag"):
        yield ours("GET", f"/forlopp/{{slug}}{part}", STAFF)
    earlier, first = "/forlopp/{slug}/tidigare/{number}", {"slug": ANEW, "number": "1"}
    for part in ("", "/historik.csv"):
        yield ours("GET", f"{earlier}{part}", STAFF, at=first)
    yield ours("GET", f"{earlier}/arkiv.zip", DECIDES, at=first)
    yield ours("GET", f"{earlier}/bilaga/{{attachment}}", SEES_GAPS, at={**first, "attachment": "3.1"})
    yield ours("GET", "/forlopp/{slug}/angra/{number}", STEERS)
    yield ours("POST", "/forlopp/{slug}/angra/{number}", STEERS, GONE_ON + CONFLICT)


def _reviews() -> Iterator[Door]:
    """The review of the loop that is open, what is foretold for it, and the learning of all pathways."""
    loop, review = "/forlopp/{slug}/loop/{number}", "/forlopp/{slug}/loop/{number}/avstamning"
    yield each("GET", "/larande", STAFF)
    yield ours("GET", review, STAFF)
    yield ours("POST", review, WRITES, GONE_ON)
    yield ours("GET", f"{review}/svar/{{key}}", WRITES, GONE_ON, at={"key": "w-risks"})
    yield ours("POST", f"{review}/svar/{{key}}", WRITES, GONE_ON, at={"key": "w-risks"})
    yield ours("POST", f"{review}/nytt", WRITES, GONE_ON)
    yield ours("POST", f"{review}/anteckning", LEADS | {"manager"}, UNREADABLE)
    yield ours("GET", f"{loop}/forutsagelse", STAFF)
    yield ours("POST", f"{loop}/forutsagelse", LEADS)
    yield ours("GET", f"{loop}/hoppa-over", LEADS)
    yield ours("POST", f"{loop}/hoppa-over", LEADS)
    for part in ("/rapport", "/justera"):
        yield ours("GET", loop + part, frozenset())  # before the sign-off there is neither
    yield ours("POST", f"{loop}/justera", frozenset())


def _commands() -> Iterator[Door]:
    """Every command's page, for the roles of the hand-written table of commands."""
    route = "/forlopp/{slug}/gor/{command}"
    for command, roles in MATRIX.items():
        at = {"command": command}
        if command in HAS_OWN_PAGE:
            yield ours("GET", route, LOGGED_IN | OF_ANOTHER_REGION, GONE_ON, at=at)
            yield ours("POST", route, frozenset(), at=at)
            continue
        who = _kinds_of(command, roles.split()) if command != "start" else frozenset()  # given in the catalogue
        yield ours("GET", route, who, at=at)
        yield ours("POST", route, who, UNDERSTOOD, at=at)


def _kinds_of(command: str, roles: list[str]) -> Kinds:
    owners = OWNERS_OF.get(command, OWNERS) if "own" in roles else frozenset()
    return owners | {KIND_OF_ROLE.get(role, role) for role in roles if role != "own"}


def _tasks() -> Iterator[Door]:
    """One task, given to somebody without a role."""
    route = "/forlopp/{slug}/uppgift/{ref}"
    yield ours("GET", route, SEES_TASK)
    acts = LEADS | GIVEN
    ways: Mapping[str, Mapping[str, str]] = {
        "klar": {"outcome": "Klart"},
        "mer-tid": {"due_on": "2022-03-01", "snooze_reason": "Semester"},
        "lamna-over": {"to": "m3"},
        "inte-min": {"decline_reason": "Fel person"},
        "inte-aktuell": {"skip_reason": "Behövs inte"},
        "kommentar": {"comment": "Hej"},
        "lank": {"link": "https://example.org/d", "link_title": "Enkät"},
    }
    for way, form in ways.items():
        says = GONE_ON + CONFLICT if way == "inte-min" else GONE_ON  # the coordinator has nobody to hand it back to
        yield ours("POST", f"{route}/{{way}}", acts, says, form=form, at={"way": way})
    yield ours("POST", f"{route}/{{way}}", SEES_TASK, at={"way": "klar"})  # the form comes back
    yield ours("POST", f"{route}/{{way}}", LOGGED_IN | OF_ANOTHER_REGION, NO_PAGE, at={"way": "gissa"})
    yield ours("POST", f"{route}/fil", SEES_TASK)
    yield ours("POST", f"{route}/fil", acts, GONE_ON, has_file=True)
    yield ours("GET", f"{route}/bilaga/{{attachment}}", SEES_TASK)
    yield ours("POST", f"{route}/bilaga/{{attachment}}/ta-bort", STEERS | GIVEN, GONE_ON)


def _gaps() -> Iterator[Door]:
    """One gap analysis, and the form of the unit that the representative of the cast answers for."""
    route, form = "/forlopp/{slug}/gapanalys", "/forlopp/{slug}/gapanalys/{unit}"
    yield ours("GET", route, SEES_GAPS)
    yield ours("GET", f"{route}/jamfor", SEES_GAPS)
    yield ours("POST", f"{route}/jamfor", SEES_GAPS)  # the page comes back to whoever sees it
    yield ours("GET", f"{route}/bjud-in", LEADS)
    yield ours("POST", f"{route}/bjud-in", LEADS)
    yield ours("POST", f"{route}/paminn", LEADS, GONE_ON, form={"unit": "vc-falun"})
    yield ours("GET", f"{route}/steg/{{number}}", ANALYSES)
    yield ours("GET", f"{route}/export.{{kind}}", ANALYSES)
    yield ours("GET", f"{route}/uppgift/{{ref}}", SEES_GAPS, GONE_ON)
    yield from _unit_forms(form, "/steg/{number}")


def _joint() -> Iterator[Door]:
    """Joint gap analyses, and the form of the same unit there."""
    yield each("GET", "/gapanalyser", SEES_GAPS)
    yield each("GET", "/gapanalyser/ny", STEERS)
    yield each("POST", "/gapanalyser/ny", STEERS)
    yield ours("GET", "/gapanalyser/{bundle}", SEES_GAPS)
    yield ours("GET", "/gapanalyser/{bundle}/byt-namn", STEERS)
    yield ours("POST", "/gapanalyser/{bundle}/byt-namn", STEERS, UNREADABLE)
    yield ours("POST", "/gapanalyser/{bundle}", LEADS)
    yield from _unit_forms("/gapanalyser/{bundle}/{unit}", "/steg/{slug}/{number}")


def _unit_forms(form: str, step: str) -> Iterator[Door]:
    answers = LEADS | {"unit"}
    for part in ("", "/om", step, "/granska"):
        yield ours("GET", form + part, answers)
    yield ours("GET", f"{form}/tack", answers, GONE_ON)  # nothing has been handed in yet
    yield ours("POST", f"{form}/om", answers, GONE_ON)
    yield ours("POST", form + step, answers)
    yield ours("POST", f"{form}{step}/val", answers, GONE_ON)
    yield ours("POST", f"{form}/granska", answers)


def _plans() -> Iterator[Door]:
    """A plan that is being written, and the round in which units comment on it."""
    plan, views = "/forlopp/{slug}/plan", "/forlopp/{slug}/plan/synpunkter"
    for part in ("/ny", "/aktivitet/{ref}", "/aktivitet/{ref}/lage"):
        yield ours("GET", plan + part, LEADS)
    yield ours("POST", f"{plan}/ny", LEADS)
    for part in ("", "/lage"):
        yield ours("POST", f"{plan}/aktivitet/{{ref}}{part}", LEADS, GONE_ON)  # nothing was changed
    yield ours("GET", views, ANALYSES | RANKS | {"unit", "other_unit"}, SHOWN + GONE_ON)  # a unit is led to its own
    for part in ("/oppna", "/avsluta", "/svar/{ref}"):
        yield ours("GET", views + part, LEADS)
        yield ours("POST", views + part, LEADS)
    yield ours("POST", f"{views}/paminn", LEADS, GONE_ON, form={"unit": "medicin"})
    yield ours("GET", f"{views}/{{unit}}", COMMENTS)
    yield ours("POST", f"{views}/{{unit}}", COMMENTS)


def _rankings() -> Iterator[Door]:
    """A plan that waits to be ranked, and its decision basis."""
    route = "/forlopp/{slug}/rangordning"
    yield ours("GET", route, RANKS | LEADS)
    yield ours("GET", f"{route}/poang", RANKS)
    yield ours("POST", f"{route}/poang", RANKS, UNREADABLE + GONE_ON)  # who has scored takes the scores back
    yield ours("GET", f"{route}/ordna", RANKS)
    yield ours("POST", f"{route}/ordna", RANKS, GONE_ON)
    yield ours("GET", "/forlopp/{slug}/underlag/skriv", STEERS)
    yield ours("POST", "/forlopp/{slug}/underlag/skriv", STEERS, UNREADABLE + CONFLICT)


def _measuring() -> Iterator[Door]:
    """What is measured, one indicator of it, its values and its lines."""
    route = "/forlopp/{slug}/matning"
    own = f"{route}/{{indicator}}"
    for part in (route, own, f"{own}/export.{{kind}}"):
        yield ours("GET", part, STAFF)
    for part in (f"{route}/ny", *(f"{own}/{way}" for way in ("avsluta", "utgangslage", "nya-linjer", "ta-tillbaka"))):
        yield ours("GET", part, MEASURES)
        yield ours("POST", part, MEASURES)
    yield ours("GET", f"{own}/andra", MEASURES)
    yield ours("POST", f"{own}/andra", MEASURES, GONE_ON)  # nothing was changed
    yield ours("GET", f"{own}/varden", MEASURES | {"unit", "other_unit"})
    yield ours("GET", f"{own}/varden/spara", MEASURES | {"unit", "other_unit"}, GONE_ON)
    for part in ("", "/spara"):
        yield ours("POST", f"{own}/varden{part}", MEASURES | {"unit", "other_unit"})


def _holding() -> Iterator[Door]:
    """Whether a change holds: the check that is open, its questions, and its end."""
    route = "/forlopp/{slug}/hall-i"
    yield ours("GET", route, STAFF)
    for part in ("/fraga", "/stang"):
        yield ours("GET", route + part, LEADS)
        yield ours("POST", route + part, LEADS)
    invited = frozenset({"chair", "resource", "unit"})
    for part in ("", "/alla", "/{number}"):
        yield ours("GET", f"{route}/svara{part}", invited)
    for part in ("/alla", "/{number}"):
        yield ours("POST", f"{route}/svara{part}", invited)
    mail = "/u/{token}/svara"  # the link of the scene is about another task: there are no such questions behind it
    for part in ("", "/alla", "/{number}"):
        yield ours("GET", mail + part, EVERYBODY, NO_PAGE)
    for part in ("/alla", "/{number}"):
        yield ours("POST", mail + part, EVERYBODY, NO_PAGE)


def _readiness() -> Iterator[Door]:
    """Ready to begin, and how hard it is."""
    yield ours("GET", "/forlopp/{slug}/beredskap", STAFF)
    yield ours("POST", "/forlopp/{slug}/beredskap", LEADS)
    yield ours("GET", "/forlopp/{slug}/rangordning/svarighet", RANKS | LEADS)
    yield ours("POST", "/forlopp/{slug}/rangordning/svarighet", RANKS | LEADS)


def _celebrating() -> Iterator[Door]:
    """What it came to, lessons, and årets implementation."""
    yield ours("GET", "/forlopp/{slug}/utvardering", STAFF)
    yield ours("POST", "/forlopp/{slug}/utvardering", LEADS, GONE_ON)
    yield ours("GET", "/forlopp/{slug}/tack", STAFF)
    yield ours("POST", "/forlopp/{slug}/tack", LEADS)
    yield ours("GET", "/forlopp/{slug}/lardomar", STAFF)
    yield ours("POST", "/forlopp/{slug}/lardomar", LEADS)
    yield ours("POST", "/forlopp/{slug}/lardomar/{ref}/ta-bort", LEADS, GONE_ON)
    award = "/arets-implementation"
    yield each("GET", award, STAFF)
    yield each("POST", award, STEERS)
    yield ours("GET", f"{award}/{{year}}", STAFF, at={"year": "2022"})
    yield ours("POST", f"{award}/{{year}}/nominera", LEADS | {"chair_elsewhere"}, at={"year": "2022"})
    yield ours("POST", f"{award}/{{year}}/rosta", frozenset({"manager", "analyst", "head"}), at={"year": "2022"})
    yield ours("POST", f"{award}/{{year}}/publicera", STEERS, at={"year": "2022"})


def _national() -> Iterator[Door]:
    """The nation, the demand on units, and what is shared with other regions; no share is there to be taken back."""
    for route in ("/nationellt", "/nationellt/erfarenheter"):
        yield each("GET", route, STAFF)
    version = "/nationellt/version/{pathway}"
    yield each("GET", version, STAFF)
    yield each("POST", version, STEERS, GONE_ON)  # nothing is behind: there is nothing to roll out
    yield each("POST", f"{version}/angra", STEERS)
    for route in ("/belastning", "/belastning.xlsx"):
        yield each("GET", route, STAFF - {"reader"})
    yield each("GET", "/belastning/resurser", STEERS)
    yield each("GET", "/belastning/enhet/{unit}", STAFF - {"reader"})
    lessons = "/forlopp/{slug}/lardomar"
    yield ours("GET", f"{lessons}/dela", LEADS)
    yield ours("POST", f"{lessons}/dela", LEADS)
    yield ours("POST", f"{lessons}/delat/{{number}}/ta-bort", frozenset())


def _registers() -> Iterator[Door]:
    """People and units."""
    people, units = "/admin/personer", "/admin/enheter"
    yield ours("GET", f"{people}/{{slug}}/kvar", ADMINISTERS)
    yield ours("POST", f"{people}/{{slug}}/kvar", STEERS, UNREADABLE)
    for route in ("/admin/logg", people, units):
        yield each("GET", route, ADMINISTERS)
    for route in (people, units):
        yield each("GET", f"{route}/ny", ADMIN)
        yield each("POST", f"{route}/ny", ADMIN)
        yield ours("GET", f"{route}/{{slug}}", ADMIN)
        yield ours("POST", f"{route}/{{slug}}", ADMIN)
    yield ours("POST", f"{people}/{{slug}}/sluta", ADMIN, GONE_ON)
    yield ours("POST", f"{people}/{{slug}}/tillbaka", ADMIN, GONE_ON)
    yield each("GET", "/admin/import", ADMIN)
    yield each("POST", "/admin/import", ADMIN)
    yield each("POST", "/admin/import/skriv", ADMIN, GONE_ON, form={"kind": "people"})


def _meetings() -> Iterator[Door]:
    """Bodies and their meetings, the agenda and who was there."""
    meeting, item = "/moten/{body}/{day}", "/moten/{body}/{day}/arende/{item}"
    yield each("GET", "/moten", STAFF)
    yield each("GET", "/moten/{body}", STAFF)
    yield each("POST", "/moten/{body}/ledamoter", ADMIN)
    yield ours("POST", "/moten/{body}/ledamoter/{person}/ta-bort", ADMIN, CONFLICT, at={"person": "mottagare"})
    yield ours("GET", meeting, STAFF)
    for page in (f"{meeting}/arende/nytt", f"{item}/andra", "/forlopp/{slug}/arende"):
        yield ours("GET", page, DECIDES)
        yield ours("POST", page, DECIDES)
    yield ours("POST", f"{item}/flytta", DECIDES, GONE_ON, form={"vart": "upp"})
    yield ours("POST", f"{item}/ta-bort", DECIDES, GONE_ON)
    yield ours("POST", f"{item}/bilaga", DECIDES)
    yield ours("POST", f"{item}/bilaga/{{letter}}/ta-bort", DECIDES, NO_PAGE, at={"letter": "A"})
    for page in (f"{meeting}/narvaro", f"{meeting}/kallelse"):
        yield ours("POST", page, DECIDES, CONFLICT)  # before the day; a board without members in the scene
    yield ours("GET", f"{meeting}/flytta", ADMINISTERS)
    yield ours("POST", f"{meeting}/flytta", ADMINISTERS)


def _minutes() -> Iterator[Door]:
    """One item at the table, the minutes of the meeting, and extracts from them."""
    meeting, item = "/moten/{body}/{day}", "/moten/{body}/{day}/arende/{item}"
    yield ours("GET", item, STAFF)
    yield ours("POST", item, DECIDES)
    yield ours("POST", f"{item}/jav", DECIDES, GONE_ON)  # members of the body as well, and the presenter
    yield ours("POST", f"{item}/ta-tillbaka", DECIDES, CONFLICT)
    for name, kinds in ((f"{item}/utdrag", ("pdf", "docx")), (f"{meeting}/protokoll", ("pdf", "docx"))):
        yield ours("GET", name, STAFF)
        yield ours("GET", name, STAFF, query="offentligt=1")
        for kind in kinds:
            yield ours("GET", f"{name}.{{kind}}", STAFF, at={"kind": kind})
    yield ours("POST", f"{meeting}/protokoll", DECIDES, CONFLICT)  # the meeting of the scene lies ahead
    for name in ("justera", "anslag"):
        yield ours("POST", f"{meeting}/protokoll/{name}", DECIDES)


def _packs() -> Iterator[Door]:
    """The frozen pack of a meeting, its files, and the button that freezes."""
    pack, at = "/moten/{body}/{day}/underlag", {"body": "hsn", "day": OWN_MEETING.isoformat()}
    yield ours("GET", pack, STAFF, at=at)
    for kind in ("json", "pdf", "docx", "xlsx"):
        yield ours("GET", f"{pack}.{{kind}}", STAFF, at={**at, "kind": kind}, keeps="pack_file")
    freezes = frozenset({"coordinator", "registrar"})
    yield ours("GET", f"{pack}/frys", freezes, at=at)
    yield ours("POST", f"{pack}/frys", freezes, GONE_ON, at=at)


def _documents() -> Iterator[Door]:
    """Documents of an introduction and of the region, the Word template, and the archive."""
    root, one, here = "/forlopp/{slug}/handlingar", "/handlingar/{document}", "/admin/wordmallar"
    yield ours("GET", root, STAFF)
    yield ours("POST", root, DECIDES)
    yield ours("GET", f"{root}/arkiv.zip", DECIDES, CONFLICT)  # it is under way
    yield each("GET", "/rapporter", STAFF)
    yield each("POST", "/rapporter", DECIDES)
    yield ours("GET", one, STAFF)
    yield ours("GET", f"{one}/handling.{{form}}", STAFF, at={"form": "docx"}, keeps="document_file")
    for part in ("skriv", "faststall", "expediera"):
        yield ours("GET", f"{one}/{part}", DECIDES)
        yield ours("POST", f"{one}/{part}", DECIDES, GONE_ON if part == "skriv" else UNREADABLE)
    yield ours("POST", f"{one}/ny-utgava", DECIDES, GONE_ON)
    yield each("GET", here, ADMINISTERS)
    yield each("POST", here, ADMINISTERS)
    yield each("POST", f"{here}/egen", ADMINISTERS, GONE_ON)
    yield each("GET", f"{here}/{{which}}.docx", ADMINISTERS, at={"which": "produktens"})


def _rooms() -> Iterator[Door]:
    """The other rooms of the administration."""
    yield each("GET", "/admin", ADMINISTERS | {"analyst"})
    yield each("GET", "/admin/profil", ADMINISTERS | {"analyst"})
    yield each("GET", "/admin/behorigheter", STAFF)
    for name in ("organ", "stangda-dagar", "franvaro", "katalog"):
        yield each("GET", f"/admin/{name}", ADMINISTERS)
        yield each("POST", f"/admin/{name}", ADMINISTERS)
    yield ours("POST", "/admin/organ/{body}/{day}/stall-in", ADMINISTERS, GONE_ON)
    yield ours("POST", "/admin/stangda-dagar/{day}/ta-bort", ADMINISTERS, GONE_ON)
    yield ours("POST", "/admin/franvaro/{person}/{absence}/avsluta", ADMINISTERS, GONE_ON)
    yield each("GET", "/admin/meddelanden", ADMINISTERS)
    yield ours("GET", "/admin/meddelanden/{slug}", ADMINISTERS)
    yield ours("POST", "/admin/meddelanden/{message}/igen", ADMINISTERS, GONE_ON)
    for name in ("nycklar", "webhookar", "inloggning"):
        yield each("GET", f"/admin/{name}", ADMIN)
        yield each("POST", f"/admin/{name}", ADMIN)
    yield ours("POST", "/admin/nycklar/{token}/avsluta", ADMIN, GONE_ON)
    yield ours("POST", "/admin/webhookar/{hook}/{act}", ADMIN, GONE_ON)
    yield ours("POST", "/admin/inloggning/{group}/ta-bort", ADMIN, GONE_ON)
