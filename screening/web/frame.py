"""What every page shows around its own part: names, navigation, and strips that say when something is wrong."""

from dataclasses import dataclass

from flask import g, request, url_for

from screening.domain.access import Permission, Person
from screening.domain.signals import NoRulebook, Unscored
from screening.journey.service import Service
from screening.web.assets import asset

PLACES: tuple[tuple[str, str, Permission], ...] = (
    ("Worklist", "pages.worklist", Permission.SEE_CONTACTS),
    ("Refused deliveries", "pages.refused_deliveries", Permission.SEE_REFUSED_DELIVERIES),
    ("Administration", "pages.administration", Permission.ADMINISTER),
)
"""The navigation: its words, its page, and what somebody must be allowed to do to see it there."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A sentence for the top of every page while part of the service is off."""

    heading: str
    text: str
    grave: bool


def frame_for(service: Service) -> dict[str, object]:
    """The names that every template has."""
    person: Person | None = getattr(g, "person", None)
    return {
        "service": service,
        "person": person,
        "strips": strips(service),
        "navigation": _navigation(person),
        "asset": asset,
    }


def strips(service: Service) -> tuple[Strip, ...]:
    """What to say at the top of every page; most often nothing."""
    signals, model = service.signals, service.signals.model
    if isinstance(signals.rulebook, NoRulebook):
        return (
            Strip(
                "No safety rules are loaded.",
                "Contacts are still received, and nothing is suggested for any of them. Read each one in full.",
                grave=True,
            ),
        )
    if isinstance(model, Unscored):
        return (
            Strip(
                "Suggestions are running on safety rules only.",
                "The statistical model is off, so no further action is never suggested. "
                "Use your own judgement for everything that the rules do not cover.",
                grave=False,
            ),
        )
    if model.manifest.get("made_up_data") and not service.demo:
        return (
            Strip(
                "The statistical model was made from made-up data.",
                "It has learnt nothing about real families. Rely on the safety rules and your own judgement.",
                grave=False,
            ),
        )
    return ()


def _navigation(person: Person | None) -> list[dict[str, object]]:
    if person is None:
        return []
    return [
        {"text": words, "href": url_for(page), "current": request.endpoint == page}
        for words, page, permission in PLACES
        if person.may(permission)
    ]
