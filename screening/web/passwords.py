"""Passwords: hashed with Argon2id, checked in the same time whether or not the name is known."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LEAST_PASSWORD_CHARACTERS = 12
MOST_PASSWORD_CHARACTERS = 256
"""Hashing is work on purpose; a longer text would be a way to make us do more of it."""

# OWASP Password Storage Cheat Sheet, Argon2id: at least 19 MiB, two passes, one lane.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_OF_NOBODY = _HASHER.hash("nobody has this password")


def hash_password(password: str) -> str:
    """A password as it is kept."""
    return _HASHER.hash(password)


def is_right(kept: str | None, password: str) -> bool:
    """Whether `password` is the one kept; `None` (no such account) takes as long and is never right."""
    if len(password) > MOST_PASSWORD_CHARACTERS:
        return False
    try:
        _HASHER.verify(_OF_NOBODY if kept is None else kept, password)
    except (VerificationError, InvalidHashError):
        return False
    return kept is not None
