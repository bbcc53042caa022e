"""The refusals of this package. Each carries a sentence id and its values; the edge puts them into words.

A refusal says what stood in the way and what can be done; nothing has been written when one is raised.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches


class PathwaysError(Exception):
    """Root of every refusal of this package: a sentence id and the values of its placeholders."""

    sentence = "error.unexpected"

    def __init__(self, **values: str | int) -> None:
        self.values: Mapping[str, str | int] = values
        super().__init__(f"{self.sentence} {dict(values)}")


class Unknown(PathwaysError):
    """A name that nothing answers to; the nearest known names are told."""

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        names = sorted(set(known))
        self.kind = kind
        self.nearest = tuple(get_close_matches(name, names, n=3, cutoff=0.5)) or tuple(names[:5])
        self.sentence = f"error.unknown_{kind}"
        super().__init__(name=name, nearest=", ".join(self.nearest))


class PersonHasLeft(Unknown):
    """Somebody was named who does not work here any more; who can be chosen instead is told by name."""

    def __init__(self, slug: str, person: str, instead: Iterable[str]) -> None:
        super().__init__("person", slug, ())
        names = ", ".join(instead)
        self.sentence = "error.person_has_left" if names else "error.person_has_left_nobody"
        self.values = {**self.values, "person": person, "instead": names}


class NotAllowed(PathwaysError):
    """The person holds no role that may do this; the roles that may are told."""

    sentence = "error.not_allowed"

    def __init__(self, action: str, roles: Iterable[str]) -> None:
        self.action = action
        self.roles = tuple(sorted(roles))
        super().__init__(action=action, roles=", ".join(self.roles))


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with what was handed in: where, and the sentence that says what was expected."""

    field: str
    sentence: str
    values: Mapping[str, str | int]


class InvalidOrder(PathwaysError):
    """What was handed in cannot be understood: every field with what was expected of it."""

    sentence = "error.invalid_order"

    def __init__(self, command: str, problems: Iterable[Problem]) -> None:
        self.command = command
        self.problems = tuple(problems)
        super().__init__(command=command, fields=", ".join(problem.field for problem in self.problems))


class Refused(PathwaysError):
    """A rule of the process stands in the way; `sentence` names the rule."""

    def __init__(self, sentence: str, **values: str | int) -> None:
        self.sentence = sentence
        super().__init__(**values)


class MeetingRefused(PathwaysError):
    """Rules of meetings stand in the way: all of them at once, each a sentence with what to do about it."""

    sentence = "error.meeting_refused"

    def __init__(self, reasons: Iterable[Problem]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(n=len(self.reasons))


class DocumentRefused(MeetingRefused):
    """A document is not ready for what was asked: all that is missing at once, each with what to do about it."""

    sentence = "error.document_refused"


class IntroductionChanged(PathwaysError):
    """Somebody changed the introduction after it was looked at: who, how and when."""

    sentence = "error.introduction_changed"


class AlreadyOpen(PathwaysError):
    """The region has an open introduction of this pathway already."""

    sentence = "error.already_open"


class ClockWentBack(PathwaysError):
    """The machine's clock stands before the newest event; nothing is decided until it is right again."""

    sentence = "error.clock_went_back"


class Busy(PathwaysError):
    """Another writer held the database for too long; trying again in a moment is the remedy."""

    sentence = "error.busy"


class Unwritable(PathwaysError):
    """Nothing can be written at the moment, and nothing was; what is there can still be read."""


class DiskFull(Unwritable):
    """The disk that the database lies on takes no more."""

    sentence = "error.disk_full"


class DatabaseReadOnly(Unwritable):
    """The database, or the folder it lies in, may only be read."""

    sentence = "error.database_read_only"


class Unstorable(PathwaysError):
    """A value that the database cannot keep: too large, too long, or a character that no text may hold."""

    sentence = "error.unstorable"


class DatabaseAbsent(PathwaysError):
    """There is no database at the address; `forlopp db upgrade` makes one."""

    sentence = "error.database_absent"


class DatabaseOlder(PathwaysError):
    """The database waits for `forlopp db upgrade`."""

    sentence = "error.database_older"


class DatabaseNewer(PathwaysError):
    """The database was written by a newer release than this one; nothing is touched."""

    sentence = "error.database_newer"


class DatabaseNotEmpty(PathwaysError):
    """There are rows in the database already; a backup replaces them only when that is asked for."""

    sentence = "error.database_not_empty"


class BackupExists(PathwaysError):
    """There is a file at the place already; it may be the only other backup, so it is left alone."""

    sentence = "error.backup_exists"


class BackupDamaged(PathwaysError):
    """The file is no backup, or was changed after it was made; `part` says where. Nothing is taken from it."""

    sentence = "error.backup_damaged"


class BackupNewer(PathwaysError):
    """The backup was made by a newer release than this one; nothing is touched."""

    sentence = "error.backup_newer"


class LinkUnknown(PathwaysError):
    """Nobody made this link, or the person it was made for has left."""

    sentence = "error.link_unknown"


class LinkExpired(PathwaysError):
    """The link was good for a time, and that time is over."""

    sentence = "error.link_expired"


class LinkUsed(PathwaysError):
    """The link works once, and it has been used."""

    sentence = "error.link_used"


class LoginRefused(PathwaysError):
    """The region's login service vouches for somebody whom Förlopp does not let in; `sentence` says why."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__()


class AdministratorPresent(PathwaysError):
    """An administrator has logged in before, and can let in others; a set-up link is for an empty house."""

    sentence = "error.administrator_present"


class EngineFault(PathwaysError):
    """The engine found its own promise broken; nothing has been written."""

    sentence = "error.engine_fault"
