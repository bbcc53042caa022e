"""Tells what is wrong with a command line that could not be understood. Nothing was done; the exit code is 2."""

import re
from typing import Any

from pathways.errors import PathwaysError


class WrongUsage(PathwaysError):
    """What was typed cannot be understood."""

    def __init__(self, sentence: str, **values: str | int) -> None:
        self.sentence = sentence
        super().__init__(**values)


def usage_of(error: Exception) -> WrongUsage:
    """Return the complaint of the command-line library in our own words' ids.

    The library's kinds of complaint are told apart by name, since it keeps their classes to itself.
    """
    told: Any = error  # Any: as above
    match type(error).__name__:
        case "NoSuchOption":
            return WrongUsage("usage.no_such_option", option=told.option_name)
        case "MissingParameter":
            return WrongUsage("usage.missing", parameter=_name_of(told.param))
        case "BadParameter":
            return WrongUsage("usage.bad_value", parameter=_name_of(told.param), expected="integer")
        case "BadOptionUsage" if "not take" in told.message:
            return WrongUsage("usage.takes_no_value", option=told.option_name)
        case "BadOptionUsage":
            return WrongUsage("usage.option_needs_value", option=told.option_name)
    extra = re.fullmatch(r"Got unexpected extra argument.*\((.*)\)", told.message)
    return WrongUsage("usage.extra", given=extra[1]) if extra else WrongUsage("usage.other")


def _name_of(parameter: Any) -> str:  # Any: the library's parameter class
    """Return an option by its flag, an argument by the id of its metavar."""
    return str(parameter.opts[0] if parameter.param_type_name == "option" else parameter.metavar)
