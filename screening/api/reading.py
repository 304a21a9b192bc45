"""What an integrator reads beside the schemas: what holds where the contract is silent, and every stable code.

The tables of codes are made from the tables that answer, so that none is missing.
"""

from collections.abc import Iterable
from typing import Final

from screening.intake.schemas import FAULTS, WARNINGS
from screening.journey.correction import NOT_ALIKE, NOT_FOUND

ABOUT: Final = """\
What police systems send about domestic-abuse incidents in homes with children. The suggestion goes to the intake team,
never to the sender.

Every error is a problem document (RFC 9457) with a stable `code`: branch on it, since words may change. Field errors
come all at once, each with its JSON pointer and how to put it right; a value that was sent is never repeated.
"""

KEY: Final = "A key from the authority. It belongs to one sender and its forces, and expires."

SENDING: Final = """\
A contact that can be read and identified is accepted, with warnings for what is missing or doubtful. Only what cannot
be a contact is refused, and the refusal is listed for the intake team until its reference is accepted.

**Sending twice is safe.** The same reference with the same content (canonical JSON without `sent_at`) gives the same
receipt (200). Other content under a reference that was used is refused (409): a correction is a new `contact_reference`
with `supersedes`. Where `supersedes` names nothing that we have, the contact is accepted as a new one, with a warning.

What holds besides the schema:

- UTF-8 without a byte order mark, not compressed; 1 MiB, 32 levels and 10,000 fields at most. Each field once; no NaN,
  no infinity, no whole number beyond 2^53 - 1, no half characters, no control characters but tab and line ends.
- What is not recorded is left out: `null` is refused. A blank text is read as not recorded, and refused where the field
  is required. Nothing that is absent, unknown, not asked or declined is read as no.
- Lengths count characters (Unicode code points). Codes are written as they stand here, in lower or upper case.
- Times carry `Z` or an offset, and lie no more than ten minutes ahead of our clock; the incident does not start after
  `sent_at`. Dates of birth and of the last incident do not lie in the future. Nothing is before 1900.
- `extensions` takes 20 kB of compact JSON at most.
"""

SENDING_MANY: Final = """\
Newline-delimited JSON, one contact a line: 1,000 lines and 20 MiB at most, and 1 MiB a line. Lines may end with CRLF,
the last one may end without, and empty ones are passed over. Results come in the order of the lines, and a bad line
stops no other. Each line is answered as if it had been sent alone. A batch counts once against the key's limit.
"""

ASKING: Final = """\
For the sender of the contact alone. `received`: it was taken in, and a correction has taken its place since
(`superseded_by`). `waiting_for_decision`: a person will decide. `information_requested`: somebody has asked for more,
and the clock goes on. `decided`: with the outcome in the agreement's words.
"""


class _Any(dict[str, str]):
    """Stands for each fact in a wording."""

    def __missing__(self, key: str) -> str:
        return "…"


def _table(head: str, rows: Iterable[tuple[str, ...]]) -> str:
    columns = head.count("|") + 1
    lines = [f"| {head} |", f"|{'---|' * columns}", *(f"| {' | '.join(row)} |" for row in rows)]
    return "\n\n" + "\n".join(lines) + "\n"


def fault_codes(problem: str) -> str:
    """Every code of a field's error that stands in this problem, as a table."""
    blank = _Any(hint="")
    return _table(
        "code | what is wrong | how to put it right",
        (
            (f"`{code}`", said.detail.format_map(blank), said.fix.format_map(blank))
            for code, said in FAULTS[problem].items()
        ),
    )


def warning_codes() -> str:
    """Every code of a warning, as a table."""
    of_corrections = {warned.code: warned.text for warned in (NOT_FOUND, NOT_ALIKE)}
    return _table("code | text", ((f"`{code}`", text) for code, text in {**WARNINGS, **of_corrections}.items()))
