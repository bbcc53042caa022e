"""Help in the user's language: usage line, what the command is for, its arguments and options.

Commands give ids of texts in the place of help and metavars; here they become words.
"""

from collections.abc import Iterable
from typing import Any

from typer.core import TyperCommand

from pathways.cli.call import call_of
from pathways.locale import Texts

Row = tuple[str, str]


class Command(TyperCommand):
    """A command whose help is in the language of the call."""

    def format_help(self, ctx: Any, formatter: Any) -> None:  # Any: typer keeps both classes to itself
        """Write the help."""
        formatter.write(help_of(self, ctx, call_of(ctx).texts))


def help_of(command: Command, context: Any, texts: Texts) -> str:  # Any: as above
    """Return the help of one command."""
    arguments = [one for one in command.params if one.param_type_name == "argument"]
    options = [one for one in command.get_params(context) if one.param_type_name == "option" and not _hidden(one)]
    names = [_name(one, texts) for one in arguments]
    usage = " ".join([str(context.command_path), texts.say("cli.metavar.options"), *names])
    blocks = [
        texts.say("cli.usage", usage=usage),
        texts.say(str(command.help)),
        table(texts.say("cli.arguments"), [_row(one, texts) for one in arguments]),
        table(texts.say("cli.options"), [_row(one, texts) for one in options]),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def table(heading: str, rows: Iterable[Row]) -> str:
    """Return rows of names and explanations under a heading; nothing where there are no rows."""
    lines = list(rows)
    width = max((len(name) for name, _ in lines), default=0)
    return "\n".join([f"{heading}:", *(f"  {name:<{width}}  {told}" for name, told in lines)]) if lines else ""


def _hidden(parameter: Any) -> bool:  # Any: typer's parameter class
    return bool(getattr(parameter, "hidden", False))


def _name(parameter: Any, texts: Texts) -> str:  # Any: as above
    metavar = texts.say(parameter.metavar) if parameter.metavar else ""
    if parameter.param_type_name == "argument":
        return metavar if parameter.required else f"[{metavar}]"
    return " ".join([", ".join(parameter.opts), *([metavar] if metavar else [])])


def _row(parameter: Any, texts: Texts) -> Row:  # Any: as above
    told = texts.say("cli.help") if parameter.name == "help" else texts.say(str(parameter.help))
    required = f" ({texts.say('cli.required')})" if parameter.required else ""
    return _name(parameter, texts), f"{told}{required}"
