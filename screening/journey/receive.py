"""A delivery at the door: read it, screen it, or leave an entry that says why not. Nothing that arrives goes unnoted.

The answer is given only when the store has committed; whatever is raised, either everything of this delivery was kept
or nothing was (and the sender may send it again). A fault of our own is noted and listed as a refusal is: a contact
that brings one out each time it is sent would else be known to nobody here.
"""

from screening.domain.calendar import OfficeCalendar
from screening.domain.contact import Contact
from screening.domain.errors import ContactRefused, NotPermitted, Problem, ReferenceTaken, StoreBusy
from screening.intake.parse import read_contact
from screening.journey.ports import Store
from screening.journey.refuse import refuse_contact, refuse_force
from screening.journey.screen import Arrival, Delivery, Screened, screen
from screening.journey.suggest import Signals


def receive(store: Store, delivery: Delivery, signals: Signals, calendar: OfficeCalendar) -> Screened:
    """Take a delivery in. Raises `ContactRefused`, `ReferenceTaken`, `NotPermitted` or what went wrong here, once an
    entry is kept that says so, and `StoreBusy` where nothing could be.
    """
    try:
        read = read_contact(delivery.body, delivery.received_at)
    except ContactRefused as refused:
        _note_refusal(store, delivery, refused)
        raise
    try:
        arrival = Arrival.of(delivery, read, signals)
        return store.write(lambda unit: screen(unit, arrival, signals, calendar))
    except StoreBusy:
        raise
    except ReferenceTaken:
        # Listed by its reference until a contact comes that supersedes the one which has it.
        _note_refusal(store, delivery, _refused(REFERENCE_TAKEN, read.contact))
        raise
    except NotPermitted:
        store.write(lambda unit: refuse_force(unit, delivery.sender, delivery.received_at, delivery.body, read.contact))
        raise
    except Exception:
        _note_refusal(store, delivery, _refused(FAILED_HERE, read.contact))
        raise


def _refused(why: Problem, contact: Contact) -> ContactRefused:
    return ContactRefused((why,), reference=contact.contact_reference, force_code=contact.force_code)


def _note_refusal(store: Store, delivery: Delivery, refused: ContactRefused) -> None:
    store.write(lambda unit: refuse_contact(unit, delivery.sender, delivery.received_at, delivery.body, refused))


REFERENCE_TAKEN = Problem(
    "/contact_reference",
    "reference_taken",
    "This reference was used before for other content.",
    "Send a new contact_reference, with supersedes naming the contact that it corrects.",
)
FAILED_HERE = Problem(
    "", "internal", "Something went wrong on our side.", "Send it again later; sending twice is safe."
)
