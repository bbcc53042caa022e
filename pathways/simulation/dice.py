"""Chance that repeats itself: every question has its own dice, so one more question changes no other answer."""

from dataclasses import dataclass
from hashlib import sha256
from random import Random


@dataclass(frozen=True, slots=True)
class Dice:
    """Dice that fall the same way for the same seed and the same question."""

    seed: int

    def of(self, *question: object) -> Random:
        """Return the dice for one question."""
        name = ":".join(str(part) for part in (self.seed, *question))
        return Random(int.from_bytes(sha256(name.encode()).digest()[:8], "big"))  # noqa: S311 - chance, not secrecy

    def chance(self, probability: float, *question: object) -> bool:
        """Say whether something of this probability happens."""
        return self.of(*question).random() < probability


@dataclass(slots=True)
class SeededSalt:
    """Salts in a fixed order: for invented texts only, since anybody can work them out."""

    seed: int
    given: int = 0

    def __call__(self) -> bytes:
        """Return the next 16 bytes."""
        self.given += 1
        return sha256(f"{self.seed}:{self.given}".encode()).digest()[:16]
