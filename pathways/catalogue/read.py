"""Reads a catalogue file (YAML or JSON), or tells all that is wrong with it. Writing it to rows is a use case's."""

from collections.abc import Iterable
from importlib.resources import as_file, files
from pathlib import Path

from pathways.catalogue.crosscheck import check_catalogue, check_regional
from pathways.catalogue.regional import RegionalPicture
from pathways.catalogue.schema import CatalogueFile, CataloguePathway, derived_versions
from pathways.reading.model import read_model
from pathways.reading.problems import InvalidFile


class InvalidCatalogue(InvalidFile):
    """The catalogue cannot be used; `problems` holds all reasons with file, line and field."""

    sentence = "error.invalid_catalogue"


def read_catalogue(path: Path) -> tuple[CataloguePathway, ...]:
    """Return the pathways of the file, each with its versions; raise InvalidCatalogue with every problem."""
    found = read_model(Path(path), CatalogueFile, checks=(check_catalogue,), refusal=InvalidCatalogue)
    return tuple(_with_versions(found.pathways))


def read_regional(path: Path) -> RegionalPicture:
    """Return what the file knows of a region; raise InvalidCatalogue with every problem."""
    return read_model(Path(path), RegionalPicture, checks=(check_regional,), refusal=InvalidCatalogue)


def read_national_catalogue() -> tuple[CataloguePathway, ...]:
    """Return the national catalogue that comes with the product."""
    with as_file(files("pathways.catalogue").joinpath("national.yaml")) as path:
        return read_catalogue(path)


def read_dalarna_2021() -> RegionalPicture:
    """Return what is known of Region Dalarna on 9 June 2021."""
    with as_file(files("pathways.catalogue").joinpath("dalarna_2021.yaml")) as path:
        return read_regional(path)


def _with_versions(pathways: Iterable[CataloguePathway]) -> Iterable[CataloguePathway]:
    """Yield the pathways; one whose file does not speak of versions gets what its approval proves."""
    for pathway in pathways:
        told = "versions" in pathway.model_fields_set
        yield pathway if told else pathway.model_copy(update={"versions": derived_versions(pathway)})
