"""Where the project's files are, for the tests that read them as text. Nothing here imports the project."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GENERATED = ("screening/web/static/govuk/", "screening/api/static/swagger/")


@cache
def kept_files() -> tuple[Path, ...]:
    """Every file that git keeps or would keep; outside a checkout, every file that is not made by a tool."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        names = [name for name in listed.stdout.split("\0") if name]
        return tuple(path for path in (ROOT / name for name in sorted(names)) if path.is_file())
    return tuple(sorted(path for path in ROOT.rglob("*") if path.is_file() and _is_ours(path)))


def kept_text(*suffixes: str) -> Iterator[tuple[Path, str]]:
    """Each kept text file with one of the suffixes (all of them where none is given), and what it says."""
    for path in kept_files():
        if suffixes and path.suffix not in suffixes:
            continue
        try:
            yield path, path.read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue


def modules(*rooms: str) -> Iterator[tuple[Path, ast.Module]]:
    """Each Python module of the rooms given ("screening/domain"), parsed."""
    for path, text in kept_text(".py"):
        if any(path.is_relative_to(ROOT / room) for room in rooms):
            yield path, ast.parse(text, filename=str(path))


def imported_names(module: ast.Module) -> Iterator[str]:
    """The dotted names that a module imports, wherever in it they stand."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module


def here(path: Path) -> str:
    """The path as people write it: from the project's root."""
    return path.relative_to(ROOT).as_posix()


def _is_ours(path: Path) -> bool:
    inside = path.relative_to(ROOT).as_posix()
    made_by_tools = inside.startswith((".", "build/", "dist/", *GENERATED)) or "__pycache__" in inside
    return not made_by_tools or inside.startswith(".ci/")
