"""Reads calendar files by the letter of RFC 5545, without any library: unfolds lines and splits names from values."""

from dataclasses import dataclass, field


@dataclass
class Component:
    """A part between BEGIN and END: its properties by name, with parameters, and the parts inside it."""

    name: str
    properties: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    parts: list["Component"] = field(default_factory=list)

    def value(self, name: str) -> str:
        """The only value of a property."""
        ((_, value),) = self.properties[name]
        return value

    def parameters(self, name: str) -> str:
        """The parameters of a property, as they stand."""
        ((parameters, _),) = self.properties[name]
        return parameters


def parse(content: bytes) -> Component:
    """Take a file apart; a line that is too long, ends wrongly or is not closed is an error."""
    assert content.endswith(b"\r\n")
    for folded in content.split(b"\r\n"):
        assert len(folded) <= 75, folded
        assert b"\n" not in folded
        assert b"\r" not in folded
    text = content.decode().replace("\r\n ", "").replace("\r\n\t", "")
    root = Component("")
    stack = [root]
    for line in text.strip().split("\r\n"):
        before, _, value = line.partition(":")
        if before.startswith(("DESCRIPTION;", "SUMMARY;")):
            before, value = line.split(":", 1)
        name, _, parameters = before.partition(";")
        if name == "BEGIN":
            stack[-1].parts.append(Component(value))
            stack.append(stack[-1].parts[-1])
        elif name == "END":
            assert stack.pop().name == value
        else:
            stack[-1].properties.setdefault(name, []).append((parameters, plain(value)))
    assert stack == [root]
    (calendar,) = root.parts
    return calendar


def plain(value: str) -> str:
    """A text without its escapes."""
    for escaped, meant in (("\\n", "\n"), ("\\,", ","), ("\\;", ";"), ("\\\\", "\\")):
        value = value.replace(escaped, meant)
    return value


def events_of(content: bytes) -> dict[str, Component]:
    """The events of a file by name; a name that comes twice is an error."""
    found: dict[str, Component] = {}
    for part in parse(content).parts:
        if part.name == "VEVENT":
            assert part.value("UID") not in found
            found[part.value("UID")] = part
    return found
