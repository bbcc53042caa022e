"""Builds the app and the post once per process; what they consist of is decided in `pathways.bootstrap`."""

from functools import cache

from notifications.delivery import Post
from pathways.bootstrap import App, build_app
from pathways.bootstrap.delivery import build_post


@cache
def app() -> App:
    """The object graph of this process, from the settings in the environment."""
    return build_app()


@cache
def post() -> Post:
    """Renderer, channels and address book of this process."""
    return build_post(app())
