"""Reads the settings of the environment, or says in words which variable cannot be used."""

from pydantic import SecretStr, ValidationError

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
        raise WrongSetting(variable=variable, given=_shown(first["loc"], first["input"])) from error


def _shown(where: tuple[int | str, ...], given: object) -> str:
    """Return what a variable holds, but for a secret, which nobody may read over a shoulder."""
    fields = (Settings.model_fields.get(str(part)) for part in where)
    hidden = any(field is not None and field.annotation is SecretStr for field in fields)
    return "***" if hidden and given else str(given)
