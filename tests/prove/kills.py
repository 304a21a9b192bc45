"""Kill the workers of a running service, again and again, under load; then account for every acknowledged contact."""

import os
import random
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.client import HTTPException

from screening.journey.ports import Reading
from screening.store.store import SqlStore
from screening.store.verify import verify_log
from tests.documents import a_document, as_body
from tests.serving import Running, a_running_service, prepare

SENDERS_AT_ONCE = 6
MOST_BETWEEN_KILLS = 12
"""A worker is killed once this many more contacts at most were acknowledged since the last kill: never an idle one."""

MOST_PAUSE_SECONDS = 0.05
COMES_BACK_SECONDS = 60


@dataclass
class Ledger:
    """What the senders were told: the receipt of each acknowledged contact, and how often they got no answer."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    broken: int = 0
    turned_away: int = 0


@dataclass(frozen=True, slots=True)
class Account:
    """What was found afterwards."""

    kills: int
    acknowledged: int
    requests_broken: int
    missing: int
    without_suggestion_and_entry: int
    log_intact: bool
    log_entries: int
    findings: tuple[str, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing that was acknowledged is lost, the log is whole, and no answer was wrong."""
        lost = self.missing or self.without_suggestion_and_entry
        return self.log_intact and not lost and not self.findings and self.acknowledged >= self.kills


def kill_under_load(url: str, kills: int, seed: int, say: Callable[[str], None] = print) -> Account:
    """Start the service on a fresh database, send contacts without pause, kill `kills` workers, and count."""
    prepare(url)
    ledger = Ledger()
    with a_running_service(url) as running:
        stop = threading.Event()
        senders = [
            threading.Thread(target=_send_without_pause, args=(running, ledger, place, stop))
            for place in range(SENDERS_AT_ONCE)
        ]
        for sender in senders:
            sender.start()
        try:
            done = _kill_again_and_again(running, ledger, kills, random.Random(seed), say)
        finally:
            stop.set()
            for sender in senders:
                sender.join()
    return _account(url, ledger, done)


def _kill_again_and_again(
    running: Running, ledger: Ledger, kills: int, chance: random.Random, say: Callable[[str], None]
) -> int:
    """Kill the worker that has served longest, now and then all of them; gives how many were killed."""
    done = 0
    while done < kills:
        if not _more_acknowledged(ledger, chance.randint(1, MOST_BETWEEN_KILLS)):
            ledger.wrong.append(f"the service did not come back within {COMES_BACK_SECONDS} s")
            return done
        time.sleep(chance.uniform(0, MOST_PAUSE_SECONDS))
        workers = running.workers()
        for worker in workers if chance.random() < 0.1 else workers[:1]:
            with suppress(ProcessLookupError):
                os.kill(worker, signal.SIGKILL)
                done += 1
                if done % 25 == 0:
                    say(f"  {done} of {kills} kills, {len(ledger.acknowledged)} contacts acknowledged")
    return done


def _more_acknowledged(ledger: Ledger, more: int) -> bool:
    """Wait until so many more contacts were acknowledged; no where it takes too long."""
    wanted = len(ledger.acknowledged) + more
    deadline = time.monotonic() + COMES_BACK_SECONDS
    while len(ledger.acknowledged) < wanted:
        if time.monotonic() > deadline:
            return False
        time.sleep(0.005)
    return True


def _send_without_pause(running: Running, ledger: Ledger, place: int, stop: threading.Event) -> None:
    number = place
    while not stop.is_set():
        if _send_until_acknowledged(running, ledger, as_body(a_document(number)), stop):
            number += SENDERS_AT_ONCE


def _send_until_acknowledged(running: Running, ledger: Ledger, body: bytes, stop: threading.Event) -> bool:
    """Send one contact again and again until it is acknowledged, as a careful sender would."""
    while not stop.is_set():
        try:
            status, answer = running.post(body)
        except (OSError, HTTPException, ValueError):
            ledger.broken += 1
            time.sleep(0.01)
            continue
        if status in (200, 201):
            ledger.acknowledged[str(answer["contact_reference"])] = str(answer["receipt_id"])
            return True
        ledger.turned_away += 1
        if status not in (429, 503):
            ledger.wrong.append(f"a good contact was answered with {status}: {answer.get('code')}")
            return False
    return False


def _account(url: str, ledger: Ledger, kills: int) -> Account:
    missing = bare = 0
    with SqlStore(url) as store, store.read() as look:
        for reference, receipt_id in ledger.acknowledged.items():
            contact = look.contact_by_reference("40", reference)
            if contact is None or contact.receipt.receipt_id != receipt_id:
                missing += 1
            elif not _has_suggestion_and_entry(look, contact.receipt.log_entry, receipt_id):
                bare += 1
    verdict = verify_log(url, lambda _done, _of: None)
    findings = (*(f"entry {finding.number}: {finding.text}" for finding in verdict.findings), *ledger.wrong)
    return Account(
        kills, len(ledger.acknowledged), ledger.broken, missing, bare, verdict.intact, verdict.checked, findings
    )


def _has_suggestion_and_entry(look: Reading, entry: int, receipt_id: str) -> bool:
    content = look.log_content(entry)
    return content is not None and content["receipt_id"] == receipt_id and bool(content["suggestion"])
