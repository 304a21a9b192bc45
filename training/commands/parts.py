"""What the commands share: their common arguments, what wrong input is answered with, and progress while reading.

Nothing is fitted or judged here.
"""

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import ParamSpec

import click

from screening.domain.errors import ModelRefused, RulebookRefused
from screening.rules.rulebook import Rulebook, default_text, load
from training.fitting.fit import CannotFit
from training.fitting.scorecard_export import NotEqual
from training.fitting.settings import FitSettingsRefused
from training.fitting.work import WorkRefused
from training.history.extract import Extract, ExtractRefused
from training.history.rows import Rows, read_rows
from training.population.settings import SettingsRefused
from training.whole_folder import FolderTaken

HISTORY = click.argument("history", type=click.Path(exists=True, file_okay=False, path_type=Path))
RULEBOOK = click.option(
    "--rulebook",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Instead of the shipped.",
)
TRUTH = click.option("--truth", is_flag=True, help="Judge by truth.csv, which only a made-up history has.")

_Arguments = ParamSpec("_Arguments")


def wrong_input(command: Callable[_Arguments, None]) -> Callable[_Arguments, None]:
    """Tell what is wrong with a history, a model or settings in words, with exit 2."""

    @functools.wraps(command)
    def told_once(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except (ExtractRefused, FitSettingsRefused, RulebookRefused, SettingsRefused) as refused:
            raise click.UsageError("\n  ".join(("it cannot be used:", *refused.faults))) from refused
        except (CannotFit, FolderTaken, ModelRefused, NotEqual, WorkRefused) as refused:
            raise click.UsageError(str(refused)) from refused

    return told_once


def rows_of(extract: Extract, rules: Rulebook) -> Rows:
    """The rows of a history, with a bar on standard error."""
    with click.progressbar(length=len(extract.decisions), label="reading contacts", file=sys.stderr) as bar:
        return read_rows(extract, rules, bar.update)


def rulebook_in(path: Path | None) -> Rulebook:
    """The rulebook in a file; without one, the shipped."""
    return load(path.read_bytes() if path else default_text())
