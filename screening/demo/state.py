"""What a demo folder holds, and what it remembers between runs: passwords, a key, how far its dates were moved.

The folder is for trying out; its passwords lie in it as they are, readable by its owner alone. It may hold other things
too, and a real service's database must never become a demo's: what no demo made is neither filled nor deleted.
"""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from screening.config import DEMO_MARK

FILE = "demo.json"
DATABASE = "screening.db"
CONTACT = "contact.json"
MADE = (f"{DATABASE}-journal", f"{DATABASE}-wal", f"{DATABASE}-shm", f"{DATABASE}.turn", DATABASE, CONTACT, FILE)
"""Every file of a demo; the one that tells it from other folders is last."""


class FolderRefused(ValueError):
    """The folder cannot be a demo's, and why."""


@dataclass(frozen=True, slots=True)
class DemoState:
    """One demo. `moved_days` is how far the borough's dates were moved when it was first taken in."""

    secret: str
    key: str
    passwords: dict[str, str]
    moved_days: int
    full: bool = False


def new_state(usernames: tuple[str, ...], moved_days: int) -> DemoState:
    """A fresh demo's state, with random passwords and key."""
    return DemoState(
        secret=DEMO_MARK + secrets.token_hex(32),
        key=f"key_{secrets.token_urlsafe(24)}",
        passwords={username: secrets.token_urlsafe(12) for username in usernames},
        moved_days=moved_days,
    )


def read_state(folder: Path) -> DemoState | None:
    """The state of the demo in `folder`; `None` where there is none yet. Raises `FolderRefused`."""
    if not (folder / FILE).is_file():
        if (folder / DATABASE).exists():
            raise FolderRefused(f"{folder / DATABASE} was made by no demo, so no made-up data goes into it")
        return None
    try:
        return DemoState(**json.loads((folder / FILE).read_text("utf-8")))
    except (TypeError, ValueError):
        raise FolderRefused(f"{folder / FILE} cannot be read; --fresh starts anew") from None


def write_state(folder: Path, state: DemoState) -> None:
    """Keep the state; whole or not at all."""
    beside = folder / f"{FILE}.new"
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(state), file, indent=1)
    beside.replace(folder / FILE)


def clear(folder: Path) -> None:
    """Delete what a demo made in `folder`, and nothing else."""
    if (folder / FILE).is_file():
        for name in MADE:
            (folder / name).unlink(missing_ok=True)
