"""A durable audited POST against the floor and against the obvious build, all under the same gunicorn on SQLite."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from screening.config import THREADS, WORKERS
from tests.bench import floor, obvious
from tests.bench.measure import Figure, in_turns, median_ratio
from tests.serving import a_free_port, a_running_service, prepare

ROUNDS = 7
SECONDS = 4.0


@contextmanager
def _peer(factory: str) -> Iterator[int]:
    """A peer's app under gunicorn with the service's worker kind and counts; gives the port."""
    port = a_free_port()
    command = [
        str(Path(sys.executable).parent / "gunicorn"), "--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS),
        "--threads", str(THREADS), "--worker-class", "gthread", "--no-control-socket", "--log-level", "warning", factory,
    ]  # fmt: skip
    process = subprocess.Popen(command, env=os.environ | {"OMP_NUM_THREADS": "1"})
    try:
        time.sleep(8)
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _rate(port: int, numbers: Iterator[int]) -> Callable[[], float]:
    def run() -> float:
        command = [sys.executable, "-m", "tests.bench.load", str(port), str(next(numbers)), str(SECONDS)]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        rate, wrong = said.split()
        if int(wrong):
            raise RuntimeError(f"{wrong} answers were not 201")
        return float(rate)

    return run


def post_figures() -> list[Figure]:
    """Requests a second of the three builds, in turns."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        ours = f"sqlite:///{folder}/ours.db"
        prepare(ours)
        floor.make_table(f"{folder}/floor.db")
        obvious.make_tables(f"sqlite:///{folder}/obvious.db")
        service = running.enter_context(a_running_service(ours, workers=WORKERS, SCREENING_THREADS=str(THREADS)))
        bare = running.enter_context(_peer(f"tests.bench.floor:floor_app('{folder}/floor.db')"))
        plain = running.enter_context(_peer(f"tests.bench.obvious:obvious_app('sqlite:///{folder}/obvious.db')"))
        numbers = iter(range(0, 100_000_000, 100_000))
        rates = in_turns(
            {
                "floor": _rate(bare, numbers),
                "service": _rate(service.port, numbers),
                "obvious build": _rate(plain, numbers),
            },
            ROUNDS,
        )
    return [
        Figure("durable audited POST over the floor", median_ratio(rates["service"], rates["floor"]), 0.5),
        Figure(
            "durable audited POST over the obvious build", median_ratio(rates["service"], rates["obvious build"]), 6
        ),
    ]
