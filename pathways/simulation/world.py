"""The invented region: units and people of Dalarna by role, never by name, and who works with which pathway.

Municipalities and towns are real, everything else is example data and says so in its name.
"""

from dataclasses import dataclass
from datetime import date

from pathways.bootstrap import App
from pathways.catalogue.schema import CataloguePathway
from pathways.models.organisation import Origin, UnitKind
from pathways.profiles.vocabulary import Role
from pathways.services.import_catalogue import import_catalogue
from pathways.services.set_up_region import NewPerson, NewUnit, set_up_region

COORDINATOR, HEAD, ANALYST = "samordnare", "avdelningschef", "analytiker"
BOARD_SECRETARY, REGISTRAR = "namndsekreterare", "registrator"
MANAGERS = ("lghs-somatik", "lghs-psykiatri", "lghs-primarvard")
RESOURCES = (
    "utvecklare-falun",
    "utvecklare-mora",
    "utvecklare-borlange",
    "utvecklare-ludvika",
    "utvecklare-avesta",
)
CHAIRS = ("ordf-medicin", "ordf-ortopedi", "ordf-neurologi", "ordf-psykiatri", "ordf-primarvard", "ordf-akut")
MEMBERS = (
    "sjukskoterska",
    "distriktslakare",
    "fysioterapeut",
    "arbetsterapeut",
    "kurator",
    "apotekare",
    "dietist",
    "mas-kommun",
)
EXAMPLE = "exempeldata"

_UNITS = (
    ("medicin-falun", "Medicinkliniken Falun", UnitKind.HOSPITAL_CLINIC),
    ("medicin-mora", "Medicinkliniken Mora", UnitKind.HOSPITAL_CLINIC),
    ("ortopedi-falun", "Ortopedkliniken Falun", UnitKind.HOSPITAL_CLINIC),
    ("akuten-falun", "Akutkliniken Falun", UnitKind.HOSPITAL_CLINIC),
    ("psykiatri-sater", "Psykiatrikliniken Säter", UnitKind.HOSPITAL_CLINIC),
    ("vc-falun", "Vårdcentralen Falun", UnitKind.PRIMARY_CARE_CENTRE),
    ("vc-borlange", "Vårdcentralen Borlänge", UnitKind.PRIMARY_CARE_CENTRE),
    ("vc-mora", "Vårdcentralen Mora", UnitKind.PRIMARY_CARE_CENTRE),
    ("vc-ludvika", "Vårdcentralen Ludvika", UnitKind.PRIMARY_CARE_CENTRE),
    ("vc-avesta", "Vårdcentralen Avesta", UnitKind.PRIMARY_CARE_CENTRE),
    ("vc-rattvik", "Vårdcentralen Rättvik", UnitKind.PRIMARY_CARE_CENTRE),
    ("falu-kommun", "Falu kommun", UnitKind.MUNICIPALITY),
    ("borlange-kommun", "Borlänge kommun", UnitKind.MUNICIPALITY),
    ("mora-kommun", "Mora kommun", UnitKind.MUNICIPALITY),
)
UNITS = tuple(NewUnit(slug=slug, name=f"{name} ({EXAMPLE})", kind=kind) for slug, name, kind in _UNITS)
REPRESENTATIVE = {unit.slug: f"chef-{unit.slug}" for unit in UNITS}
ASSISTANT = {
    "utvecklare-falun": "utvecklare-borlange",
    "utvecklare-borlange": "utvecklare-falun",
    "utvecklare-mora": "utvecklare-ludvika",
    "utvecklare-ludvika": "utvecklare-avesta",
    "utvecklare-avesta": "utvecklare-mora",
    "analytiker": "utvecklare-falun",
    "ordf-medicin": "ordf-akut",
    "ordf-akut": "ordf-medicin",
    "ordf-primarvard": "ordf-medicin",
}
"""Who stands in for whom."""

_NAMES = {
    COORDINATOR: "Samordnare vårdförlopp",
    HEAD: "Avdelningschef kunskapsstyrning",
    ANALYST: "Analytiker och registersamordnare",
    BOARD_SECRETARY: "Nämndsekreterare HSN",
    REGISTRAR: "Registrator regionstyrelsen",
    "lghs-somatik": "Ledamot LG-HS somatik",
    "lghs-psykiatri": "Ledamot LG-HS psykiatri",
    "lghs-primarvard": "Ledamot LG-HS primärvård",
    "fortroendevald": "Förtroendevald HSN",
    "administrator": "Systemadministratör",
    "utvecklare-falun": "Verksamhetsutvecklare Falun",
    "utvecklare-mora": "Verksamhetsutvecklare Mora",
    "utvecklare-borlange": "Verksamhetsutvecklare Borlänge",
    "utvecklare-ludvika": "Verksamhetsutvecklare Ludvika",
    "utvecklare-avesta": "Verksamhetsutvecklare Avesta",
    "ordf-medicin": "Överläkare medicin",
    "ordf-ortopedi": "Överläkare ortopedi",
    "ordf-neurologi": "Överläkare neurologi",
    "ordf-psykiatri": "Överläkare psykiatri",
    "ordf-primarvard": "Distriktsläkare, ordförande",
    "ordf-akut": "Överläkare akutsjukvård",
    "sjukskoterska": "Sjuksköterska specialistvård",
    "distriktslakare": "Distriktsläkare",
    "fysioterapeut": "Fysioterapeut",
    "arbetsterapeut": "Arbetsterapeut",
    "kurator": "Kurator",
    "apotekare": "Klinisk apotekare",
    "dietist": "Dietist",
    "mas-kommun": "Medicinskt ansvarig sjuksköterska, kommun",
}
_REGIONAL = {
    COORDINATOR: (Role.COORDINATOR,),
    HEAD: (Role.HEAD,),
    ANALYST: (Role.ANALYST,),
    BOARD_SECRETARY: (Role.REGISTRAR,),
    REGISTRAR: (Role.REGISTRAR,),
    **dict.fromkeys(MANAGERS, (Role.MANAGEMENT_GROUP_MEMBER,)),
    "fortroendevald": (Role.ELECTED_READER,),
    "administrator": (Role.ADMIN,),
}


def _person(slug: str, name: str, *roles: Role, unit: str | None = None) -> NewPerson:
    return NewPerson(slug=slug, name=name, address=f"{slug}@example.org", roles=roles, unit=unit)


PEOPLE = (
    *(_person(slug, name, *_REGIONAL.get(slug, ())) for slug, name in _NAMES.items()),
    *(_person(REPRESENTATIVE[slug], f"Chef {name}", Role.UNIT_REPRESENTATIVE, unit=slug) for slug, name, _ in _UNITS),
)


@dataclass(frozen=True, slots=True)
class Team:
    """Who introduces one pathway: chair, development resource, members, and the units that are concerned."""

    chair: str
    resource: str
    members: tuple[str, ...]
    units: tuple[str, ...]


_PRIMARY = ("vc-falun", "vc-borlange", "vc-mora")
_TEAMS = {
    "reumatoid-artrit-del-1": Team("ordf-medicin", RESOURCES[0], MEMBERS[0:3], ("medicin-falun", *_PRIMARY)),
    "hoftledsartros-primarvard": Team(
        "ordf-ortopedi", RESOURCES[2], MEMBERS[1:4], ("ortopedi-falun", "vc-ludvika", "vc-rattvik")
    ),
    "stroke-tia-tidiga-insatser": Team(
        "ordf-neurologi",
        RESOURCES[1],
        (MEMBERS[0], MEMBERS[2], MEMBERS[7]),
        ("medicin-falun", "medicin-mora", "akuten-falun"),
    ),
    "kol": Team("ordf-primarvard", RESOURCES[3], MEMBERS[0:3], ("medicin-falun", "vc-ludvika", "vc-avesta", "vc-mora")),
    "schizofreni-forstagangsinsjuknande": Team(
        "ordf-psykiatri",
        RESOURCES[4],
        (MEMBERS[1], MEMBERS[4], MEMBERS[7]),
        ("psykiatri-sater", "falu-kommun", "vc-falun"),
    ),
    "kritisk-benischemi": Team(
        "ordf-akut", RESOURCES[0], (MEMBERS[0], MEMBERS[1], MEMBERS[5]), ("akuten-falun", "vc-borlange", "vc-avesta")
    ),
    "hjartsvikt-nydebuterad": Team(
        "ordf-medicin",
        RESOURCES[1],
        (MEMBERS[0], MEMBERS[1], MEMBERS[6]),
        ("medicin-falun", "medicin-mora", "vc-rattvik"),
    ),
    "osteoporos-sekundarprevention": Team(
        "ordf-ortopedi",
        RESOURCES[2],
        (MEMBERS[1], MEMBERS[2], MEMBERS[6]),
        ("ortopedi-falun", "vc-borlange", "mora-kommun"),
    ),
    "sepsis": Team(
        "ordf-akut",
        RESOURCES[4],
        (MEMBERS[0], MEMBERS[1], MEMBERS[7]),
        ("akuten-falun", "medicin-mora", "borlange-kommun"),
    ),
    "reumatoid-artrit-etablerad": Team(
        "ordf-medicin", RESOURCES[3], MEMBERS[1:4], ("medicin-falun", "vc-avesta", "vc-rattvik")
    ),
}
PATHWAYS = tuple(_TEAMS)


def team_of(slug: str) -> Team:
    """Return who introduces the pathway."""
    return _TEAMS[slug]


def found_region(app: App, pathways: tuple[CataloguePathway, ...], *, today: date, origin: Origin) -> None:
    """Write the region with its units and people, and the national catalogue."""
    with app.write() as work:
        set_up_region(work, app.profile, today=today, origin=origin, units=UNITS, people=PEOPLE)
        import_catalogue(work, pathways)
        work.commit()


def extend_calendar(app: App, *, today: date, origin: Origin) -> None:
    """Write the meetings of the coming two years, as the region's secretary does from time to time."""
    with app.write() as work:
        set_up_region(work, app.profile, today=today, origin=origin)
        work.commit()
