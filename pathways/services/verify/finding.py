"""What a check found: where, and the sentence that says what is wrong."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """One promise found broken. `introduction` is the slug, or empty where the finding is about something else."""

    introduction: str
    sentence: str
    values: dict[str, str | int] = field(default_factory=dict)
