"""Reads a region's profile from its file, or tells all that is wrong with it."""

from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from pathways.profiles.crosscheck import check_profile
from pathways.profiles.schema import Profile
from pathways.reading.model import read_model
from pathways.reading.problems import InvalidFile


class InvalidProfile(InvalidFile):
    """The profile cannot be used; `problems` holds all reasons with file, line and field."""

    sentence = "error.invalid_profile"


def load_profile(path: Path) -> Profile:
    """Return the profile in the file; raise InvalidProfile with every problem if there is any."""
    return read_model(Path(path), Profile, checks=(check_profile,), refusal=InvalidProfile)


@cache
def load_shipped_profile(name: str = "dalarna") -> Profile:
    """Return a profile that comes with the product; a process reads it once."""
    with as_file(files("pathways.profiles").joinpath(f"{name}.yaml")) as path:
        return load_profile(path)
