"""Fits are done once: the same result however they are spread, and what a killed fit had done is taken up again."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from distributed import LocalCluster
from sklearn.ensemble import HistGradientBoostingClassifier

from tests.training.drawn_rows import SMALL_FIT, drawn_rows
from training.fitting.fit import fit, fit_once
from training.fitting.packed import packed
from training.fitting.scorecard_export import scorecard_json
from training.fitting.settings import Trees
from training.fitting.work import Task, WorkRefused, Workshop, result
from training.history.rows import Floats


def total_and_note(values: Floats, note: Path, seed: int) -> float:
    """A task that says that it was done."""
    with note.open("a", encoding="utf-8") as file:
        file.write(f"{seed}\n")
    return float(values.sum()) + seed


def a_slow_task(place: Path, number: int) -> int:
    """A task that takes a while, so that a test can kill it in the middle."""
    (place / f"begun-{number}").touch()
    time.sleep(0.4)
    return number


@contextmanager
def local_cluster() -> Iterator[str]:
    with LocalCluster(  # type: ignore[no-untyped-call]  # it has no types
        n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        yield str(cluster.scheduler_address)


def test_what_was_kept_is_not_done_again(tmp_path: Path) -> None:
    note, kept = tmp_path / "note", tmp_path / "kept"
    values = np.arange(5.0)
    two = [Task(total_and_note, (values, note, seed)) for seed in (1, 2)]
    Workshop(kept=kept).do(two)
    told: list[int] = []

    three = Workshop(kept=kept).do([*two, Task(total_and_note, (values, note, 3))], told.append)

    assert [result(content) for content in three] == [11.0, 12.0, 13.0]
    assert note.read_text(encoding="utf-8") == "1\n2\n3\n"
    assert told == [2, 1]


def test_anything_that_a_result_depends_on_changes_its_digest() -> None:
    trees = Trees(40, 10, 0.2, 3, 20, 0.5, 1.0)
    same = Task(fit_once, (np.zeros((2, 3)), trees, 1)).digest()

    assert Task(fit_once, (np.zeros((2, 3)), trees, 1)).digest() == same
    assert Task(fit_once, (np.zeros((3, 2)), trees, 1)).digest() != same
    assert Task(fit_once, (np.zeros((2, 3), dtype=np.float32), trees, 1)).digest() != same
    assert Task(fit_once, (np.zeros((2, 3)), replace(trees, leaves=2), 1)).digest() != same
    assert Task(fit_once, (np.zeros((2, 3)), trees, 2)).digest() != same
    assert Task(packed, (np.zeros((2, 3)), trees, 1)).digest() != same


def test_a_kept_result_that_was_altered_is_done_again(tmp_path: Path) -> None:
    note, kept = tmp_path / "note", tmp_path / "kept"
    task = Task(total_and_note, (np.arange(5.0), note, 1))
    Workshop(kept=kept).do([task])
    (file,) = kept.iterdir()
    file.write_bytes(file.read_bytes()[:-1] + b"?")

    (again,) = Workshop(kept=kept).do([task])

    assert result(again) == 11.0
    assert note.read_text(encoding="utf-8") == "1\n1\n"


def test_a_folder_that_others_may_write_to_is_not_opened(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    kept.chmod(0o777)

    with pytest.raises(WorkRefused, match="others may write"):
        Workshop(kept=kept).do([Task(total_and_note, (np.arange(5.0), tmp_path / "note", 1))])


def test_finished_work_is_forgotten(tmp_path: Path) -> None:
    work = Workshop(kept=tmp_path / "kept")
    work.do([Task(total_and_note, (np.arange(5.0), tmp_path / "note", 1))])
    assert (tmp_path / "kept").exists()

    work.clear()

    assert not (tmp_path / "kept").exists()


def test_a_killed_run_goes_on_where_it_was(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    script = (
        "from pathlib import Path\n"
        "from tests.training.fitting.test_fit_work import a_slow_task\n"
        "from training.fitting.work import Task, Workshop\n"
        f"place = Path({str(tmp_path)!r})\n"
        "Workshop(kept=place / 'kept').do([Task(a_slow_task, (place, n)) for n in range(30)])\n"
    )
    running = subprocess.Popen([sys.executable, "-c", script], cwd=Path(__file__).parents[3])
    while not (tmp_path / "begun-3").exists():
        assert running.poll() is None
        time.sleep(0.02)
    running.kill()
    running.wait()
    before = {path.name for path in kept.iterdir() if re.fullmatch(r"[0-9a-f]{64}", path.name)}
    told: list[int] = []

    done = Workshop(kept=kept).do([Task(a_slow_task, (tmp_path, n)) for n in range(5)], told.append)

    assert len(before) >= 3
    assert told[0] == len(before)
    assert [result(content) for content in done] == [0, 1, 2, 3, 4]


def test_a_fit_has_the_same_bytes_whichever_of_its_words_are_one_in_memory() -> None:
    rows = np.random.default_rng(1).normal(size=(200, 3))
    fitted = HistGradientBoostingClassifier(max_iter=3, random_state=1).fit(rows, np.arange(200) % 2)
    as_it_came = packed(fitted)
    fitted.scoring = str(b"loss", "ascii")

    assert fitted.scoring is not HistGradientBoostingClassifier().scoring
    assert packed(fitted) == as_it_came


@pytest.mark.slow
def test_two_workers_and_a_cluster_give_the_bytes_that_one_gives(tmp_path: Path) -> None:
    rows = drawn_rows(900)
    tasks = [
        Task(
            fit_once,
            (rows.as_known.X, fit(rows, SMALL_FIT).assessment.known, rows.families % 3, left, SMALL_FIT.trees, 1),
        )
        for left in (None, 0)
    ]
    alone = Workshop().do(tasks)

    with local_cluster() as address:
        assert Workshop(scheduler=address, kept=tmp_path / "kept").do(tasks) == alone
    assert Workshop(jobs=2).do(tasks) == alone


@pytest.mark.slow
def test_two_workers_give_the_scorecard_that_one_gives() -> None:
    rows = drawn_rows(900)

    one, two = (scorecard_json(fit(rows, SMALL_FIT, jobs=jobs), rows.as_known.X) for jobs in (1, 2))

    assert one == two


def test_a_scheduler_that_does_not_answer_is_told_in_words() -> None:
    with pytest.raises(WorkRefused, match=r"no Dask scheduler answers at tcp://127\.0\.0\.1:9"):
        Workshop(scheduler="tcp://127.0.0.1:9").do([Task(a_slow_task, (Path(), 1))])


@pytest.mark.parametrize("address", ["nowhere://here", "nowhere", "tcp://", "tcp://host:port", "tcp://none.invalid:1"])
def test_what_is_no_address_of_a_scheduler_is_told_before_the_work(address: str) -> None:
    with pytest.raises(WorkRefused, match="no Dask scheduler can be at"):
        Workshop(scheduler=address)
