"""Two answers for whoever watches the machine. They need no key and tell nothing about anybody."""

import json
from http import HTTPStatus

from flask import Blueprint, Response

from screening.domain.signals import NoRulebook, Unscored
from screening.journey.service import Service


def health_routes(service: Service) -> Blueprint:
    """`/health/live`: this process answers. `/health/ready`: a contact would be stored; a refused model or rulebook
    only degrades.
    """
    routes = Blueprint("health", "health", url_prefix="/health")

    @routes.get("/live")
    def live() -> Response:
        return _say({"status": "live"}, HTTPStatus.OK)

    @routes.get("/ready")
    def ready() -> Response:
        signals = service.signals
        state: dict[str, object] = {
            "database": service.store.can_write(),
            "model": not isinstance(signals.model, Unscored),
            "rulebook": not isinstance(signals.rulebook, NoRulebook) and not signals.rulebook_refused,
        }
        if not state["database"]:
            return _say({"status": "not ready", **state}, HTTPStatus.SERVICE_UNAVAILABLE)
        degraded = not (state["model"] and state["rulebook"])
        return _say({"status": "degraded" if degraded else "ready", **state}, HTTPStatus.OK)

    return routes


def _say(document: dict[str, object], status: HTTPStatus) -> Response:
    return Response(json.dumps(document), status=status, mimetype="application/json")
