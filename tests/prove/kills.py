"""Kill the workers of a running service, again and again, under load; then account for every acknowledged contact."""

import os
import random
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException

from screening.store.verify import verify_log

from screening.store.store import SqlStore
from tests.documents import a_document, as_body
from tests.serving import Running, a_running_service, prepare

SENDERS_AT_ONCE = 6
LEAST_PAUSE_SECONDS = 0.03
MOST_PAUSE_SECONDS = 0.35


@dataclass
class Ledger:
    """What the senders were told, by reference: the receipt of each acknowledged contact."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    broken: int = 0
    turned_away: int = 0
    wrong: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Account:
    """What was found afterwards."""

    kills: int
    acknowledged: int
    broken: int
    missing: int
    without_entry: int
    log_intact: bool
    findings: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing that was acknowledged is lost and the log is whole."""
        return self.log_intact and not self.missing and not self.without_entry


def kill_under_load(url: str, kills: int, seed: int, say: Callable[[str], None] = print) -> Account:
    """Start the service on a fresh database, send contacts without pause, kill `kills` workers, and count."""
    prepare(url)
    ledger = Ledger()
    chance = random.Random(seed)
    with a_running_service(url) as running:
        stop = threading.Event()
        senders = [
            threading.Thread(target=_send_without_pause, args=(running, ledger, place, stop))
            for place in range(SENDERS_AT_ONCE)
        ]
        for sender in senders:
            sender.start()
        done = 0
        while done < kills:
            time.sleep(chance.uniform(LEAST_PAUSE_SECONDS, MOST_PAUSE_SECONDS))
            workers = running.workers()
            if not workers:
                continue
            os.kill(chance.choice(workers), signal.SIGKILL)
            done += 1
            if done % 25 == 0:
                say(f"  {done} of {kills} kills, {len(ledger.acknowledged)} acknowledged")
        stop.set()
        for sender in senders:
            sender.join()
    return _account(url, ledger, done)


def _send_without_pause(running: Running, ledger: Ledger, place: int, stop: threading.Event) -> None:
    number = place
    while not stop.is_set():
        document = a_document(number)
        if _send_until_acknowledged(running, ledger, as_body(document), stop):
            number += SENDERS_AT_ONCE


def _send_until_acknowledged(running: Running, ledger: Ledger, body: bytes, stop: threading.Event) -> bool:
    """Send one contact again and again until it is acknowledged, as a careful sender would."""
    while not stop.is_set():
        try:
            status, answer = running.post(body)
        except (OSError, HTTPException, ValueError):
            ledger.broken += 1
            continue
        if status in (200, 201):
            ledger.acknowledged[str(answer["contact_reference"])] = str(answer["receipt_id"])
            return True
        ledger.turned_away += 1
        if status not in (429, 503):
            ledger.wrong.append(f"{status}: {answer.get('code')}")
            return False
    return False


def _account(url: str, ledger: Ledger, kills: int) -> Account:
    missing = without_entry = 0
    with SqlStore(url) as store, store.read() as look:
        for reference, receipt_id in ledger.acknowledged.items():
            contact = look.contact_by_reference("40", reference)
            if contact is None or contact.receipt.receipt_id != receipt_id:
                missing += 1
            elif look.log_content(contact.receipt.log_entry) is None:
                without_entry += 1
    verdict = verify_log(url, lambda _done, _of: None)
    findings = (*(f"entry {f.number}: {f.text}" for f in verdict.findings), *ledger.wrong)
    return Account(
        kills,
        len(ledger.acknowledged),
        ledger.broken,
        missing,
        without_entry,
        verdict.intact and not ledger.wrong,
        findings,
    )
