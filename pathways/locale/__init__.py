"""The words of the product, in Swedish and English, by the ids that refusals, states and commands carry.

A new text is a new id in both `LC_MESSAGES/pathways.po` files, with the same placeholders; a number named `n` may
choose the plural. `make install` compiles them, and `tests/architecture/test_texts.py` finds what was forgotten.
"""

from pathways.locale.texts import DEFAULT, LANGUAGES, MissingText, Texts, TextsAbsent, texts

__all__ = ["DEFAULT", "LANGUAGES", "MissingText", "Texts", "TextsAbsent", "texts"]
