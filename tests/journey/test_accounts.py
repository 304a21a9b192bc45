"""People's accounts: signed in, locked after failed tries, idle too long, and disabled at once, wherever they are."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from screening.domain.access import Person, Role
from screening.domain.decision import ContactState, DecisionCode
from screening.domain.errors import NotFound, NotPermitted
from screening.journey.accounts import (
    IDLE_AT_MOST,
    LOCKED_FOR,
    SESSION_AT_MOST,
    TRIES_BEFORE_LOCK,
    SignInRefused,
    UsernameTaken,
    add_account,
    may_try,
    note_failed_try,
    note_seen,
    note_sign_in,
    set_disabled,
    sign_out,
    signed_in,
)
from screening.journey.records import Account
from screening.journey.service import Service
from screening.journey.sign_off import SecondView, sign_off
from screening.journey.view import open_contact
from tests.documents import a_document
from tests.journey.acting import decide_on, deliver, stored
from tests.services import AT

SESSION = "5" * 64
A_MINUTE = timedelta(minutes=1)


@pytest.fixture
def vera(service: Service) -> Person:
    """A manager with an account."""
    return add(service, "vera", Role.MANAGER)


def add(service: Service, username: str, role: Role) -> Person:
    """Add an account; gives the person."""
    account = Account(f"person-{username}", username, username.title(), role, "hashed elsewhere")
    service.store.write(lambda unit: add_account(unit, account, "tests", AT))
    return Person(account.account_id, account.name, role)


def enter(service: Service, person: Person, at: datetime = AT, session: str = SESSION) -> None:
    """A right password was given."""
    service.store.write(lambda unit: note_sign_in(unit, person.account_id, session, at))


def fail(service: Service, username: str, times: int, at: datetime = AT) -> None:
    """A wrong password was given so many times."""
    for _ in range(times):
        service.store.write(lambda unit: note_failed_try(unit, username, at))


def switch(service: Service, username: str, *, disabled: bool) -> None:
    """Disable or enable an account."""
    service.store.write(lambda unit: set_disabled(unit, username, "tests", AT, disabled=disabled))


def who(service: Service, at: datetime, session: str = SESSION) -> Person | None:
    """Whom the session belongs to at this moment."""
    with service.store.read() as look:
        found = signed_in(look, session, at)
    return found[0] if found else None


def may_sign_in(service: Service, username: str, at: datetime) -> bool:
    """Whether a password would be looked at."""
    with service.store.read() as look:
        account = look.account_by_username(username)
    try:
        may_try(account, at)
    except SignInRefused:
        return False
    return True


def test_a_session_belongs_to_who_signed_in(service: Service, vera: Person) -> None:
    enter(service, vera)

    assert who(service, AT + A_MINUTE) == vera
    assert who(service, AT, "6" * 64) is None


def test_a_session_that_nobody_used_ends_by_itself(service: Service, vera: Person) -> None:
    enter(service, vera)

    assert who(service, AT + IDLE_AT_MOST) == vera
    assert who(service, AT + IDLE_AT_MOST + A_MINUTE) is None


def test_a_session_that_is_used_lasts_a_working_day_and_no_longer(service: Service, vera: Person) -> None:
    enter(service, vera)
    at = AT
    while at < AT + SESSION_AT_MOST - IDLE_AT_MOST:
        at += IDLE_AT_MOST
        assert who(service, at) == vera
        service.store.write(lambda unit, at=at: note_seen(unit, SESSION, at))  # type: ignore[misc]  # bound now

    assert who(service, AT + SESSION_AT_MOST) == vera
    assert who(service, AT + SESSION_AT_MOST + A_MINUTE) is None


def test_whoever_signs_out_is_out(service: Service, vera: Person) -> None:
    enter(service, vera)

    service.store.write(lambda unit: sign_out(unit, SESSION, AT))
    service.store.write(lambda unit: sign_out(unit, SESSION, AT))

    assert who(service, AT) is None


def test_the_fifth_wrong_password_in_a_row_locks_the_account_for_a_while(service: Service, vera: Person) -> None:
    fail(service, "vera", TRIES_BEFORE_LOCK - 1)
    assert may_sign_in(service, "vera", AT)

    fail(service, "vera", 1)

    assert not may_sign_in(service, "vera", AT + LOCKED_FOR - A_MINUTE)
    assert may_sign_in(service, "vera", AT + LOCKED_FOR)
    enter(service, vera, AT + LOCKED_FOR)


def test_a_right_password_begins_the_count_anew(service: Service, vera: Person) -> None:
    fail(service, "vera", TRIES_BEFORE_LOCK - 1)
    enter(service, vera)
    fail(service, "vera", TRIES_BEFORE_LOCK - 1)

    assert may_sign_in(service, "vera", AT)


def test_a_locked_account_is_not_let_in_even_with_the_right_password(service: Service, vera: Person) -> None:
    fail(service, "vera", TRIES_BEFORE_LOCK)

    with pytest.raises(SignInRefused):
        enter(service, vera)


def test_a_name_that_nobody_has_leaves_an_entry_and_no_trace_of_itself(service: Service) -> None:
    with service.store.read() as look:
        before = look.head().size

    fail(service, "vera.private@example.org", 1)

    with service.store.read() as look:
        assert look.head().size == before + 1
        assert look.log_content(before) is None


def test_disabling_an_account_ends_its_sessions_at_once(service: Service, vera: Person) -> None:
    enter(service, vera)
    switch(service, "vera", disabled=True)

    assert who(service, AT) is None
    with pytest.raises(SignInRefused):
        enter(service, vera)


def test_enabling_an_account_lets_its_person_sign_in_again_but_revives_no_session(
    service: Service, vera: Person
) -> None:
    enter(service, vera)
    switch(service, "vera", disabled=True)
    switch(service, "vera", disabled=False)

    assert who(service, AT) is None
    enter(service, vera)
    assert who(service, AT) == vera


def test_a_user_name_is_given_once(service: Service, vera: Person) -> None:
    with pytest.raises(UsernameTaken):
        add(service, "vera", Role.WORKER)

    assert vera.role is Role.MANAGER


def test_nobody_can_be_disabled_who_is_not_there(service: Service) -> None:
    with pytest.raises(NotFound):
        switch(service, "nobody", disabled=True)


def test_somebody_disabled_while_their_request_was_on_its_way_decides_nothing(service: Service, vera: Person) -> None:
    screened = deliver(service, a_document(1))
    switch(service, "vera", disabled=True)

    with pytest.raises(NotPermitted):
        decide_on(service, vera, screened, DecisionCode.ASSESSMENT)

    assert stored(service, screened).state is ContactState.TO_DECIDE


def test_somebody_disabled_meanwhile_signs_nothing_off(service: Service, vera: Person, worker: Person) -> None:
    grave = deliver(service, a_document(1, "strangulation-no-visible-injury"))
    decide_on(service, worker, grave, DecisionCode.NO_FURTHER_ACTION)
    switch(service, "vera", disabled=True)

    view = SecondView(agreed=True, note="", at=AT)
    with pytest.raises(NotPermitted):
        service.store.write(lambda unit: sign_off(unit, vera, grave.receipt.receipt_id, view))

    assert stored(service, grave).state is ContactState.WAITING_FOR_SIGN_OFF


def test_somebody_disabled_meanwhile_sees_nothing(service: Service, vera: Person) -> None:
    screened = deliver(service, a_document(1))
    switch(service, "vera", disabled=True)

    with pytest.raises(NotPermitted):
        open_contact(service.store, vera, screened.receipt.receipt_id, AT, service.signals)


def test_somebody_given_another_role_meanwhile_acts_in_the_old_one_no_more(service: Service, vera: Person) -> None:
    screened = deliver(service, a_document(1))
    with service.store.read() as look:
        account = look.account(vera.account_id)
    assert account is not None
    service.store.write(lambda unit: unit.put_account(replace(account, role=Role.REVIEWER)))

    with pytest.raises(NotPermitted):
        decide_on(service, vera, screened, DecisionCode.ASSESSMENT)

    assert stored(service, screened).state is ContactState.TO_DECIDE
    open_contact(service.store, vera, screened.receipt.receipt_id, AT, service.signals)


def test_an_administrator_sees_no_contact(service: Service) -> None:
    administrator = add(service, "admin", Role.ADMINISTRATOR)
    screened = deliver(service, a_document(1))

    with pytest.raises(NotPermitted):
        open_contact(service.store, administrator, screened.receipt.receipt_id, AT, service.signals)
