"""`screening send FILE...`: send contact files to a running service."""

import json
import time
import urllib.error
import urllib.request
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from typing import Any

import click

from screening.api.problems import document
from screening.commands.common import found_a_problem, wrong_input
from screening.commands.files import Lying, contacts_in

TRIES = 5
PATIENCE_SECONDS = 30
AGAIN = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
TAKEN = frozenset({HTTPStatus.OK, HTTPStatus.CREATED})

Answer = dict[str, Any]
"""A receipt or a problem document."""

NO_ANSWER: Answer = {"detail": "What answered is not this service: its answer is neither a receipt nor a problem."}


@click.command
@click.argument(
    "paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--to", "address", default="http://127.0.0.1:8000", show_default=True, help="The service's address.")
@click.option("--key", envvar="SCREENING_KEY", required=True, help="The sender's key; better in SCREENING_KEY.")
def command(paths: tuple[Path, ...], address: str, key: str) -> None:
    """Send contact files (.json: one contact, .ndjson: one a line, .csv: one a row) and print each answer.

    Sending again is safe: the same content gets the same receipt. A busy service is tried again.

    Example: SCREENING_KEY=… screening send contact.json
    """
    if not address.startswith(("http://", "https://")):
        wrong_input("--to needs an address that starts with http:// or https://.")
    if not (key.isascii() and key.isprintable()) or " " in key:
        wrong_input("The key holds a sign that no key has. Give it as it was printed.")
    refused = 0
    for path in paths:
        for lying in contacts_in(path):
            status, answer = _send(lying, f"{address.rstrip('/')}/api/v1/contacts", key)
            refused += status not in TAKEN or "receipt_id" not in answer
            where = f"{path}:{lying.number}" if lying.number else str(path)
            click.echo(json.dumps({"file": where, "status": status, "answer": _in_file_terms(lying, answer)}))
    if refused:
        found_a_problem(f"{refused} not accepted.")


def _send(lying: Lying, url: str, key: str) -> tuple[int, Answer]:
    """Send one contact. One that cannot be taken out of its file is not sent: its faults are the answer."""
    if lying.body is None:
        return HTTPStatus.BAD_REQUEST, document("unreadable", lying.problems)
    return _post(url, key, lying.body)


def _in_file_terms(lying: Lying, answer: Answer) -> Answer:
    """The answer, its faults and warnings pointing to the columns of a CSV row where the contact was one."""
    said = {
        name: [{**one, "pointer": lying.place_of(one["pointer"])} for one in answer[name]]
        for name in ("errors", "warnings")
        if name in answer
    }
    return answer | said


def _post(url: str, key: str, body: bytes) -> tuple[int, Answer]:
    for attempt in range(TRIES):
        status, headers, text = _once(url, key, body)
        if status not in AGAIN or attempt == TRIES - 1:
            break
        asked = headers.get("Retry-After", "1")
        time.sleep(min(PATIENCE_SECONDS, int(asked)) if asked.isdecimal() else PATIENCE_SECONDS)
    try:
        answer = json.loads(text)
    except ValueError:
        return status, NO_ANSWER
    return status, answer if isinstance(answer, dict) else NO_ANSWER


class _HereOnly(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: the key would go with it to wherever it leads."""

    def redirect_request(self, *_asked: object) -> None:
        """Give none, so that the redirect itself is the answer."""


_OPENER = urllib.request.build_opener(_HereOnly)


def _once(url: str, key: str, body: bytes) -> tuple[int, dict[str, str], bytes]:
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    # The scheme was checked to be http or https before this is called.
    request = urllib.request.Request(url, data=body, headers=headers, method="POST")  # noqa: S310 - checked, see above
    try:
        with _OPENER.open(request, timeout=PATIENCE_SECONDS) as answer:  # nosec B310 - checked, see above
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()
    except (OSError, HTTPException) as error:
        found_a_problem(f"The service does not answer: {getattr(error, 'reason', error)}")
