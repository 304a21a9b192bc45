"""Decisions as kept: each one a row, to which only a second person's answer is ever added."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select, update

from screening.domain.decision import ChildDecision, Decision, DecisionCode
from screening.journey.records import StoredDecision
from screening.store.look import AnyRow, Look
from screening.store.tables import ACCOUNT, CONTACT, DECISION

_CONTACT = select(CONTACT.c.log_entry).where(CONTACT.c.receipt_id == bindparam("receipt")).scalar_subquery()
_ADD = insert(DECISION).values(contact=_CONTACT)
_OF_CONTACT = (
    select(DECISION, ACCOUNT.c.name.label("sign_off_by_name"))
    .outerjoin_from(DECISION, ACCOUNT, ACCOUNT.c.account_id == DECISION.c.sign_off_by)
    .where(DECISION.c.contact == _CONTACT)
    .order_by(DECISION.c.log_entry.desc())
)
_ANSWER = (
    update(DECISION)
    .where(
        DECISION.c.log_entry
        == select(func.max(DECISION.c.log_entry)).where(DECISION.c.contact == _CONTACT).scalar_subquery()
    )
    .values(
        sign_off_by=bindparam("second"),
        sign_off_at=bindparam("answered_at"),
        agreed=bindparam("answer"),
        sign_off_note=bindparam("words"),
    )
)


class DecisionsReading(Look):
    """Reading decisions over one connection."""

    def decisions(self, receipt_id: str) -> Sequence[StoredDecision]:
        """What was decided about this contact, newest first."""
        return [_stored(row) for row in self._connection.execute(_OF_CONTACT, {"receipt": receipt_id})]


class DecisionsWriting(DecisionsReading):
    """Keeping decisions inside one writing transaction."""

    def add_decision(self, receipt_id: str, stored: StoredDecision) -> None:
        """Keep a decision. Its log entry and its contact come first."""
        decision = stored.decision
        values = {
            "receipt": receipt_id,
            "log_entry": stored.log_entry,
            "code": decision.code,
            "reasons": list(decision.reasons),
            "note": decision.note,
            "decided_by": decision.by,
            "decided_by_name": stored.decided_by_name,
            "decided_at": decision.at,
            "consent": decision.consent,
            "children": [[child.child, child.code.value] for child in decision.children],
            "below_floor": decision.below_floor,
            "sign_off_by": stored.sign_off_by,
            "sign_off_at": stored.sign_off_at,
            "agreed": stored.agreed,
            "sign_off_note": stored.sign_off_note,
        }
        self._connection.execute(_ADD, values)

    def answer_sign_off(self, receipt_id: str, by: str, at: datetime, *, agreed: bool, note: str) -> None:
        """Put a second person's answer to the newest decision of this contact."""
        self._connection.execute(
            _ANSWER, {"receipt": receipt_id, "second": by, "answered_at": at, "answer": agreed, "words": note}
        )


def _stored(row: AnyRow) -> StoredDecision:
    decision = Decision(
        code=row.code,
        reasons=tuple(row.reasons),
        note=row.note,
        by=row.decided_by,
        at=row.decided_at,
        consent=row.consent,
        children=tuple(ChildDecision(child, DecisionCode(code)) for child, code in row.children),
        below_floor=row.below_floor,
    )
    return StoredDecision(
        decision=decision,
        decided_by_name=row.decided_by_name,
        log_entry=row.log_entry,
        sign_off_by=row.sign_off_by,
        sign_off_by_name=row.sign_off_by_name,
        sign_off_at=row.sign_off_at,
        agreed=row.agreed,
        sign_off_note=row.sign_off_note,
    )
