"""`screening log verify|checkpoint`."""

import sys

import click

from screening.commands.common import database_option, found_a_problem, settings_with
from screening.store.verify import verify_log


@click.group
def command() -> None:
    """Check the audit log, or sign its newest head."""


@command.command
@database_option
def verify(database: str | None) -> None:
    """Check every entry: none changed, removed or re-ordered, and each fits what is stored beside it.

    Exit 0: whole. Exit 1: altered; the entries are named. The service may run meanwhile.

    Example: screening log verify --database screening-demo/screening.db
    """
    settings = settings_with(database)
    size = 0

    with click.progressbar(length=1, label="Checking", file=sys.stderr) as bar:

        def progress(done: int, of: int) -> None:
            nonlocal size
            size = of
            bar.length = max(of, 1)
            bar.update(done - bar.pos)

        verdict = verify_log(settings.database_url, progress)
    for finding in verdict.findings:
        where = "The log" if finding.number is None else f"Entry {finding.number}"
        click.echo(f"{where}: {finding.text}")
    if not verdict.intact:
        found_a_problem(
            f"The log is NOT whole: {len(verdict.findings)} finding(s) in {verdict.checked} entries. Do not rely on "
            "entries from the first one named onward until this is explained."
        )
    click.echo(
        f"Checked {verdict.checked} entries. None has been changed, removed or re-ordered since it was written.\n"
        f"Root over all of them: {verdict.root.hex()}\n"
        "This check cannot tell whether what was typed is true, nor whether something was never recorded; and only a "
        "root noted outside this machine shows that the whole log was not rewritten."
    )
