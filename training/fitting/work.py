"""Fits, each done once: several at a time, in processes of this machine or on a Dask cluster, each kept when done.

A task is a function and what it depends on. Its digest is taken over all of that, the code and the libraries included,
so that what was kept is taken up again only where it would come out the same. A fit that was killed goes on from there.
Every worker has one thread: two workers with two threads each are slower than with one, and one gives the same bytes.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Any

import joblib
import numpy as np
from threadpoolctl import threadpool_limits

from training.fitting.packed import digest_of, opened, packed
from training.whole_folder import write_whole

BORROWED = ("domain", "intake", "matching", "rules", "triage")
LIBRARIES = ("numpy", "scikit-learn", "scipy", "joblib")
OTHERS_MAY_WRITE = 0o022


class WorkRefused(ValueError):
    """The work cannot be spread or kept as asked; the message says why."""


@dataclass(frozen=True, slots=True)
class Task:
    """`function(*arguments)`, in whatever process it is sent to. Arguments are arrays, plain values and dataclasses."""

    function: Callable[..., object]
    arguments: tuple[object, ...]

    def digest(self) -> str:
        """SHA-256 in hex over everything that the result depends on."""
        whole = hashlib.sha256(f"{code_digest()}/{self.function.__module__}.{self.function.__qualname__}".encode())
        for argument in self.arguments:
            _add(whole, argument)
        return whole.hexdigest()


class Workshop:
    """Where fits are done. Without `kept` nothing is kept; with a `scheduler` the cluster's workers do them.

    Raises WorkRefused where `scheduler` is no address, before anything is done.
    """

    def __init__(self, *, jobs: int = 1, scheduler: str | None = None, kept: Path | None = None) -> None:
        if scheduler is not None:
            _refuse_address(scheduler)
        self._jobs = jobs
        self._scheduler = scheduler
        self._kept = _Kept(kept) if kept else None

    def do(self, tasks: Sequence[Task], progress: Callable[[int], object] = lambda _: None) -> list[bytes]:
        """The packed result of each task, in their order. `progress` is told how many more are done.

        Raises WorkRefused where the cluster is not to be had, and whatever a task raises.
        """
        digests = [task.digest() for task in tasks]
        done = {digest: content for digest in digests if self._kept and (content := self._kept.get(digest))}
        progress(sum(digest in done for digest in digests))
        open_still = {digest: task for digest, task in zip(digests, tasks, strict=True) if digest not in done}
        with self._spread():
            run = joblib.Parallel(n_jobs=-1 if self._scheduler else self._jobs, return_as="generator_unordered")
            for digest, content in run(joblib.delayed(_do)(digest, task) for digest, task in open_still.items()):
                if self._kept:
                    self._kept.put(digest, content)
                done[digest] = content
                progress(digests.count(digest))
        return [done[digest] for digest in digests]

    def clear(self) -> None:
        """Forget what was kept: the work is finished."""
        if self._kept:
            shutil.rmtree(self._kept.folder, ignore_errors=True)

    def _spread(self) -> AbstractContextManager[Any]:
        if self._scheduler is None:
            return nullcontext()
        try:
            cluster: AbstractContextManager[Any] = joblib.parallel_config(
                backend="dask", scheduler_host=self._scheduler
            )
        except OSError as fault:
            raise WorkRefused(f"no Dask scheduler answers at {self._scheduler}") from fault
        return cluster


def _refuse_address(scheduler: str) -> None:
    """A client of a wrong address would wait a minute for itself when it goes, so none is begun."""
    try:
        import_module("distributed.comm").resolve_address(scheduler)
    except ImportError as fault:
        raise WorkRefused("--scheduler needs Dask: install this package with its extra `scale`") from fault
    except (ValueError, OSError) as fault:
        raise WorkRefused(f"no Dask scheduler can be at {scheduler}; write it as tcp://host:8786") from fault


def result(content: bytes) -> Any:
    """What a task gave, from the bytes that `Workshop.do` just gave."""
    return opened(content, digest_of(content), "a fit")


def _do(digest: str, task: Task) -> tuple[str, bytes]:
    with threadpool_limits(limits=1):
        return digest, packed(task.function(*task.arguments))


class _Kept:
    """Results by digest, one file each: the SHA-256 of its bytes, a line's end, the bytes. Only its owner may write."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, digest: str) -> bytes | None:
        """What was kept; `None` where nothing whole is. Raises WorkRefused where others may have put it there."""
        if not self.folder.exists():
            return None
        found = self.folder.stat()
        if found.st_uid != os.getuid() or found.st_mode & OTHERS_MAY_WRITE:
            raise WorkRefused(f"others may write to {self.folder.name}, where fits are kept; take it away")
        try:
            known, _, content = (self.folder / digest).read_bytes().partition(b"\n")
        except OSError:
            return None
        return content if digest_of(content).encode() == known else None

    def put(self, digest: str, content: bytes) -> None:
        """Keep a result, whole or not at all."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(self.folder / digest, digest_of(content).encode() + b"\n" + content)


@cache
def code_digest() -> str:
    """SHA-256 in hex over the code, rules and settings that a result comes from, and the libraries."""
    training = Path(__file__).parents[1]
    rooms = [training, *(training.parent / "screening" / room for room in BORROWED)]
    whole = hashlib.sha256("".join(f"{name} {version(name)}\n" for name in LIBRARIES).encode())
    for path in sorted(path for room in rooms for kind in ("*.py", "*.toml") for path in room.rglob(kind)):
        whole.update(path.read_bytes())
    return whole.hexdigest()


def _add(whole: "hashlib._Hash", part: object) -> None:
    """Add a value to a digest, its kind and size first, so that no two values read alike."""
    if isinstance(part, np.ndarray):
        whole.update(f"{part.dtype.str}{part.shape}".encode())
        whole.update(np.ascontiguousarray(part).data)
    elif is_dataclass(part):
        whole.update(type(part).__name__.encode())
        for field in fields(part):
            _add(whole, getattr(part, field.name))
    else:
        text = repr(part).encode()
        whole.update(f"{type(part).__name__}{len(text)}".encode() + text)
