"""Every rulebook that was ever in force, kept for ever: an old suggestion can be worked out again."""

from datetime import datetime

from sqlalchemy import bindparam, func, select

from screening.store.look import Look
from screening.store.put import Put
from screening.store.tables import RULEBOOK

_TEXT = select(RULEBOOK.c.text).where(RULEBOOK.c.digest == bindparam("wanted"))
_LATEST = select(RULEBOOK.c.digest, RULEBOOK.c.text).order_by(RULEBOOK.c.activation.desc()).limit(1)
_ACTIVATIONS = select(func.coalesce(func.max(RULEBOOK.c.activation), 0))
_PUT = Put(RULEBOOK)


class RulebooksReading(Look):
    """Finding rulebooks over one connection."""

    def rulebook_text(self, digest: str) -> str | None:
        """The rulebook with this digest."""
        text: str | None = self._connection.execute(_TEXT, {"wanted": digest}).scalar()
        return text

    def latest_rulebook(self) -> tuple[str, str] | None:
        """Digest and text of the rulebook activated last."""
        row = self._connection.execute(_LATEST).first()
        return None if row is None else (row.digest, row.text)


class RulebooksWriting(RulebooksReading):
    """Keeping rulebooks inside one writing transaction."""

    def keep_rulebook(self, digest: str, text: str, at: datetime) -> None:
        """Keep a rulebook for ever and make it the latest activated."""
        activation = self._connection.execute(_ACTIVATIONS).scalar_one() + 1
        _PUT(self._connection, digest, {"activation": activation, "activated_at": at, "text": text})
