"""What a demo folder remembers between runs: passwords, a key, how far its dates were moved, whether it is full.

The folder is for trying out; its passwords lie in it as they are, readable by its owner alone.
"""

import json
import os
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from screening.config import DEMO_MARK

FILE = "demo.json"
DATABASE = "screening.db"


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
    """The state of the demo in `folder`; `None` where there is none yet."""
    file = folder / FILE
    return DemoState(**json.loads(file.read_text("utf-8"))) if file.is_file() else None


def write_state(folder: Path, state: DemoState) -> None:
    """Keep the state; whole or not at all."""
    beside = folder / f"{FILE}.new"
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(state), file, indent=1)
    beside.replace(folder / FILE)
