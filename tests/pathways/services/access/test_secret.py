"""The secret that signs links is made once, for its owner alone, and a damaged one signs nothing."""

from pathlib import Path

import pytest

from pathways.bootstrap.secret import LENGTH, SecretUnusable, read_secret
from pathways.settings import Settings


@pytest.fixture(autouse=True)
def not_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORLOPP_SECRET")


def test_a_secret_is_made_at_the_first_use_and_stays(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home")
    made = read_secret(settings)
    assert len(made) == LENGTH
    assert read_secret(settings) == made
    assert read_secret(Settings(home=tmp_path / "other")) != made


def test_only_its_owner_may_read_it_and_nothing_else_is_left(tmp_path: Path) -> None:
    read_secret(Settings(home=tmp_path))
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o077 == 0


def test_of_two_that_make_one_at_once_the_first_stands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = read_secret(Settings(home=tmp_path))
    monkeypatch.setattr(Path, "exists", lambda _path: False)
    assert read_secret(Settings(home=tmp_path)) == first


def test_a_secret_that_was_given_is_the_same_on_every_machine(tmp_path: Path) -> None:
    given = "x" * 32
    one, other = (read_secret(Settings(home=tmp_path / name, secret=given)) for name in ("a", "b"))
    assert one == other
    assert given.encode() not in one
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("held", [b"", b"x" * (LENGTH - 1)])
def test_a_secret_that_was_cut_short_signs_nothing(tmp_path: Path, held: bytes) -> None:
    (tmp_path / "secret").write_bytes(held)
    with pytest.raises(SecretUnusable):
        read_secret(Settings(home=tmp_path))
