"""The command line: one command, `screening`. Each verb is a module of `commands`, loaded only when it is asked for."""

from importlib import import_module

import click

from screening.config import SettingsRefused
from screening.domain.errors import DatabaseRefused, LogBroken, ScreeningError, StoreBusy

VERBS: dict[str, str] = {
    "demo": "Everything with made-up data, in one command.",
    "serve": "Run the service for real use.",
    "migrate": "Make or update the database.",
    "assess": "Print the suggestion for contact files, without storing them.",
    "send": "Send contact files to a running service.",
    "import-register": "Import the care register (CSV).",
    "log": "Check the audit log, or sign its newest head.",
    "rules": "List the rulebook, or check one.",
    "user": "Add, disable or enable people's accounts.",
    "sender": "Add, renew or disable police systems' keys.",
}
"""Every verb with its line of help; the module is its name with `_` for `-`, the command there is called `command`."""


STOPPED: dict[type[ScreeningError], tuple[str, int]] = {
    SettingsRefused: ("{}", 2),
    DatabaseRefused: ("The database cannot be used: {}", 2),
    StoreBusy: ("The database cannot be used now: {}", 2),
    LogBroken: ("The log is NOT whole, and nothing is added to it: {}. To see more, run: screening log verify", 1),
}
"""What keeps any verb from being run, in a sentence, and the exit code with which it stops."""


class LazyGroup(click.Group):
    """A group whose commands are imported when called: `--help` and `serve` load nothing that they do not need."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs, in the order in which a newcomer meets them."""
        del ctx
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and give one verb's command; `None` for a word that is no verb."""
        del ctx
        if cmd_name not in VERBS:
            return None
        command = import_module(f"screening.commands.{cmd_name.replace('-', '_')}").command
        return command if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> object:
        """Run the verb; what keeps it from being run at all is said in a sentence, with an exit code of its own."""
        try:
            return super().invoke(ctx)
        except tuple(STOPPED) as fault:
            words, code = STOPPED[type(fault)]
            click.echo(words.format(fault), err=True)
            return ctx.exit(code)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The verbs with their lines of help, without importing any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="screening")
def main() -> None:
    """Screen police domestic-abuse contacts for children's social care.

    The service suggests; a person decides. Try it with made-up data:

        screening demo
    """
