"""`screening rules list` and `screening rules check FILE`."""

from pathlib import Path

import click

from screening.commands.common import found_a_problem, now, wrong_input
from screening.domain.errors import RulebookRefused
from screening.rules.describe import list_rules
from screening.rules.rulebook import default_text, load, warnings_on


@click.group
def command() -> None:
    """List the rulebook, or check one.

    Example: screening rules list | less
    """


@command.command("list")
@click.option("--file", "path", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Another rulebook.")
def list_them(path: Path | None) -> None:
    """Print every rule with its source, readable by a safeguarding lead.

    Example: screening rules list | less
    """
    try:
        click.echo(list_rules(load(path.read_bytes() if path else default_text())))
    except RulebookRefused as refused:
        wrong_input(f"{path or 'the default rulebook'}: {refused}")


@command.command("check")
@click.argument("path", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(path: Path) -> None:
    """Check a rulebook: a clear sentence for each fault; exit 1 where there is one.

    Example: screening rules check my-rulebook.toml
    """
    try:
        rulebook = load(path.read_bytes())
    except RulebookRefused as refused:
        for fault in refused.faults:
            click.echo(f"{path}: {fault}", err=True)
        found_a_problem(f"{len(refused.faults)} fault(s) found.")
    for warning in warnings_on(rulebook, now().date()):
        click.echo(f"{path}: {warning}", err=True)
    click.echo(f"{len(rulebook.rules)} rules, no faults. SHA-256 {rulebook.digest}")
