"""One thing found in a history: what is wrong or weak, where, and what to do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found: a stable `code`, a sentence `what`, the `fix`. It `refuses` the history, or is only noted."""

    code: str
    what: str
    fix: str
    refuses: bool = True

    def __str__(self) -> str:
        return f"{self.what} {self.fix}"
