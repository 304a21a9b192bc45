"""Who is calling, and how often they may. A caller who may not is noted in the log and told why."""

from datetime import datetime, timedelta

from flask import Request
from limits import RateLimitItem, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from screening.api.problems import Answered
from screening.api.times import now
from screening.domain.access import Sender
from screening.journey.refuse import ANONYMOUS, refuse_caller
from screening.journey.senders import SenderRefused, identify, key_sha256
from screening.journey.service import Service

SCHEME = "bearer "
STRANGERS_PER_SECOND = 10
"""Callers without a good key together: each try leaves a log entry, so tries are few."""

RECOGNISED_FOR = timedelta(seconds=1)
"""A good key is looked up once in this time, since a look at SQLite holds up whoever commits just then. A key that is
disabled, or that expires, opens nothing any more after it.
"""


class Turnstile:
    """Lets senders through one by one: the key first, then its limit. One for each worker process."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._of_sender = RateLimitItemPerSecond(service.contacts_per_second)
        self._of_strangers = RateLimitItemPerSecond(STRANGERS_PER_SECOND)
        self._recognised: dict[str, tuple[datetime, Sender]] = {}

    def admit(self, request: Request) -> Sender:
        """The sender behind `request`, which is counted against their limit: a batch too counts as one.

        Raises `SenderRefused` (noted), or `Answered("too_many_requests")` with Retry-After.
        """
        at = now()
        try:
            sender = self._sender(_key(request), at)
        except SenderRefused as refused:
            self._count(self._of_strangers, ANONYMOUS)
            who, code = refused.sender_id or ANONYMOUS, refused.code
            self._service.store.write(lambda unit: refuse_caller(unit, who, at, code))
            raise
        self._count(self._of_sender, sender.sender_id)
        return sender

    def _sender(self, key: str | None, at: datetime) -> Sender:
        """Who holds `key`. Raises `SenderRefused`."""
        known_by = key_sha256(key) if key else ""
        seen_at, seen = self._recognised.get(known_by, (None, None))
        if seen_at is not None and seen is not None and abs(at - seen_at) < RECOGNISED_FOR:
            return seen
        with self._service.store.read() as look:
            sender = identify(look, key, at)
        self._recognised[known_by] = (at, sender)
        return sender

    def _count(self, limit: RateLimitItem, who: str) -> None:
        if not self._limiter.hit(limit, who):
            raise Answered("too_many_requests", {"Retry-After": "1"})


def _key(request: Request) -> str | None:
    header = request.headers.get("Authorization", "")
    return header[len(SCHEME) :].strip() if header.lower().startswith(SCHEME) else None
