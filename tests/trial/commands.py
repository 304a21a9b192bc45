"""Commands run in processes of their own: what they print, and what they took of processor and memory."""

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

MEBIBYTE = 1024
TRAINING = ("-c", "import sys; from training.cli import main; main(sys.argv[1:])")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of processor time, and MiB of resident memory at most."""

    seconds: float
    mebibytes: float


class CommandFailed(Exception):
    """A command ended with another code than 0; the text is the end of what it said on standard error."""


def training(*words: str | Path) -> Spent:
    """Run `training` with these words. Raises CommandFailed."""
    return _run(*TRAINING, *map(str, words))[1]


def printed(module: str, *words: str | Path) -> str:
    """What a module, run as a program, prints. Raises CommandFailed."""
    return _run("-m", module, *map(str, words))[0]


def _run(*words: str) -> tuple[str, Spent]:
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        child = subprocess.Popen([sys.executable, *words], stdout=out, stderr=err)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if child.returncode:
            raise CommandFailed(f"{' '.join(words[-4:])}: exit {child.returncode}\n{err.read()[-2_000:]}")
        return out.read(), Spent(used.ru_utime + used.ru_stime, used.ru_maxrss / MEBIBYTE)
