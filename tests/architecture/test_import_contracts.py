"""The import contracts are kept, and each of them can fail: wrong imports are planted in a copy, and every one is seen."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.project import ROOT, here, kept_files

# For each contract: where a line is planted (a package means its __init__), and what it imports there.
PLANTED = {
    "floors": [
        ("screening.domain", "screening.audit"),
        ("screening.rules", "screening.triage"),
        ("screening.matching", "screening.journey"),
        ("screening.intake", "screening.store"),
        ("screening.journey", "screening.config"),
        ("screening.store", "screening.api"),
        ("screening.api", "screening.web"),
        ("screening.web", "screening.wiring"),
        ("screening.config", "screening.store"),
        ("screening.wiring", "screening.demo"),
        ("screening.app", "screening.demo"),
        ("screening.app", "screening.server"),
        ("screening.server", "screening.demo"),
        ("screening.demo", "screening.commands"),
        ("screening.commands", "screening.cli"),
    ],
    "pure": [
        ("screening.domain", "sqlalchemy"),
        ("screening.domain", "random"),
        ("screening.matching", "time"),
        ("screening.rules", "os"),
        ("screening.triage", "numpy"),
        ("screening.triage", "logging"),
        ("screening.audit", "secrets"),
        ("screening.audit", "socket"),
    ],
    "ports": [
        ("screening.journey", "sqlalchemy"),
        ("screening.journey", "flask"),
        ("screening.journey", "secrets"),
    ],
    "flask": [
        ("screening.store", "flask"),
        ("screening.config", "flask"),
        ("screening.intake", "flask_smorest"),
        ("training", "flask"),
    ],
    "no-learning-in-service": [
        ("screening.triage", "sklearn"),
        ("screening.wiring", "joblib"),
        ("screening.demo", "training"),
        ("screening.cli", "training"),
        ("screening.api", "pickle"),
    ],
    "training-borrows": [
        ("training", "screening.journey"),
        ("training", "screening.store"),
        ("training", "screening.audit"),
        ("training", "screening.cli"),
    ],
    "doors": [
        ("screening.api", "screening.rules"),
        ("screening.api", "screening.intake"),
        ("screening.api", "screening.store"),
        ("screening.web", "screening.intake.schemas"),
        ("screening.web", "screening.triage"),
    ],
    "ground-floor": [
        ("screening.domain.contact", "screening.domain.facts"),
        ("screening.domain.signals", "screening.domain.suggestion"),
        ("screening.domain.errors", "screening.domain.contact"),
    ],
    "audit-leaves": [
        ("screening.audit", "screening.domain.contact"),
    ],
    "analyst": [
        ("training.population", "training.history.extract"),
        ("training.history", "training.need.known_need"),
        ("training.need", "training.fitting.fit"),
        ("training.fitting", "training.judging.evaluate"),
        ("training.check", "training.judging.evaluate"),
        ("training.judging", "training.shipping.card"),
        ("training.shipping", "training.report.page"),
        ("training.report", "training.commands.fit"),
        ("training.commands", "training.cli"),
    ],
    "circles": [
        ("screening.audit.canonical", "screening.audit.entry"),
        ("screening.domain.signals", "screening.domain.suggestion"),
    ],
}


def test_every_contract_is_kept() -> None:
    verdict = _lint(ROOT)

    assert verdict.returncode == 0, verdict.stdout


def test_a_wrong_import_is_planted_for_every_contract() -> None:
    contracts = re.findall(r'^id = "([a-z-]+)"$', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)

    assert set(contracts) == set(PLANTED)


@pytest.fixture(scope="module")
def copy_of_the_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The two packages and the contracts, where wrong imports hurt nobody."""
    goal = tmp_path_factory.mktemp("house")
    for path in kept_files():
        name = here(path)
        if name == "pyproject.toml" or (name.startswith(("screening/", "training/")) and path.suffix == ".py"):
            copy = goal / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
    return goal


@pytest.mark.slow
@pytest.mark.parametrize(
    ("contract", "place", "stranger"),
    [(contract, *pair) for contract, pairs in PLANTED.items() for pair in pairs],
)
def test_a_planted_import_is_seen(copy_of_the_house: Path, contract: str, place: str, stranger: str) -> None:
    module = _file(copy_of_the_house, place)
    as_it_was = module.read_text(encoding="utf-8")
    module.write_text(f"{as_it_was}\nimport {stranger}\n", encoding="utf-8")

    verdict = _lint(copy_of_the_house, contract)
    module.write_text(as_it_was, encoding="utf-8")

    assert verdict.returncode == 1, verdict.stderr
    assert "Contracts: 0 kept, 1 broken." in verdict.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("contract", "place"), [("floors", "screening/cellar.py"), ("ground-floor", "screening/domain/attic.py")]
)
def test_a_room_that_nobody_placed_is_seen(copy_of_the_house: Path, contract: str, place: str) -> None:
    room = copy_of_the_house / place
    room.write_text('"""A room that stands on no floor."""\n', encoding="utf-8")

    verdict = _lint(copy_of_the_house, contract)
    room.unlink()

    assert verdict.returncode == 1, verdict.stderr
    assert "Contracts: 0 kept, 1 broken." in verdict.stdout


def _file(root: Path, module: str) -> Path:
    place = root.joinpath(*module.split("."))
    return place / "__init__.py" if place.is_dir() else place.with_suffix(".py")


def _lint(root: Path, *contracts: str) -> subprocess.CompletedProcess[str]:
    chosen = [word for contract in contracts for word in ("--contract", contract)]
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-logo", "--no-cache", *chosen]
    environment = {**os.environ, "PYTHONPATH": str(root), "NO_COLOR": "1", "COLUMNS": "400"}
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
