"""The service as its doors hold it: the store, the signals, the calendar, and the few settings that doors need."""

from dataclasses import dataclass

from screening.domain.calendar import OfficeCalendar
from screening.journey.ports import Store
from screening.journey.suggest import Signals


@dataclass(frozen=True, slots=True)
class Service:
    """Built once per process by `wiring`.

    `contacts_per_second` is what one sender may send to this process; `plain_http` says that cookies may travel without
    TLS (the demo on this machine only); `demo` puts a banner on every page.
    """

    store: Store
    signals: Signals
    calendar: OfficeCalendar
    service_name: str = "Contact screening"
    authority_name: str = "the authority"
    contacts_per_second: int = 50
    plain_http: bool = False
    demo: bool = False
