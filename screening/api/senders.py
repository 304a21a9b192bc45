"""Who is calling, and how often they may. A caller who may not is noted in the log and told why."""

from flask import Request
from limits import RateLimitItem, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from screening.api.problems import Answered
from screening.api.times import now
from screening.domain.access import Sender
from screening.journey.refuse import ANONYMOUS, refuse_caller
from screening.journey.senders import SenderRefused, identify
from screening.journey.service import Service

SCHEME = "bearer "
STRANGERS_PER_SECOND = 10
"""Callers without a good key together: each try leaves a log entry, so tries are few."""


class Turnstile:
    """Lets senders through one by one: the key first, then its limit. One for each worker process."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._of_sender = RateLimitItemPerSecond(service.contacts_per_second)
        self._of_strangers = RateLimitItemPerSecond(STRANGERS_PER_SECOND)

    def admit(self, request: Request) -> Sender:
        """The sender behind `request`, which is counted against their limit: a batch too counts as one.

        Raises `SenderRefused` (noted), or `Answered("too_many_requests")` with Retry-After.
        """
        at = now()
        try:
            with self._service.store.read() as look:
                sender = identify(look, _key(request), at)
        except SenderRefused as refused:
            self._count(self._of_strangers, ANONYMOUS)
            who, code = refused.sender_id or ANONYMOUS, refused.code
            self._service.store.write(lambda unit: refuse_caller(unit, who, at, code))
            raise
        self._count(self._of_sender, sender.sender_id)
        return sender

    def _count(self, limit: RateLimitItem, who: str) -> None:
        if not self._limiter.hit(limit, who):
            raise Answered("too_many_requests", {"Retry-After": "1"})


def _key(request: Request) -> str | None:
    header = request.headers.get("Authorization", "")
    return header[len(SCHEME) :].strip() if header.lower().startswith(SCHEME) else None
