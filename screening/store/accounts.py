"""People's accounts and their running sessions as kept. Passwords come here hashed, session secrets never."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, select

from screening.journey.records import Account, SignedIn
from screening.store.look import AnyRow, Look
from screening.store.put import Put
from screening.store.tables import ACCOUNT, SIGNED_IN

_BY_ID = select(ACCOUNT).where(ACCOUNT.c.account_id == bindparam("wanted"))
_BY_USERNAME = select(ACCOUNT).where(ACCOUNT.c.username == bindparam("wanted"))
_ALL = select(ACCOUNT)
_SESSION = select(SIGNED_IN).where(SIGNED_IN.c.session_hash == bindparam("wanted"))
_END = delete(SIGNED_IN).where(SIGNED_IN.c.session_hash == bindparam("wanted"))
_END_ALL = delete(SIGNED_IN).where(SIGNED_IN.c.account_id == bindparam("wanted"))
_PUT_ACCOUNT = Put(ACCOUNT)
_PUT_SESSION = Put(SIGNED_IN)


class AccountsReading(Look):
    """Finding accounts and sessions over one connection."""

    def account(self, account_id: str) -> Account | None:
        """The account with this id."""
        row = self._connection.execute(_BY_ID, {"wanted": account_id}).first()
        return None if row is None else _account(row)

    def account_by_username(self, username: str) -> Account | None:
        """The account with this username, letter by letter."""
        row = self._connection.execute(_BY_USERNAME, {"wanted": username}).first()
        return None if row is None else _account(row)

    def accounts(self) -> Sequence[Account]:
        """Every account, by username. Sorted here: databases disagree about the order of letters."""
        return sorted(map(_account, self._connection.execute(_ALL)), key=lambda account: account.username)

    def session(self, session_hash: str) -> SignedIn | None:
        """The running session with this hash."""
        row = self._connection.execute(_SESSION, {"wanted": session_hash}).first()
        return None if row is None else SignedIn(row.session_hash, row.account_id, row.started_at, row.last_seen_at)


class AccountsWriting(AccountsReading):
    """Keeping accounts and sessions inside one writing transaction."""

    def put_account(self, account: Account) -> None:
        """Keep an account, in place of what was kept under its id."""
        _PUT_ACCOUNT(
            self._connection,
            account.account_id,
            {
                "username": account.username,
                "name": account.name,
                "role": account.role,
                "password_hash": account.password_hash,
                "disabled": account.disabled,
                "failed_tries": account.failed_tries,
                "locked_until": account.locked_until,
            },
        )

    def put_session(self, session: SignedIn) -> None:
        """Keep a session, in place of what was kept under its hash."""
        _PUT_SESSION(
            self._connection,
            session.session_hash,
            {
                "account_id": session.account_id,
                "started_at": session.started_at,
                "last_seen_at": session.last_seen_at,
            },
        )

    def end_session(self, session_hash: str) -> None:
        """End a session; nothing happens where it has ended."""
        self._connection.execute(_END, {"wanted": session_hash})

    def end_sessions_of(self, account_id: str) -> None:
        """End every session of an account."""
        self._connection.execute(_END_ALL, {"wanted": account_id})


def _account(row: AnyRow) -> Account:
    return Account(
        account_id=row.account_id,
        username=row.username,
        name=row.name,
        role=row.role,
        password_hash=row.password_hash,
        disabled=row.disabled,
        failed_tries=row.failed_tries,
        locked_until=row.locked_until,
    )
