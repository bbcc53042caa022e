"""Who works where: regions, units, people, bodies with their meetings, absences. A region is a tenant."""

from datetime import date
from enum import StrEnum

from sqlalchemy import Boolean, Column, UniqueConstraint, false
from sqlmodel import Field, SQLModel

from pathways.models.base import JSON_TYPE, enum_column, swedish_text
from pathways.profiles.vocabulary import Role


class UnitKind(StrEnum):
    """What kind of place a unit is."""

    HOSPITAL_CLINIC = "hospital_clinic"  # clinic at a hospital
    PRIMARY_CARE_CENTRE = "primary_care_centre"  # vårdcentral
    MUNICIPALITY = "municipality"  # kommun
    CENTRAL = "central"  # the region's own departments


class Origin(StrEnum):
    """Where the data of a region comes from; anything but real data is said so on every page and print."""

    REAL = "real"  # entered by people
    DEMO = "demo"  # exempeldata made by `forlopp demo`
    SIMULATION = "simulation"  # made by `forlopp simulate`


class Region(SQLModel, table=True):
    """A region: the tenant that every query is filtered by."""

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(unique=True, max_length=10)
    name: str
    time_zone: str
    language: str = Field(max_length=2)
    profile_version: str = Field(max_length=40)
    origin: Origin = Field(sa_column=enum_column(Origin))


class Unit(SQLModel, table=True):
    """A unit that answers gap analyses and carries out activities."""

    __table_args__ = (UniqueConstraint("region_id", "slug"),)

    id: int | None = Field(default=None, primary_key=True)
    region_id: int = Field(foreign_key="region.id")
    slug: str = Field(max_length=60)
    name: str = Field(sa_column=swedish_text())
    kind: UnitKind = Field(sa_column=enum_column(UnitKind))
    active: bool = True


class Person(SQLModel, table=True):
    """Somebody who works with pathways; `address` is where mail or another channel reaches them."""

    __table_args__ = (UniqueConstraint("region_id", "slug"),)

    id: int | None = Field(default=None, primary_key=True)
    region_id: int = Field(foreign_key="region.id")
    slug: str = Field(max_length=60)
    name: str = Field(sa_column=swedish_text())
    address: str | None = None
    language: str = Field(default="sv", max_length=2)
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    active: bool = True


class RegionRole(SQLModel, table=True):
    """A role that a person holds in the whole region, or in one body of it.

    `from_oidc` marks what a group of the login service gave: at each login such roles are brought in line with it.
    """

    __tablename__ = "region_role"
    __table_args__ = (UniqueConstraint("person_id", "role", "body_id"),)

    id: int | None = Field(default=None, primary_key=True)
    region_id: int = Field(foreign_key="region.id", index=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: Role = Field(sa_column=enum_column(Role))
    body_id: int | None = Field(default=None, foreign_key="body.id")
    from_oidc: bool = Field(default=False, sa_column=Column(Boolean, nullable=False, server_default=false()))


class Absence(SQLModel, table=True):
    """That a person is away, and who takes over new and open tasks meanwhile."""

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    from_on: date
    until_on: date
    substitute_id: int | None = Field(default=None, foreign_key="person.id")


class Body(SQLModel, table=True):
    """A group or board that prepares or decides; `series` is its rule of meetings from the profile."""

    __table_args__ = (UniqueConstraint("region_id", "slug"),)

    id: int | None = Field(default=None, primary_key=True)
    region_id: int = Field(foreign_key="region.id")
    slug: str = Field(max_length=60)
    name: str
    short: str | None = None
    kind: str = Field(max_length=40)
    series: dict[str, object] | None = Field(default=None, sa_column=Column(JSON_TYPE))


class Meeting(SQLModel, table=True):
    """One meeting of a body, with the last day to hand in papers; a cancelled one stays, or its series would return.

    `starts_at` stands on the region's clock ("13:00"). A meeting that lacks time or place is given its body's usual.
    """

    __table_args__ = (UniqueConstraint("body_id", "held_on"),)

    id: int | None = Field(default=None, primary_key=True)
    body_id: int = Field(foreign_key="body.id")
    held_on: date
    hand_in_on: date
    starts_at: str | None = Field(default=None, max_length=5)
    place: str | None = Field(default=None, max_length=200)
    cancelled: bool = Field(default=False, sa_column=Column(Boolean, nullable=False, server_default=false()))


class ClosingDay(SQLModel, table=True):
    """A day on which the region's offices are closed besides the public holidays."""

    __tablename__ = "closing_day"

    region_id: int = Field(foreign_key="region.id", primary_key=True)
    closed_on: date = Field(primary_key=True)
