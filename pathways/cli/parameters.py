"""The arguments and options that several commands share. Help and metavars are ids of texts."""

from pathlib import Path
from typing import Annotated

import typer

AsOf = Annotated[str | None, typer.Option("--as-of", help="cli.option.as_of", metavar="cli.metavar.date")]
AsJson = Annotated[bool, typer.Option("--json", help="cli.option.json")]
Slug = Annotated[str, typer.Argument(help="cli.option.slug", metavar="cli.metavar.slug")]
CatalogueFile = Annotated[Path | None, typer.Argument(help="cli.option.catalogue_file", metavar="cli.metavar.file")]
