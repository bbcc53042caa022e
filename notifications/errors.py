"""The errors of this package: one root, and the refusals that more than one module raises."""


class NotificationsError(Exception):
    """Something went wrong on the way to a person."""


class MessageInvalid(NotificationsError):
    """The message is not one that can be stored: a required field is empty or of the wrong kind."""


class RenderError(NotificationsError):
    """The message cannot be put into words; trying again will not help."""


class MessageOutdated(NotificationsError):
    """What the message tells no longer holds; it is not sent, and nothing is wrong."""


class CatalogueMissing(RenderError):
    """The compiled texts of a language are not there."""


class NaiveInstant(NotificationsError):
    """An instant without a time zone was about to be stored."""
