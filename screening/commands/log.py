"""`screening log verify|checkpoint`: check the audit log, or sign its newest head."""

import os
import secrets
import sys
from pathlib import Path

import click

from screening.audit.checkpoint import (
    Checkpoint,
    KeyRefused,
    NoteRefused,
    SigningKey,
    VerifierKey,
    open_checkpoint,
    sign_checkpoint,
)
from screening.audit.entry import Event
from screening.commands.common import database_option, found_a_problem, now, settings_with, wrong_input
from screening.commands.user import COMMAND_LINE
from screening.config import Settings
from screening.journey.ports import Unit
from screening.store.verify import verify_log
from screening.wiring import open_store

KEY_NAME = "screening-log"
SEED_BYTES = 32


@click.group
def command() -> None:
    """Check the audit log, or sign its newest head.

    Example: screening log verify --database screening-demo/screening.db
    """


@command.command
@click.option(
    "--checkpoint",
    "checkpoints",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A signed checkpoint that was kept elsewhere; repeatable.",
)
@click.option("--verifier", metavar="KEY", help="The verifier key that the checkpoints were signed for.")
@database_option
def verify(checkpoints: tuple[Path, ...], verifier: str | None, database: str | None) -> None:
    """Check every entry: none changed, removed or re-ordered, and each fits what is stored beside it.

    With a checkpoint that was kept elsewhere it also shows that the whole log was not rewritten since. Exit 0: whole.
    Exit 1: altered; the entries are named. The service may run meanwhile.

    Example: screening log verify --database screening-demo/screening.db
    """
    settings = settings_with(database)
    expected = _roots(settings, checkpoints, verifier) if checkpoints else None
    with click.progressbar(length=1, label="Checking", file=sys.stderr) as bar:

        def progress(done: int, of: int) -> None:
            bar.length = max(of, 1)
            bar.update(done - bar.pos)

        verdict = verify_log(settings.database_url, progress, expected)
    for finding in verdict.findings:
        where = "The log" if finding.number is None else f"Entry {finding.number}"
        click.echo(f"{where}: {finding.text}")
    if not verdict.intact:
        found_a_problem(
            f"The log is NOT whole: {verdict.found} finding(s) in {verdict.checked} entries. Do not rely on entries "
            "from the first one named onward until this is explained."
        )
    click.echo(
        f"Checked {verdict.checked} entries. None has been changed, removed or re-ordered since it was written.\n"
        f"Root over all of them: {verdict.root.hex()}\n"
        "This check cannot tell whether what was typed is true, nor whether something was never recorded."
    )
    if expected is None:
        click.echo("Only a checkpoint that was kept outside this machine shows that the whole log was not rewritten.")
    else:
        click.echo(f"It agrees with {len(expected)} checkpoint(s) that were kept elsewhere.")


@command.command
@click.option(
    "--key",
    "key_file",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The signing key's file; made where there is none. Keep it away from the database.",
)
@database_option
def checkpoint(key_file: Path, database: str | None) -> None:
    """Sign the log's newest head and print it (a C2SP tlog-checkpoint).

    Keep it where no database administrator reaches. The verifier key, which checks it, goes to standard error: keep
    that too.

    Example: screening log checkpoint --key /secure/log.key > head.txt
    """
    settings = settings_with(database)
    key = _signing_key(key_file)
    with open_store(settings) as store:
        with store.read() as look:
            head = look.head()
        note = sign_checkpoint(Checkpoint(head.log_id, head.size, head.root), key)

        def act(unit: Unit) -> None:
            content: dict[str, str | int] = {"size": head.size, "root": head.root.hex()}
            unit.log(Event.CHECKPOINT_SIGNED, at=now(), actor=COMMAND_LINE, content={**content})

        store.write(act)
    click.echo(f"Verifier key: {key.verifier.to_text()}", err=True)
    click.echo(note.decode(), nl=False)


def _signing_key(key_file: Path) -> SigningKey:
    if not key_file.exists():
        key = SigningKey(KEY_NAME, secrets.token_bytes(SEED_BYTES))
        descriptor = os.open(key_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(key.to_text() + "\n")
        return key
    try:
        return SigningKey.from_text(key_file.read_text("utf-8").strip())
    except (KeyRefused, UnicodeDecodeError) as refused:
        wrong_input(f"{key_file} holds no signing key: {refused}")


def _roots(settings: Settings, checkpoints: tuple[Path, ...], verifier: str | None) -> dict[int, bytes]:
    """The roots that the checkpoints vouch for, by the log's size then."""
    if verifier is None:
        wrong_input("--checkpoint needs --verifier: the key that `log checkpoint` printed.")
    with open_store(settings) as store, store.read() as look:
        origin = look.head().log_id
    try:
        key = VerifierKey.from_text(verifier)
        opened = [open_checkpoint(path.read_bytes(), origin, [key]) for path in checkpoints]
    except (KeyRefused, NoteRefused) as refused:
        wrong_input(f"A checkpoint or its key is refused: {refused}")
    return {checkpoint.size: checkpoint.root for checkpoint in opened}
