"""Secrets that people carry survive mail programs, and one signature serves one purpose."""

import pytest

from pathways.services.access.token import Purpose, digest_of, encode, find_bytes, new_token, sign


@pytest.mark.parametrize("size", range(1, 70))
def test_what_is_written_is_read(size: int) -> None:
    data = bytes(range(size))
    assert find_bytes(encode(data)) == data


def test_a_token_is_lower_case_letters_and_digits() -> None:
    token = new_token()
    assert len(token) == 52
    assert token.isalnum()
    assert token == token.lower()


def test_no_two_tokens_are_alike() -> None:
    assert len({new_token() for _ in range(100)}) == 100


@pytest.mark.parametrize("text", ["", "1", "åäö", "abc", "AA", "ab=", "ab cd", "a" * 7 + "!"])
def test_what_was_never_written_is_not_read(text: str) -> None:
    assert not find_bytes(text)


def test_there_is_one_way_to_write_each_token() -> None:
    """Letters' case, and the bits that the last letter has to spare, would make a used link look new."""
    token = encode(b"\x00" * 32)
    assert [find_bytes(token[:-1] + last) for last in "bcd"] == [None] * 3
    assert find_bytes(token.upper()) is None


def test_a_signature_serves_one_purpose_and_one_secret() -> None:
    made = {sign(secret, purpose, b"data") for secret in (b"one", b"two") for purpose in Purpose}
    assert len(made) == 2 * len(Purpose)


def test_a_digest_does_not_hold_its_token() -> None:
    token = new_token()
    assert token not in digest_of(token)
    assert len(digest_of(token)) == 64
