"""`screening send FILE...`: send contact files to a running service."""

import json
import time
import urllib.error
import urllib.request
from dataclasses import asdict
from http import HTTPStatus
from pathlib import Path

import click

from screening.commands.common import found_a_problem, wrong_input
from screening.commands.files import Lying, contacts_in

TRIES = 5
PATIENCE_SECONDS = 30
AGAIN = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})


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
    refused = 0
    for path in paths:
        for lying in contacts_in(path):
            status, answer = _send(lying, f"{address.rstrip('/')}/api/v1/contacts", key)
            refused += status >= HTTPStatus.BAD_REQUEST
            where = f"{path}:{lying.number}" if lying.number else str(path)
            click.echo(json.dumps({"file": where, "status": status, "answer": answer}))
    if refused:
        found_a_problem(f"{refused} not accepted.")


def _send(lying: Lying, url: str, key: str) -> tuple[int, object]:
    """Send one contact. One that cannot be taken out of its file is not sent: its faults are the answer."""
    if lying.body is None:
        return HTTPStatus.BAD_REQUEST, {"errors": [asdict(problem) for problem in lying.problems]}
    return _post(url, key, lying.body)


def _post(url: str, key: str, body: bytes) -> tuple[int, object]:
    for attempt in range(TRIES):
        status, headers, text = _once(url, key, body)
        if status not in AGAIN or attempt == TRIES - 1:
            break
        time.sleep(min(PATIENCE_SECONDS, int(headers.get("Retry-After", "1"))))
    try:
        return status, json.loads(text)
    except ValueError:
        return status, "the answer is not JSON"


def _once(url: str, key: str, body: bytes) -> tuple[int, dict[str, str], bytes]:
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}
    # The scheme was checked to be http or https before this is called.
    request = urllib.request.Request(url, data=body, headers=headers, method="POST")  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310  # nosec B310
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()
    except urllib.error.URLError as error:
        found_a_problem(f"The service does not answer: {error.reason}")
