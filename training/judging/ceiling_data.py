"""Very many contacts of a made-up authority, chunk by chunk: each is a sample of its own, and only its rows are kept.

A chunk has a seed of its own and is matched by itself, as a history of its size would be, so that people are no easier
and no harder to recognise than there. Its contacts are written to a folder that goes when its rows are read.
"""

import csv
import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from screening.domain.fact_list import establish
from screening.domain.suggestion import Response
from screening.triage.features import describe
from training.fitting.work import Task
from training.history.extract import open_extract
from training.history.pictures import pictured
from training.judging.ceiling import Chunk
from training.population.folder import synthesise
from training.population.settings import Authority

CONTACTS_A_CHUNK = 20_000


def chunk_of(authority: Authority, seed: int, contacts: int) -> Chunk:
    """The rows and the true needs of a history of so many contacts."""
    with TemporaryDirectory() as room:
        folder = Path(room) / "history"
        synthesise(authority, seed=seed, contacts=contacts, out=folder, replace=False, progress=lambda _: None)
        with (folder / "truth.csv").open(encoding="utf-8", newline="") as text:
            truth = {row["contact_reference"]: Response(row["need"]).caution for row in csv.DictReader(text)}
        extract = open_extract(folder)
        rows, need = [], []
        for taken in pictured(extract.contacts(), extract.decisions, extract.register):
            if taken.contact.contact_reference in extract.decisions:
                rows.append(np.array(describe(establish(taken.contact, taken.picture)), dtype=np.float32))
                need.append(truth[taken.contact.contact_reference])
    return Chunk(np.array(rows), np.array(need, dtype=np.int64))


def chunk_tasks(authority: Authority, *, seed: int, contacts: int, a_chunk: int = CONTACTS_A_CHUNK) -> list[Task]:
    """The chunks of so many contacts, seeded by `seed` and on."""
    sizes = [min(a_chunk, contacts - begun) for begun in range(0, contacts, a_chunk)]
    return [Task(chunk_of, (authority, seed + number, size)) for number, size in enumerate(sizes)]


def about_chunks(authority: Authority, tasks: list[Task], *, decided: int) -> dict[str, object]:
    """What is told of them."""
    return {
        "what": "The attainable ceiling of a made-up authority: nobody in it exists, and it is no part of any model",
        "authority": authority.name,
        "settings_sha256": hashlib.sha256(repr(authority).encode()).hexdigest(),
        "seeds": [task.arguments[1] for task in tasks],
        "contacts": sum(int(str(task.arguments[2])) for task in tasks),
        "decided_contacts": decided,
    }
