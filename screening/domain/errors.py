"""What can go wrong, named in the words of the work.

One root; each leaf ends in a noun phrase that a worker would know and carries facts, never wording for a page and
never the value that was sent. Only the doors turn these into words, from one table each.
"""

from dataclasses import dataclass


class ScreeningError(Exception):
    """The root of every error this service raises on purpose."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in what was sent: where, which, and how to put it right. Never the value itself.

    `pointer` is an RFC 6901 JSON pointer ('' = the whole document); `code` is stable.
    """

    pointer: str
    code: str
    detail: str
    fix: str


class ContactRefused(ScreeningError):
    """What was sent cannot be a contact.

    `unreadable` tells a 400 from a 422; `reference` and `force_code` are there where they could be read.
    """

    def __init__(
        self,
        problems: tuple[Problem, ...],
        *,
        unreadable: bool = False,
        reference: str | None = None,
        force_code: str | None = None,
    ) -> None:
        super().__init__(", ".join(sorted({problem.code for problem in problems})))
        self.problems = problems
        self.unreadable = unreadable
        self.reference = reference
        self.force_code = force_code


class ReferenceTaken(ScreeningError):
    """The same force and reference came before with other content."""


class UnknownSuperseded(ScreeningError):
    """`supersedes` names a contact of this force that never arrived."""


class NotFound(ScreeningError):
    """There is no such thing, or it is not this caller's to see."""


class NotPermitted(ScreeningError):
    """This person or sender may not do that. `needs` says what would be needed, in the words of `access`."""

    def __init__(self, needs: str) -> None:
        super().__init__(needs)
        self.needs = needs


class DecidedMeanwhile(ScreeningError):
    """Somebody else decided this contact first."""

    def __init__(self, by: str, at: str) -> None:
        super().__init__("decided meanwhile")
        self.by = by
        self.at = at


class DecisionIncomplete(ScreeningError):
    """The decision as given lacks something. `faults` maps a field to a stable code."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__(", ".join(sorted(faults.values())))
        self.faults = faults


class StoreBusy(ScreeningError):
    """The store cannot take this now (locked, full, unreachable); nothing was stored."""

    def __init__(self, reason: str, retry_after_seconds: int = 5) -> None:
        super().__init__(reason)
        self.retry_after_seconds = retry_after_seconds


class DatabaseRefused(ScreeningError):
    """The URL names no database that this service can use, or one that a newer version has made."""


class RulebookRefused(ScreeningError):
    """The rulebook does not load. `faults` are sentences, each naming the rule and the fault."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("; ".join(faults))
        self.faults = faults


class ModelRefused(ScreeningError):
    """The model's files are missing, altered, or do not fit this service."""


class LogBroken(ScreeningError):
    """The log cannot be continued: its head does not fit its entries."""
