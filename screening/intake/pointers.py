"""JSON pointers (RFC 6901) to places in what was sent.

A pointer is the only place where something a sender wrote may come back: the name of a field. It is cut and made
printable here, and nowhere else.
"""

from collections.abc import Iterable
from typing import Final

NAME_AT_MOST: Final = 64
"""Characters of one name that a pointer keeps."""

Path = tuple[str | int, ...]
"""Where something stands: the names and places on the way to it."""


def pointer_to(path: Iterable[str | int]) -> str:
    """The pointer for `path`; '' is the whole document. Names are cut at 64 characters and made printable."""
    return "".join(f"/{_token(part)}" for part in path)


def _token(part: str | int) -> str:
    if isinstance(part, int):
        return str(part)
    cut = part[:NAME_AT_MOST]
    shown = cut if cut.isprintable() else "".join(letter if letter.isprintable() else "\ufffd" for letter in cut)
    return shown.replace("~", "~0").replace("/", "~1")


def in_order(path: Path) -> tuple[tuple[int, str], ...]:
    """A key that sorts paths as a reader would: by name, and places in a list by number."""
    return tuple((part, "") if isinstance(part, int) else (-1, part) for part in path)
