"""Send one contact a hundred times at the same moment, each on a connection of its own; then count what there is."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import repeat

from screening.store.store import SqlStore
from screening.store.verify import verify_log
from tests.documents import a_document, as_body
from tests.serving import Running, a_running_service, prepare

TIMES = 100


@dataclass(frozen=True, slots=True)
class AtOnce:
    """What was answered and what was found afterwards."""

    answers: dict[int, int]
    receipts: int
    screened: int
    log_intact: bool

    @property
    def whole(self) -> bool:
        """Whether one contact came of it, with one receipt for everybody."""
        one = self.receipts == 1 and self.screened == 1 and self.log_intact
        return one and self.answers.get(201) == 1 and set(self.answers) <= {200, 201}


def send_at_once(url: str, times: int = TIMES) -> AtOnce:
    """Start the service on a fresh database, send the contact, and count."""
    prepare(url)
    gate = threading.Barrier(times)
    with a_running_service(url) as running, ThreadPoolExecutor(times) as senders:
        answers = list(senders.map(_send, repeat(running, times), repeat(gate, times)))
    statuses = Counter(status for status, _ in answers)
    return AtOnce(dict(statuses), len({receipt for _, receipt in answers}), *_found(url))


def _send(running: Running, gate: threading.Barrier) -> tuple[int, str]:
    with closing(running.connection(timeout=60)) as connection:
        connection.connect()
        gate.wait()
        status, answer = running.post(as_body(a_document(1)), connection)
    return status, str(answer.get("receipt_id"))


def _found(url: str) -> tuple[int, bool]:
    """How many entries tell of a contact that was screened, and whether the log is whole."""
    verdict = verify_log(url, lambda _done, _of: None)
    with SqlStore(url) as store, store.read() as look:
        contents = [look.log_content(number) for number in range(look.head().size)]
    screened = [content for content in contents if content is not None and "suggestion" in content]
    return len(screened), verdict.intact
