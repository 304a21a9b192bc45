"""Stores that fail on purpose, behind the port that the pages hold."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import NoReturn, TypeVar

from screening.domain.errors import StoreBusy
from screening.journey.ports import Reading, Store, Unit

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FullStore:
    """A store that can be read and takes no more, as when the disk is full."""

    inner: Store

    def write(self, act: Callable[[Unit], T]) -> T:  # noqa: ARG002 - the port names it
        """Refuse."""
        raise StoreBusy("the disk is full", 7)

    def read(self) -> AbstractContextManager[Reading]:
        """Look into the real one."""
        return self.inner.read()

    def can_write(self) -> bool:
        """No."""
        return False


@dataclass(frozen=True, slots=True)
class BrokenStore:
    """A store with a fault nobody thought of, whose words name a child."""

    def write(self, act: Callable[[Unit], T]) -> NoReturn:  # noqa: ARG002 - the port names it
        """Fail."""
        raise RuntimeError("Zzyzx Quux, 4 Example Street")

    def read(self) -> NoReturn:
        """Fail."""
        raise RuntimeError("Zzyzx Quux, 4 Example Street")

    def can_write(self) -> bool:
        """No."""
        return False
