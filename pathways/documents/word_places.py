"""What a region's Word template may hold: our places and the question whether one is filled, nothing else.

A template comes from a person; whatever else the language of templates can do is refused, so that it can do nothing.
"""

import re

from jinja2 import nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from pathways.errors import Refused
from pathways.reading.problems import nearest

PLACES = ("title", "subtitle", "sender", "date", "register_no", "footer", "note", "body")
WORDS = PLACES[:-1]  # those that hold one line of words each
BODY = re.compile(r"\{\{p\s+body\s*\}\}")
ALLOWED = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.If, nodes.Not, nodes.And, nodes.Or)


class UnknownPlace(Exception):
    """A place that we do not know, or an order that a template may not give; `refusal` says it to a person."""

    def __init__(self, refusal: Refused) -> None:
        self.refusal = refusal
        super().__init__(str(refusal))


class PlacesOnly(ImmutableSandboxedEnvironment):
    """Reads templates that hold places only."""

    def __init__(self, *, file: str, autoescape: bool) -> None:
        super().__init__(autoescape=autoescape)
        self._file = file

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        read = super()._parse(source, name, filename)
        for node in read.find_all(nodes.Node):
            self._check(node)
        return read

    def _check(self, node: nodes.Node) -> None:
        if not isinstance(node, ALLOWED):
            raise UnknownPlace(Refused("error.template_order", file=self._file, what=type(node).__name__))
        if isinstance(node, nodes.Name) and node.name not in PLACES:
            told = {"file": self._file, "field": node.name, "nearest": nearest(node.name, PLACES)}
            raise UnknownPlace(Refused("error.template_unknown_field", **told))
