"""The running service under a fuzzer that has read its own OpenAPI document: no 5xx, and no answer it does not describe.

Then every hostile text of the collection, in every text field of the contract.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from screening.intake.field_kinds import Text
from screening.intake.objects import Contracted, Items, Object
from screening.intake.schemas import ContactSchema
from screening.store.verify import verify_log
from tests.intake.documents import a_full_document, body_of, changed
from tests.serving import KEY, Running, a_running_service, prepare

ROOT = Path(__file__).parents[2]
HOSTILE = json.loads((ROOT / "tests" / "vectors" / "hostile_text.json").read_text("utf-8"))
TEXTS: tuple[str, ...] = tuple(
    text
    for kind in ("html", "unicode", "sql", "path", "log_injection", "csv_cells", "csv_formula_leads")
    for text in HOSTILE[kind]
)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
FUZZING_SECONDS = 60
SEED = 20261123


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """One database for all tests here: none of them minds what the others stored."""
    url = f"sqlite:///{tmp_path_factory.mktemp('fuzz') / 'store.db'}"
    prepare(url)
    return url


@pytest.fixture(scope="module")
def running(url: str) -> Iterator[Running]:
    with a_running_service(url) as running:
        yield running


@pytest.fixture
def connection(running: Running) -> Iterator[HTTPConnection]:
    """One connection for a test that sends many."""
    with closing(running.connection()) as connection:
        yield connection


@pytest.mark.slow
def test_no_request_brings_an_answer_that_the_document_does_not_describe(running: Running, tmp_path: Path) -> None:
    command = [
        str(Path(sys.executable).parent / "schemathesis"), "run",
        f"http://127.0.0.1:{running.port}/api/v1/openapi.json",
        "--header", f"Authorization: Bearer {KEY}",
        "--checks", "all", "--max-time", str(FUZZING_SECONDS), "--seed", str(SEED),
        "--continue-on-failure", "--no-color",
    ]  # fmt: skip
    told = os.environ | {"SCHEMATHESIS_HOOKS": "tests.stories.fuzzing", "PYTHONPATH": str(ROOT)}

    fuzzed = subprocess.run(
        command, env=told, cwd=tmp_path, capture_output=True, text=True, timeout=FUZZING_SECONDS * 5, check=False
    )

    print(fuzzed.stdout)
    assert fuzzed.returncode == 0, fuzzed.stdout + fuzzed.stderr
    assert "3 selected / 3 total" in fuzzed.stdout


# ------------------------------------------------------------------------------------------------------- hostile text


def text_fields(schema: Contracted, at: str = "") -> Iterator[tuple[str, Text]]:
    """Every text field of the contract by its pointer, in the first of each list."""
    for name, field in schema.fields.items():
        within: Any = field.kind if isinstance(field, Items) else field
        here = f"{at}/{name}/0" if isinstance(field, Items) else f"{at}/{name}"
        if isinstance(within, Object):
            yield from text_fields(within.contracted, here)
        elif isinstance(within, Text) and not within.pattern:
            yield here, within


FIELDS = dict(text_fields(ContactSchema()))


def texts_for(text: str, pointers: Iterable[str], reference: str) -> dict[str, str]:
    """What to put into these fields: `text`, and before it in the contact's own reference what tells it apart."""
    return {pointer: f"{reference}{text}" if pointer == "/contact_reference" else text for pointer in pointers}


def with_texts(texts: dict[str, str], reference: str) -> bytes:
    """A whole contact with these texts in their fields, under a reference of its own."""
    document = a_full_document() | {"contact_reference": reference}
    for pointer, text in texts.items():
        document = changed(document, pointer, text)
    return body_of(document)


def due_status(texts: dict[str, str]) -> int:
    """How a contact with these texts is to be answered."""
    if any(CONTROL.search(text) for text in texts.values()):
        return 400
    too_long = any(len(text) > FIELDS[pointer].most for pointer, text in texts.items())
    blank = any(FIELDS[pointer].required and not text.strip() for pointer, text in texts.items())
    return 422 if too_long or blank else 201


def test_the_contract_has_as_many_text_fields_as_are_tried() -> None:
    assert len(FIELDS) == 21
    assert {"/incident/narrative", "/children/0/voice/words", "/risk_assessment/dara_items/0/comment"} <= set(FIELDS)


def test_a_hostile_text_in_every_field_at_once_is_taken_as_text_or_refused(
    running: Running, connection: HTTPConnection
) -> None:
    not_short = [pointer for pointer, field in FIELDS.items() if field.most >= 200]
    answered = set()
    for number, text in enumerate(TEXTS):
        texts = texts_for(text, not_short, f"H-{number}")
        status, answer = running.post(with_texts(texts, f"H-{number}"), connection)

        answered.add(status)
        assert status == due_status(texts), (text, answer)
        assert status == 201 or len(text) < 2 or text not in json.dumps(answer, ensure_ascii=False)
    assert answered == {201, 400, 422}


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "'); DROP TABLE contacts;--", "\u202egnp.exe", "\x00x", "", " \u2003"]
)
def test_a_hostile_text_in_any_one_field_is_taken_as_text_or_refused(
    running: Running, connection: HTTPConnection, text: str
) -> None:
    for number, pointer in enumerate(FIELDS):
        reference = f"O-{len(text)}-{number}-"
        texts = texts_for(text, [pointer], reference)
        status, answer = running.post(with_texts(texts, reference), connection)

        assert status == due_status(texts), (pointer, answer)


def test_a_hostile_name_of_a_field_is_refused_and_one_in_the_extensions_is_kept(
    running: Running, connection: HTTPConnection
) -> None:
    for number, text in enumerate(TEXTS):
        control = CONTROL.search(text) is not None
        unknown, _ = running.post(body_of(a_full_document() | {text: "x"}), connection)
        extended = a_full_document() | {"contact_reference": f"E-{number}", "extensions": {text: text}}
        kept, _ = running.post(body_of(extended), connection)

        assert (unknown, kept) == ((400, 400) if control else (422, 201)), text


@pytest.mark.parametrize("text", HOSTILE["json_raw_must_400"])
def test_what_is_no_strict_json_is_a_400(running: Running, text: str) -> None:
    status, answer = running.post(text.encode())

    assert (status, answer["code"]) == (400, "unreadable")


@pytest.mark.parametrize(
    ("body", "due"),
    [
        pytest.param(b"[" * 10_000 + b"]" * 10_000, 400, id="deep array"),
        pytest.param(b'{"a":' * 50_000 + b"1" + b"}" * 50_000, 400, id="deep object"),
        pytest.param(b'{"a":' + b"9" * 5_000 + b"}", 400, id="huge number"),
        pytest.param(b'"' + b"A" * 10 * 1024 * 1024 + b'"', 413, id="huge text"),
        pytest.param(json.dumps(dict.fromkeys(map(str, range(60_000)), 1)).encode(), 400, id="many names"),
        pytest.param(b'{"contact_reference":"' + b" " * 900_000 + b'x"}', 422, id="long blank"),
    ],
)
def test_what_is_made_to_exhaust_is_refused_soon(running: Running, body: bytes, due: int) -> None:
    status, answer = running.post(body)

    assert status == due, answer


def test_a_hostile_text_in_the_address_finds_nothing(running: Running) -> None:
    for text in TEXTS:
        status, answer = running.get(f"/api/v1/contacts/{quote(text, safe='')}")

        assert (status, answer["code"]) == (404, "not_found"), text


def test_afterwards_the_log_is_whole(running: Running, url: str) -> None:
    assert running.get("/health/ready")[0] == 200

    verdict = verify_log(url, lambda _done, _of: None)

    assert [finding.text for finding in verdict.findings] == []
    assert verdict.checked > 300
