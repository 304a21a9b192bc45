"""How long a population takes and how much memory, as it grows: time no faster than linearly, and little held at once.

Each population is made by the command itself, in a process of its own; its time is the processor's, so that a busy
machine does not count.
"""

import os
import sys
import tempfile
from pathlib import Path

from tests.bench.measure import Figure, say

SIZES = (20_000, 60_000, 200_000)
MEBIBYTE = 1024
COMMAND = "import sys; from training.cli import main; main(sys.argv[1:])"


def synthesise_figures() -> list[Figure]:
    """Processor time a contact of the largest population over that of the smallest, and the largest one's memory."""
    seconds, mebibytes = {}, {}
    with tempfile.TemporaryDirectory() as room:
        for size in SIZES:
            seconds[size], mebibytes[size] = _made(size, Path(room) / str(size))
            say(f"  {size} contacts: {seconds[size]:.1f} s of processor time, {mebibytes[size]:.0f} MiB at most")
    small, large = SIZES[0], SIZES[-1]
    growth = (seconds[large] / large) / (seconds[small] / small)
    return [
        Figure("synthesise, time a contact of 200,000 over that of 20,000", growth, 1.1, at_least=False),
        Figure("synthesise, peak memory of 200,000 contacts, MiB", mebibytes[large], 1_024, at_least=False),
    ]


def _made(contacts: int, out: Path) -> tuple[float, float]:
    """Seconds of processor time, and MiB of resident memory at most."""
    words = ["synthesise", "--contacts", str(contacts), "--seed", "7", "--out", str(out)]
    child = os.posix_spawn(sys.executable, [sys.executable, "-c", COMMAND, *words], os.environ)
    _, status, used = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status):
        raise RuntimeError(f"training synthesise of {contacts} contacts failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / MEBIBYTE
