"""Putting a version in use: checked again, approved by two people, and written in one step; what was before is kept.

models/current.toml names the version, and lists every promotion with who approved it, when, what they knowingly let
pass, and the digests of what they had before them:

    version = "2026-12-a"

    [[promoted]]
    version = "2026-12-a"
    on = 2026-12-01
    approved_by = ["A. Worker", "B. Manager"]
    waived = []
    manifest_sha256 = "..."
    evaluation_sha256 = "..."
    report_sha256 = "..."
    model_card_sha256 = "..."
    before = "2026-11-a"

The checks are the service's own (`screening.triage.model`), and beyond them: every file has the digest that the
manifest names, the model was fitted under this rulebook, it was judged as a whole, and the report and the card in its
folder are those of that evaluation. A model fitted on made-up data, or with a laxer promise than the shipped settings
ask for, is put in use only where that is waived by name. Nothing is written where one check fails.

From the first promotion on the service loads no other manifest than the last one approved for the version in use.
"""

import hashlib
import json
import tomllib
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path

from screening.domain.errors import ModelRefused
from screening.rules.rulebook import Rulebook
from screening.triage.model import Model, load_version
from training.fitting.settings import Promise
from training.judging.evaluation_file import EVALUATION, Figures, read_figures
from training.shipping.folder import refuse_name
from training.whole_folder import write_whole

CURRENT = "current.toml"
APPROVALS = 2
REPORT = "report.html"
CARD = "model_card.md"

ToRead = Callable[[Figures], Mapping[str, str]]
"""What people read of an evaluation: the text that REPORT and CARD must have, by name."""


class NotApproved(ValueError):
    """Fewer than two different people approved."""


class Waiver(StrEnum):
    """What two people may knowingly let pass, by the name of its option."""

    MADE_UP = "made-up"
    LAXER_PROMISE = "laxer-promise"


def promote(
    models: Path,
    version: str,
    approved_by: Sequence[str],
    rulebook: Rulebook,
    *,
    on: date,
    asked: Promise,
    to_read: ToRead,
    waived: Collection[Waiver] = (),
) -> str:
    """Make `version`, a folder in `models`, the one in use; the version that was before it, empty where there was none.

    `asked` is the promise that a model has to keep; `waived` is let pass, and each must be there to be let pass.
    Raises NotApproved and ModelRefused; then nothing is written.
    """
    names = _two_people(approved_by)
    refuse_name(version)
    folder = models / version
    if not folder.is_dir():
        raise ModelRefused(f"there is no version {version} in {models.name}; say with --models where it lies")
    model = load_version(folder).under(rulebook.digest)
    _check_files(model, folder)
    let_pass = _let_pass(model, asked, waived)
    seen = _what_was_read(model, folder, to_read)
    before, history = _history(models / CURRENT)
    entry = {
        "version": version,
        "on": on,
        "approved_by": names,
        "waived": let_pass,
        "manifest_sha256": model.digest,
        **seen,
        "before": before,
    }
    write_whole(models / CURRENT, _as_toml(version, [*history, entry]).encode())
    return before


def _two_people(approved_by: Sequence[str]) -> list[str]:
    """The names, each person once. A full stop, a capital or an accent makes nobody another person."""
    names = [" ".join(name.split()) for name in approved_by]
    people: dict[tuple[str, ...], str] = {}
    for name in names:
        people.setdefault(_letters(name), name)
    if len(people) < APPROVALS or () in people or not all(name.isprintable() for name in names):
        raise NotApproved("two different people must approve: give --approved-by twice, each time with another name")
    return list(people.values())


def _letters(name: str) -> tuple[str, ...]:
    """The letters alone, without case and without what stands over, under or through them."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    letters = [sign for sign in plain if unicodedata.category(sign) in {"Lu", "Ll", "Lt", "Lo"}]
    # Unicode's own names tell the letter from what it is written with: LATIN SMALL LETTER O WITH STROKE.
    return tuple(unicodedata.name(sign, sign).partition(" WITH ")[0] for sign in letters)


def _check_files(model: Model, folder: Path) -> None:
    files = model.manifest.get("files")
    for name, digest in files.items() if isinstance(files, dict) else ():
        if _sha256(folder / str(name)) != digest:
            raise ModelRefused(f"{name} is not the file that the manifest names: its digest differs")


def _let_pass(model: Model, asked: Promise, waived: Collection[Waiver]) -> list[str]:
    """What is let pass, in words. Raises ModelRefused where something is not waived, or is waived and not there."""
    found = {}
    if model.manifest.get("made_up_data") is not False:
        found[Waiver.MADE_UP] = "fitted on made-up data, which says nothing about real families"
    at_most, confidence = _promised(model)
    if at_most > asked.at_most or confidence < asked.confidence:
        found[Waiver.LAXER_PROMISE] = (
            f"promises that at most {at_most:.1%} are missed, with {confidence:.0%} confidence; "
            f"asked for are {asked.at_most:.1%} with {asked.confidence:.0%}"
        )
    for what, words in found.items():
        if what not in waived:
            raise ModelRefused(f"it was not put in use: {words}; if both who approve know that, say --{what}")
    for what in waived:
        if what not in found:
            raise ModelRefused(f"there is nothing for --{what} to waive; leave it out")
    return [f"{what}: {words}" for what, words in found.items()]


def _promised(model: Model) -> tuple[float, float]:
    promise = model.manifest.get("promise")
    said = [promise.get(name) if isinstance(promise, dict) else None for name in ("at_most", "confidence")]
    numbers = [float(one) for one in said if isinstance(one, int | float)]
    # Asked this way round, since NaN lies in no range.
    if len(numbers) < len(said) or not all(0.0 < one <= 1.0 for one in numbers):
        raise ModelRefused("its manifest says no promise that could be held against the one asked for")
    return numbers[0], numbers[1]


def _what_was_read(model: Model, folder: Path, to_read: ToRead) -> dict[str, str]:
    """The digests of the evaluation and of what people read of it. Raises ModelRefused where one is of another."""
    figures = read_figures(folder / EVALUATION)
    if figures["model"]["manifest_sha256"] != model.digest:
        raise ModelRefused(f"{EVALUATION} is that of another model; run `training evaluate HISTORY MODEL` again")
    texts = to_read(figures)
    for name in (REPORT, CARD):
        if _read(folder / name) != texts[name].encode():
            raise ModelRefused(
                f"{name} is not what `training report MODEL` writes of {EVALUATION}; run it again, and read it again"
            )
    named = {"evaluation_sha256": EVALUATION, "report_sha256": REPORT, "model_card_sha256": CARD}
    return {name: _sha256(folder / file) for name, file in named.items()}


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
    return hashlib.sha256(_read(path)).hexdigest()


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise ModelRefused(f"{path.name} cannot be read ({type(fault).__name__})") from fault
