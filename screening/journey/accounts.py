"""People's local accounts: added, signed in, locked after failed tries, disabled at once.

Passwords are hashed and checked outside (a slow, deliberate piece of work); here is what follows from the answer.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from screening.audit.entry import Event
from screening.domain.access import Permission, Person
from screening.domain.errors import NotFound, NotPermitted, ScreeningError
from screening.journey.ports import Reading, Unit
from screening.journey.records import Account, SignedIn

TRIES_BEFORE_LOCK = 5
LOCKED_FOR = timedelta(minutes=15)
IDLE_AT_MOST = timedelta(minutes=20)
SESSION_AT_MOST = timedelta(hours=10)
SEEN_AGAIN_AFTER = timedelta(minutes=1)
"""A running session is noted as seen at most this often, so that reading pages does not mean writing."""


class SignInRefused(ScreeningError):
    """Not signed in. `code`: wrong_name_or_password, locked, disabled."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class UsernameTaken(ScreeningError):
    """An account with that username is there already."""


def add_account(unit: Unit, account: Account, by: str, at: datetime) -> int:
    """Add an account; gives the entry's number. Raises `UsernameTaken`."""
    if unit.account_by_username(account.username) is not None:
        raise UsernameTaken
    unit.put_account(account)
    return unit.log(
        Event.ACCOUNT_ADDED, at=at, actor=by, subject=account.account_id, content={"role": str(account.role)}
    )


def set_disabled(unit: Unit, username: str, by: str, at: datetime, *, disabled: bool) -> int:
    """Disable an account at once (every session of it ends), or enable it again. Raises `NotFound`."""
    account = unit.account_by_username(username)
    if account is None:
        raise NotFound
    unit.put_account(replace(account, disabled=disabled, failed_tries=0, locked_until=None))
    if disabled:
        unit.end_sessions_of(account.account_id)
    event = Event.ACCOUNT_DISABLED if disabled else Event.ACCOUNT_ENABLED
    return unit.log(event, at=at, actor=by, subject=account.account_id)


def may_try(account: Account | None, at: datetime) -> None:
    """Raise `SignInRefused` where the password need not even be looked at."""
    if account is not None and account.locked_until is not None and account.locked_until > at:
        raise SignInRefused("locked")


def note_failed_try(unit: Unit, username: str, at: datetime) -> None:
    """Count a wrong password; the fifth in a row locks the account for 15 minutes."""
    account = unit.account_by_username(username)
    if account is None:
        unit.log(Event.ACCOUNT_SIGN_IN_FAILED, at=at, actor="")
        return
    tries = account.failed_tries + 1
    locked = tries >= TRIES_BEFORE_LOCK
    until = at + LOCKED_FOR if locked else None
    unit.put_account(replace(account, failed_tries=0 if locked else tries, locked_until=until))
    event = Event.ACCOUNT_LOCKED if locked else Event.ACCOUNT_SIGN_IN_FAILED
    unit.log(event, at=at, actor=account.account_id, subject=account.account_id)


def note_sign_in(unit: Unit, account_id: str, session_hash: str, at: datetime) -> None:
    """Start a session after a right password. Raises `SignInRefused` (disabled, or locked meanwhile)."""
    account = unit.account(account_id)
    if account is None or account.disabled:
        raise SignInRefused("disabled")
    may_try(account, at)
    unit.put_account(replace(account, failed_tries=0, locked_until=None))
    unit.put_session(SignedIn(session_hash, account_id, at, at))
    unit.log(Event.ACCOUNT_SIGNED_IN, at=at, actor=account_id, subject=account_id)


def sign_out(unit: Unit, session_hash: str, at: datetime) -> None:
    """End a session; nothing happens where it has ended already."""
    session = unit.session(session_hash)
    if session is None:
        return
    unit.end_session(session_hash)
    unit.log(Event.ACCOUNT_SIGNED_OUT, at=at, actor=session.account_id, subject=session.account_id)


def signed_in(look: Reading, session_hash: str, at: datetime) -> tuple[Person, SignedIn] | None:
    """Who this session belongs to; `None` where it has ended, idled out, grown too old, or its account is disabled."""
    session = look.session(session_hash)
    if session is None or at - session.last_seen_at > IDLE_AT_MOST or at - session.started_at > SESSION_AT_MOST:
        return None
    account = look.account(session.account_id)
    if account is None or account.disabled:
        return None
    return Person(account.account_id, account.name, account.role), session


def check_permission(look: Reading, person: Person, permission: Permission, needs: str) -> None:
    """Raise `NotPermitted` where the role does not grant it, or the account was disabled since the person was let in.

    Asked inside the act's own unit, of the account as it is by then: whoever is disabled, or given another role, while
    a request is on its way does nothing more in the old one.
    """
    account = look.account(person.account_id)
    if account is not None:
        person = replace(person, role=account.role)
    if not person.may(permission) or (account is not None and account.disabled):
        raise NotPermitted(needs)


def note_seen(unit: Unit, session_hash: str, at: datetime) -> None:
    """Keep a running session from idling out."""
    session = unit.session(session_hash)
    if session is not None and session.last_seen_at < at:
        unit.put_session(replace(session, last_seen_at=at))
