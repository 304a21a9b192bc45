"""Reads the published vectors that lie in tests/vectors. Nothing else reads those files for this room."""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent.parent / "vectors"


def published(name: str) -> dict[str, Any]:
    """Return one file of vectors as parsed JSON (`Any`: the shape differs by file)."""
    loaded: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return loaded


def hashes(encoded: list[str] | None) -> list[bytes]:
    """Decode a proof as published: base64, or null for an empty one."""
    return [b64decode(text) for text in encoded or []]
