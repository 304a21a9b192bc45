"""Faults of a history, gathered by kind: one sentence each, with the first places where it was met and what to do.

A value of the history is never told: it may be personal. Nothing is read here.
"""

from collections.abc import Sequence

PLACES_SHOWN = 3
"""Of each kind of fault; the rest are counted."""

KINDS_SHOWN = 20
"""A history with more kinds of fault than this has one cause; the rest are counted."""


class ExtractRefused(ValueError):
    """The folder cannot be used. `faults` are sentences: which file, where, what to do."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("; ".join(faults))
        self.faults = tuple(faults)


class Gathered:
    """Faults as they are met."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, str], list[str]] = {}

    def add(self, where: str, place: str, what: str) -> None:
        """A fault of `where` ("decisions.csv row") at `place` ("12"); the same fault elsewhere is told with it."""
        self._places.setdefault((where, what), []).append(place)

    def add_whole(self, what: str) -> None:
        """A fault of a whole file or folder."""
        self._places.setdefault(("", what), [])

    def __len__(self) -> int:
        return len(self._places)

    def refuse(self) -> None:
        """Raise ExtractRefused where there is any fault."""
        if not self._places:
            return
        sentences = [what if not where else f"{where} {told(at)}: {what}" for (where, what), at in self._places.items()]
        more = len(sentences) - KINDS_SHOWN
        raise ExtractRefused(sentences[:KINDS_SHOWN] + ([f"and {more} more kinds of fault"] if more > 0 else []))


def told(places: Sequence[str]) -> str:
    """The first places, and how many more there are."""
    more = len(places) - PLACES_SHOWN
    return ", ".join(places[:PLACES_SHOWN]) + (f" and {more} more" if more > 0 else "")
