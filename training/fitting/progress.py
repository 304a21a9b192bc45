"""Progress on standard error, step n of N: a bar at a terminal, one plain line a step elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import click

Progress = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]
"""`with progress("Fit", 12) as done:` begins a step of twelve parts; `done(1)` says that one more is done."""


@contextmanager
def silent(_what: str, _parts: int) -> Iterator[Callable[[int], None]]:
    """Tell nobody."""
    yield lambda _: None


def steps(total: int) -> Progress:
    """Tell of `total` steps, in the order that they begin."""
    begun = iter(range(1, total + 1))

    @contextmanager
    def begin(what: str, parts: int) -> Iterator[Callable[[int], None]]:
        with click.progressbar(length=parts, label=f"{next(begun)}/{total} {what}", file=sys.stderr) as bar:
            yield bar.update

    return begin
