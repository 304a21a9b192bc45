"""Passwords: hard to guess from what is kept, and no faster to check for a name that nobody has."""

from argon2 import extract_parameters
from argon2.low_level import Type

from screening.web.passwords import MOST_PASSWORD_CHARACTERS, hash_password, is_right


def test_what_is_kept_is_argon2id_at_least_as_hard_as_owasp_asks() -> None:
    parameters = extract_parameters(hash_password("a made-up pass phrase"))

    assert parameters.type is Type.ID
    assert parameters.memory_cost >= 19 * 1024
    assert parameters.time_cost >= 2


def test_only_the_right_password_is_right() -> None:
    kept = hash_password("a made-up pass phrase")

    assert is_right(kept, "a made-up pass phrase")
    assert not is_right(kept, "a made-up pass phrasE")
    assert not is_right(kept, "")


def test_the_same_password_is_kept_differently_each_time() -> None:
    assert hash_password("a made-up pass phrase") != hash_password("a made-up pass phrase")


def test_nobody_has_no_right_password_not_even_the_one_that_is_compared_with() -> None:
    assert not is_right(None, "nobody has this password")


def test_a_text_too_long_or_a_kept_value_that_is_no_hash_is_never_right() -> None:
    long = "x" * (MOST_PASSWORD_CHARACTERS + 1)

    assert not is_right(hash_password(long), long)
    assert not is_right("not a hash", "not a hash")
