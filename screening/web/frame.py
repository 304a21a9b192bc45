"""What every page shows around its own part: names, navigation, and strips that say when something is wrong."""

from flask import g

from screening.domain.access import Permission, Person
from screening.domain.signals import NoRulebook, Unscored
from screening.journey.service import Service


def frame_for(service: Service) -> dict[str, object]:
    """The names that every template has."""
    person: Person | None = getattr(g, "person", None)
    return {
        "service": service,
        "person": person,
        "strips": strips(service),
        "may_see_contacts": person is not None and person.may(Permission.SEE_CONTACTS),
        "may_decide": person is not None and person.may(Permission.DECIDE),
        "may_sign_off": person is not None and person.may(Permission.SIGN_OFF),
        "may_see_refused": person is not None and person.may(Permission.SEE_REFUSED_DELIVERIES),
    }


def strips(service: Service) -> list[str]:
    """Sentences for the top of every page while part of the service is off; most often none."""
    signals = service.signals
    if isinstance(signals.rulebook, NoRulebook):
        return [
            "No rulebook could be loaded. Contacts are still received, and nothing is suggested for any of them: "
            "read each one in full."
        ]
    if isinstance(signals.model, Unscored):
        return [
            "Suggestions are running on safety rules only: the statistical model is off. Nothing is suggested for "
            "no further action. Use your own judgement for everything the rules do not cover."
        ]
    return []
