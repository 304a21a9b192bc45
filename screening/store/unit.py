"""What doors and acts hold: a look at everything that is kept, and a unit that may also write.

Each part is in its own room; here they are put together over one connection.
"""

from screening.store.accounts import AccountsReading, AccountsWriting
from screening.store.contacts import ContactsReading, ContactsWriting
from screening.store.decisions import DecisionsReading, DecisionsWriting
from screening.store.log import LogReading, LogWriting
from screening.store.people import PeopleKnown
from screening.store.refusals import RefusalsReading, RefusalsWriting
from screening.store.register import RegisterReading, RegisterWriting
from screening.store.rulebooks import RulebooksReading, RulebooksWriting
from screening.store.senders import SendersReading, SendersWriting
from screening.store.worklist import WorklistReading


class StoreReading(
    ContactsReading,
    PeopleKnown,
    DecisionsReading,
    WorklistReading,
    RegisterReading,
    LogReading,
    AccountsReading,
    SendersReading,
    RefusalsReading,
    RulebooksReading,
):
    """`ports.Reading` over one connection, whose transaction makes the look consistent."""


class StoreUnit(
    LogWriting,
    ContactsWriting,
    PeopleKnown,
    DecisionsWriting,
    WorklistReading,
    RegisterWriting,
    AccountsWriting,
    SendersWriting,
    RefusalsWriting,
    RulebooksWriting,
):
    """`ports.Unit` over one connection, whose transaction holds the log's head."""
