"""Reckons how wide a text is in the product's typeface: nothing here can measure it. Widths are shares of the size."""

_WIDTHS = {
    0.19: "\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}",
    0.25: "ijlI",
    0.3: " \N{NO-BREAK SPACE}!,.:;·'",
    0.37: "()/[]tfr",
    0.43: "1-_",
    0.51: '"*–?',
    0.55: "skxzavyåäc7JL",
    0.6: "eéFhnuüEoö5bdgpq2",
    0.64: "3689#0Z&PRS4BT",
    0.68: "+<=>×−KXYAVÅÄ≥≤",
    0.76: "DCHUGNOQÖ",
    0.9: "w…mM",
    1.0: "@%W",
}
_OF = {letter: width for width, letters in _WIDTHS.items() for letter in letters}
_OTHER = 0.7
_SPARE = 1.06  # another typeface may have to stand in
_BOLD = 1.06


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return about how wide the text is, rather too much than too little."""
    return sum(_OF.get(letter, _OTHER) for letter in text) * size * _SPARE * (_BOLD if bold else 1)


def shorten(text: str, size: float, room: float) -> str:
    """Return as much of the text as there is room for, with an ellipsis where it was cut; "" where nothing fits."""
    if width_of(text, size) <= room:
        return text
    kept = text
    while kept and width_of(f"{kept}…", size) > room:
        kept = kept[:-1].rstrip(" ,.;:–-")
    return f"{kept}…" if len(kept) > 2 else ""


def wrap(text: str, size: float, room: float) -> tuple[str, ...]:
    """Return the text in lines that fit; a word that is too long has a line of its own."""
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)
