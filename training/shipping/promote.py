"""Putting a version in use: checked again, approved by two people, and written in one step; what was before is kept.

models/current.toml names the version, and lists every promotion with who approved it, when, and the digests of what
they had before them:

    version = "2026-12-a"

    [[promoted]]
    version = "2026-12-a"
    on = 2026-12-01
    approved_by = ["A. Worker", "B. Manager"]
    manifest_sha256 = "..."
    evaluation_sha256 = "..."
    before = "2026-11-a"

The checks are the service's own (`screening.triage.model`), and beyond them: every file has the digest that the
manifest names, the model was fitted under this rulebook, and it was judged as a whole. Nothing is written where one
fails.
"""

import hashlib
import json
import re
import tomllib
import unicodedata
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from screening.domain.errors import ModelRefused
from screening.rules.rulebook import Rulebook
from screening.triage.model import Model, load_version
from training.judging.evaluation_file import EVALUATION, read_figures
from training.whole_folder import write_whole

CURRENT = "current.toml"
APPROVALS = 2

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
"""What the service takes for a version; a test holds the two against each other."""


class NotApproved(ValueError):
    """Fewer than two different people approved."""


def promote(models: Path, version: str, approved_by: Sequence[str], rulebook: Rulebook, *, on: date) -> str:
    """Make `version`, a folder in `models`, the one in use; the version that was before it, empty where there was none.

    Raises NotApproved and ModelRefused; then nothing is written.
    """
    names = _two_people(approved_by)
    if not _NAME.fullmatch(version):
        raise ModelRefused(f"{version} is no name of a version that the service would take")
    model = load_version(models / version)
    _check(model, models / version, rulebook)
    before, history = _history(models / CURRENT)
    entry = {
        "version": version,
        "on": on,
        "approved_by": names,
        "manifest_sha256": model.digest,
        "evaluation_sha256": _sha256(models / version / EVALUATION),
        "before": before,
    }
    write_whole(models / CURRENT, _as_toml(version, [*history, entry]).encode())
    return before


def _two_people(approved_by: Sequence[str]) -> list[str]:
    names = [" ".join(name.split()) for name in approved_by]
    different = {unicodedata.normalize("NFKC", name).casefold() for name in names if name}
    if len(different) < APPROVALS or not all(name.isprintable() for name in names):
        raise NotApproved("two different people must approve: give --approved-by twice, each time with another name")
    return names


def _check(model: Model, folder: Path, rulebook: Rulebook) -> None:
    files = model.manifest.get("files")
    for name, digest in files.items() if isinstance(files, dict) else ():
        if _sha256(folder / str(name)) != digest:
            raise ModelRefused(f"{name} is not the file that the manifest names: its digest differs")
    if model.manifest.get("rulebook_sha256") != rulebook.digest:
        raise ModelRefused(
            "its promise was reckoned under another rulebook than the one in use; fit it again under this one"
        )
    if read_figures(folder / EVALUATION)["model"]["manifest_sha256"] != model.digest:
        raise ModelRefused(f"{EVALUATION} is that of another model; run `training evaluate HISTORY MODEL` again")


def _history(current: Path) -> tuple[str, list[dict[str, object]]]:
    """The version in use, and every promotion before. One that was put there without a promotion is kept as such."""
    try:
        written = tomllib.loads(current.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return "", []
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise ModelRefused(f"{CURRENT} cannot be read ({type(fault).__name__}); put it right first") from fault
    return str(written.get("version", "")), list(written.get("promoted", []))


def _as_toml(version: str, promoted: Sequence[dict[str, object]]) -> str:
    lines = [
        "# The model in use: a folder beside this file. Written by `training promote`.",
        f"version = {_value(version)}",
    ]
    for entry in promoted:
        lines += ["", "[[promoted]]", *(f"{name} = {_value(value)}" for name, value in entry.items())]
    return "\n".join(lines) + "\n"


def _value(value: object) -> str:
    """A text, a list of texts or a day as TOML has it. Strings of JSON are strings of TOML where all is printable."""
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False)


def _sha256(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as fault:
        raise ModelRefused(f"{path.name} cannot be read ({type(fault).__name__})") from fault
