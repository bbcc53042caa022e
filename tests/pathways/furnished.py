"""A furnished region for tests: the Dalarna profile, a fixed cast of people, three units and the national catalogue.

`furnished_app` gives the real application on a database of its own; nothing in it is faked but the clock.
"""

from pathways.bootstrap import App, build_app
from pathways.catalogue.read import read_national_catalogue
from pathways.clock import Clock
from pathways.models.every import METADATA
from pathways.models.organisation import UnitKind
from pathways.planning.instants import local_date
from pathways.profiles.schema import Profile
from pathways.profiles.vocabulary import Role
from pathways.services.import_catalogue import import_catalogue
from pathways.services.set_up_region import NewPerson, NewUnit, set_up_region
from pathways.settings import Settings

UNITS = (
    NewUnit(slug="vc-falun", name="Vårdcentralen Falun", kind=UnitKind.PRIMARY_CARE_CENTRE),
    NewUnit(slug="medicin", name="Medicinkliniken", kind=UnitKind.HOSPITAL_CLINIC),
    NewUnit(slug="alvdalen", name="Älvdalens kommun", kind=UnitKind.MUNICIPALITY),
)


def _person(slug: str, name: str, *roles: Role, unit: str | None = None) -> NewPerson:
    return NewPerson(slug=slug, name=name, address=f"mailto://{slug}@forlopp.example", roles=roles, unit=unit)


CAST = (
    _person("sam", "Sara Åkesson", Role.COORDINATOR),
    _person("chef", "Örjan Ek", Role.HEAD),
    _person("ordf", "Åsa Öberg"),  # chair of the working group, where `drive` appoints her
    _person("res", "Rut Ängström"),  # development resource
    _person("m1", "Maja Zetterlund"),  # members
    _person("m2", "Ali Haddad"),
    _person("m3", "Eva Lind"),
    _person("vcf", "Viktor Falk", Role.UNIT_REPRESENTATIVE, unit="vc-falun"),
    _person("med", "Mona Edin", Role.UNIT_REPRESENTATIVE, unit="medicin"),
    _person("alv", "Alva Ros", Role.UNIT_REPRESENTATIVE, unit="alvdalen"),
    _person("lg", "Lars Grahn", Role.MANAGEMENT_GROUP_MEMBER),
    _person("reg", "Regina Strand", Role.REGISTRAR),
    _person("ana", "Anders Nyström", Role.ANALYST),
    _person("adm", "Ada Malm", Role.ADMIN),
    _person("frammande", "Frej Mandel"),  # holds no role: the stranger
)


def furnished_app(url: str, clock: Clock, *, code: str = "SE-W", name: str = "Region Dalarna") -> App:
    """Gives the application on the database at `url`, with tables, region, people and catalogue in place.

    Called with another code on the same database it adds a second tenant with the same cast. The caller disposes
    of `app.database`.
    """
    app = build_app(Settings(), clock=clock, database_url=url)
    app.profiles = {code: profile_named(app.profile, code, name)}
    METADATA.create_all(app.database.engine)
    with app.write() as work:
        today = local_date(clock.now(), app.profile.region.zone)
        set_up_region(work, app.profile, today=today, units=UNITS, people=CAST)
        import_catalogue(work, read_national_catalogue())
        work.commit()
    return app


def profile_named(profile: Profile, code: str, name: str) -> Profile:
    """Gives the same profile for a region of another code and name."""
    region = profile.region.model_copy(update={"code": code, "name": name})
    return profile.model_copy(update={"region": region})
