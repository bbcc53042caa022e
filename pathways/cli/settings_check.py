"""Reads the settings of the environment, or says in words which variable cannot be used."""

from pydantic import ValidationError

from pathways.errors import PathwaysError
from pathways.settings import Settings


class WrongSetting(PathwaysError):
    """A variable of the environment cannot be used; its name and what it holds are told."""

    sentence = "error.setting"


def read_settings() -> Settings:
    """Return the settings; the first that cannot be used is refused by its variable."""
    try:
        return Settings()
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        variable = "_".join(["FORLOPP", *(str(part) for part in first["loc"])]).upper()
        raise WrongSetting(variable=variable, given=str(first["input"])) from error
