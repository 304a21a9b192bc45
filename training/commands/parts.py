"""What the commands share: their common arguments, what wrong input is answered with, and progress while reading.

Nothing is fitted or judged here.
"""

import functools
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ParamSpec

import click

from screening.domain.errors import ModelRefused, RulebookRefused
from screening.rules.rulebook import Rulebook, default_text, load
from training.fitting.fit import CannotFit
from training.fitting.scorecard_export import NotEqual
from training.fitting.settings import SHIPPED, FitSettingsRefused
from training.fitting.work import WorkRefused, Workshop
from training.history.extract import Extract, ExtractRefused
from training.history.rows import Rows, read_rows
from training.population.settings import SETTINGS_FOLDER, SettingsRefused
from training.whole_folder import CannotWrite, FolderTaken, why

HISTORY = click.argument("history", type=click.Path(exists=True, file_okay=False, path_type=Path))
RULEBOOK = click.option(
    "--rulebook",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Instead of the shipped.",
)
SETTINGS = click.option(
    "--settings",
    "settings_path",
    default=SHIPPED,
    show_default="fitting.toml",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="How to fit, and the promise about misses.",
)
AUTHORITY = click.option(
    "--settings",
    "settings_path",
    default=SETTINGS_FOLDER / "reference.toml",
    show_default="reference.toml",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What the made-up authority is like.",
)
TRUTH = click.option("--truth", is_flag=True, help="Judge by truth.csv, which only a made-up history has.")

_Arguments = ParamSpec("_Arguments")


def wrong_input(command: Callable[_Arguments, None]) -> Callable[_Arguments, None]:
    """Tell what is wrong with a history, a model, settings or a place in words, with exit 2."""

    @functools.wraps(command)
    def told_once(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except (ExtractRefused, FitSettingsRefused, RulebookRefused, SettingsRefused) as refused:
            raise click.UsageError("\n  ".join(("it cannot be used:", *refused.faults))) from refused
        except (CannotFit, CannotWrite, FolderTaken, ModelRefused, NotEqual, WorkRefused) as refused:
            raise click.UsageError(str(refused)) from refused
        except BrokenPipeError:
            raise
        except OSError as fault:
            raise click.UsageError(_of_a_file(fault)) from fault

    return told_once


def _of_a_file(fault: OSError) -> str:
    """Which file the system refuses, and why; whatever knows more of it has told it before."""
    return f"cannot read or write {fault.filename}: {why(fault)}" if fault.filename else f"cannot go on: {why(fault)}"


@contextmanager
def kept_until_done(work: Workshop, kept: Path) -> Iterator[None]:
    """Forget what `work` kept in the folder `kept` once it is finished, or where it can never be.

    Where it was stopped, or the disk is full, what was done stays, and the same command goes on from there.
    """
    try:
        yield
    except (CannotFit, NotEqual):
        work.clear()
        raise
    except BaseException:
        if kept.is_dir() and not any(kept.iterdir()):
            kept.rmdir()
        raise
    work.clear()


def rows_of(extract: Extract, rules: Rulebook) -> Rows:
    """The rows of a history, with a bar on standard error."""
    with click.progressbar(length=len(extract.decisions), label="reading contacts", file=sys.stderr) as bar:
        return read_rows(extract, rules, bar.update)


def rulebook_in(path: Path | None) -> Rulebook:
    """The rulebook in a file; without one, the shipped."""
    return load(path.read_bytes() if path else default_text())
