"""`screening assess FILE...`: suggestions for contact files, nothing stored."""

import functools
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

import click
import joblib

from screening.api.problems import document
from screening.commands.common import wrong_input
from screening.commands.files import Lying, contacts_in, register_in
from screening.config import Settings, settings_from
from screening.domain.errors import ContactRefused
from screening.intake.field_kinds import EARLIEST_YEAR, LATEST_YEAR
from screening.intake.parse import read_contact
from screening.journey.assess import assess
from screening.journey.records import JsonValue
from screening.matching.memory import KnownInMemory
from screening.wiring import calendar_from, signals_from, warnings_about

CONTACTS_IN_ONE_GO = 250


@dataclass(frozen=True, slots=True)
class Task:
    """Some contacts of one file."""

    path: str
    contacts: tuple[Lying, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One contact's suggestion, or its problem document."""

    path: str
    number: int
    suggestion: dict[str, JsonValue] | None
    problem: Mapping[str, object] = field(default_factory=dict)


@click.command
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One compact JSON object a line, one a contact.")
@click.option("--register", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A care register (CSV).")
@click.option(
    "--history", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Earlier contacts (NDJSON or CSV)."
)
@click.option("--now", "moment", metavar="TIME", help="The moment of screening; without it each contact's own sent_at.")
@click.option(
    "--jobs", default=1, show_default=True, type=click.IntRange(1, 256), help="Processes to spread the work over."
)
@click.option("--scheduler", metavar="ADDRESS", help="A Dask scheduler to spread the work over, as tcp://host:8786.")
def command(
    paths: tuple[Path, ...],
    register: Path | None,
    history: Path | None,
    moment: str | None,
    jobs: int,
    scheduler: str | None,
    *,
    as_json: bool,
) -> None:
    """Print the suggestion for contact files with its reasons, without storing anything.

    A .ndjson (or .jsonl) or .csv file holds many contacts, each assessed on its own. Without --register and --history
    none is assumed. Where rulebook or model were refused, that is said first.

    Example: screening assess --json contact.json
    """
    now, settings = _moment(moment), settings_from()
    for warning in warnings_about(signals_from(settings)):
        click.echo(warning, err=True)
    work = functools.partial(
        answers_for,
        known=_known(register, history),
        settings=settings,
        now=now,
        history_given=history is not None,
    )
    tasks = [task for path in paths for task in _tasks(path)]
    with _backend(scheduler):
        run = joblib.Parallel(n_jobs=-1 if scheduler else jobs, return_as="generator")
        failed = _print_all(run(joblib.delayed(work)(task) for task in tasks), tasks, as_json=as_json)
    if failed:
        wrong_input(f"{failed} contact(s) could not be read.")


def _print_all(answered: Iterable[list[Answer]], tasks: list[Task], *, as_json: bool) -> int:
    """Print every answer as it comes, with progress; gives how many contacts could not be read."""
    failed = 0
    total = sum(len(task.contacts) for task in tasks)
    with click.progressbar(length=total, label="Assessing", file=sys.stderr) as bar:
        for answers in answered:
            for answer in answers:
                failed += answer.suggestion is None
                _print(answer, as_json=as_json)
            bar.update(len(answers))
    return failed


def answers_for(
    task: Task, *, known: KnownInMemory, settings: Settings, now: datetime | None, history_given: bool
) -> list[Answer]:
    """Every contact of a task, assessed. Runs in whatever process it is sent to."""
    signals, calendar = signals_from(settings), calendar_from(settings)
    answers: list[Answer] = []
    for lying in task.contacts:
        try:
            # Without a moment of arrival a file is judged by its own times.
            read = read_contact(_body(lying), now)
        except ContactRefused as refused:
            code = "unreadable" if refused.unreadable else "validation_failed"
            problem = document(code, lying.in_file_terms(refused.problems))
            answers.append(Answer(task.path, lying.number, None, problem))
            continue
        at = now or read.contact.sent_at
        answers.append(
            Answer(task.path, lying.number, assess(read, known, signals, calendar, at, history_given=history_given))
        )
    return answers


def _print(answer: Answer, *, as_json: bool) -> None:
    where = f"{answer.path}:{answer.number}" if answer.number else answer.path
    if answer.suggestion is None:
        click.echo(json.dumps({"file": where, **answer.problem}), err=True)
    elif as_json:
        line: dict[str, JsonValue] = {"file": where, **answer.suggestion}
        click.echo(json.dumps(line, ensure_ascii=False, separators=(",", ":")))
    else:
        click.echo("\n".join(in_words(where, answer.suggestion)))


def in_words(where: str, suggestion: dict[str, JsonValue]) -> Iterator[str]:
    """A suggestion for somebody at a terminal."""
    yield f"{where}"
    yield f"  Suggests: {_words(suggestion['response'])} ({_words(suggestion['certainty'])})"
    yield f"  By: {_words(suggestion['urgency'])}, for: {_words(suggestion['route'])}"
    for rule in _items(suggestion["rules"]):
        yield f"  Rule {rule['id']} ({rule['effect']}): {rule['wording']}"
    for factor in _items(suggestion["factors"])[:6]:
        yield f"  Factor: {factor['text']}: {factor['direction']}, {factor['strength']}"
    for reason in suggestion["reasons_not_nfa"] if isinstance(suggestion["reasons_not_nfa"], list) else ():
        yield f"  Not closed: {reason}"
    for answer in _items(suggestion["missing"]):
        change = (
            f"could change it to {str(answer['to']).replace('_', ' ')}" if answer["could_change"] else "changes nothing"
        )
        yield f"  Missing: {answer['text']}: {change}"
    for notice in _items(suggestion["notices"]):
        yield f"  Note: {notice['text']}"
    yield "  A person decides."


def _words(code: JsonValue) -> str:
    return str(code).replace("_", " ")


def _items(value: JsonValue) -> list[dict[str, JsonValue]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _body(lying: Lying) -> bytes:
    if lying.body is None:
        raise ContactRefused(lying.problems, unreadable=True)
    return lying.body


def _tasks(path: Path) -> Iterator[Task]:
    contacts = contacts_in(path)
    while chunk := tuple(islice(contacts, CONTACTS_IN_ONE_GO)):
        yield Task(str(path), chunk)


def _known(register: Path | None, history: Path | None) -> KnownInMemory:
    known = KnownInMemory(register_in(register) if register else None)
    for lying in contacts_in(history) if history else ():
        try:
            known.remember(read_contact(_body(lying), None).contact)
        except ContactRefused as refused:
            faults = "; ".join(f"{p.pointer or 'the whole'}: {p.detail}" for p in lying.in_file_terms(refused.problems))
            wrong_input(f"{history}:{lying.number}: {faults}")
    return known


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        wrong_input("--now needs a time such as 2026-09-14T09:00:00+01:00.")
    if moment.tzinfo is None:
        wrong_input("--now needs an offset, such as +01:00 or Z.")
    if not EARLIEST_YEAR <= moment.year <= LATEST_YEAR:
        wrong_input(f"--now needs a year from {EARLIEST_YEAR} to {LATEST_YEAR}.")
    return moment


def _backend(scheduler: str | None) -> joblib.parallel_config:
    if scheduler is None:
        return joblib.parallel_config(backend="loky")
    if find_spec("distributed") is None:
        wrong_input("--scheduler needs Dask: install this package with its extra `scale`.")
    try:
        # A client of a wrong address would wait a minute for itself when it goes, so none is begun.
        import_module("distributed.comm").resolve_address(scheduler)
        return joblib.parallel_config(backend="dask", scheduler_host=scheduler)
    except (OSError, ValueError):
        wrong_input(f"No Dask scheduler answers at {scheduler}. Give its address as tcp://host:8786.")
