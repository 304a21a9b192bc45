"""The command that makes the attainable ceiling of a made-up authority: `ceiling`. Models are held against it."""

import resource
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click

from training.commands.parts import AUTHORITY, kept_until_done, wrong_input
from training.fitting.progress import Progress, steps
from training.fitting.work import Task, Workshop, result
from training.judging.ceiling import Chunk, fit_ceiling, write_ceiling
from training.judging.ceiling_data import CONTACTS_A_CHUNK, about_chunks, chunk_tasks
from training.population.settings_check import checked_authority
from training.whole_folder import CEILING, refuse_place

SEED = 900_001
"""Far from the seeds that people give histories, since chunks take the seeds that follow."""

KILOBYTES_A_MEGABYTE = 1_024


@click.command("ceiling", epilog="Example: training ceiling --out ceilings/reference --jobs 2")
@click.option("--contacts", default=500_000, show_default=True, type=click.IntRange(2, 5_000_000), help="How many.")
@click.option(
    "--seed", default=SEED, show_default=True, type=click.IntRange(0), help="The first chunk's; others follow."
)
@AUTHORITY
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The folder to make; no model's own.")
@click.option("--jobs", default=1, show_default=True, type=click.IntRange(1, 64), help="Chunks or fits at a time.")
@click.option("--scheduler", metavar="ADDRESS", help="A Dask scheduler to spread them over, as tcp://host:8786.")
@click.option("--replace", is_flag=True, help="Take the place of a ceiling that is there.")
@wrong_input
def ceiling_command(
    contacts: int, seed: int, settings_path: Path, out: Path, jobs: int, scheduler: str | None, *, replace: bool
) -> None:
    """Fit the attainable ceiling of a made-up authority: an unconstrained model on very many other contacts.

    Contacts are made and read in chunks, so memory does not grow with them but for their rows. Stopped or killed, the
    same command goes on where it was. Only a made-up authority has a ceiling.
    """
    place, begun = out.resolve(), time.perf_counter()
    refuse_place(place, replace=replace, kind=CEILING)
    authority, progress = checked_authority(settings_path), steps(2)
    kept = place.with_name(f".{place.name}.fitting")
    work = Workshop(jobs=jobs, scheduler=scheduler, kept=kept)
    tasks = chunk_tasks(authority, seed=seed, contacts=contacts, a_chunk=min(CONTACTS_A_CHUNK, contacts // 2))
    with kept_until_done(work, kept):
        chunks = _made(tasks, work, progress)
        made = time.perf_counter()
        about = about_chunks(authority, tasks, decided=sum(len(chunk.need) for chunk in chunks))
        with progress("Fit both steps, two sizes of tree each", 1) as done:
            ceiling = fit_ceiling(chunks, about, seed=seed, work=work)
            done(1)
        write_ceiling(ceiling, place, replace=replace)
    click.echo(_told(made - begun, time.perf_counter() - made, contacts), file=sys.stdout)


def _made(tasks: Sequence[Task], work: Workshop, progress: Progress) -> list[Chunk]:
    with progress("Make and read contacts", len(tasks)) as done:
        return [result(content) for content in work.do(tasks, done)]


def _told(making: float, fitting: float, contacts: int) -> str:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (
        f"{contacts} contacts made and read in {making:.0f} s, fitted in {fitting:.0f} s; at most "
        f"{peak / KILOBYTES_A_MEGABYTE:.0f} MB in this process and its largest worker"
    )
