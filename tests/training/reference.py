"""The reference population, made once for a run of tests."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from screening.rules.rulebook import default_text, load
from training.history.extract import open_extract
from training.history.rows import Rows, read_rows
from training.judging.evaluate import Need, from_truth
from training.population.folder import synthesise
from training.population.settings import SETTINGS_FOLDER, read_authority

CONTACTS = 4_000


@cache
def reference_rows() -> tuple[Rows, Need]:
    """The rows of `CONTACTS` contacts of the reference authority, and their need by the truth."""
    with TemporaryDirectory() as room:
        history = Path(room) / "history"
        authority = read_authority(SETTINGS_FOLDER / "reference.toml")
        synthesise(authority, seed=7, contacts=CONTACTS, out=history, replace=False, progress=lambda _: None)
        rows = read_rows(open_extract(history), load(default_text()))
        return rows, from_truth(rows, history / "truth.csv")
