"""The documents say what is there: paths, commands, records, sources, licences; and nothing of where they were written."""

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from tests.architecture.project import ROOT, here, kept_files, kept_text
from training.cli import main as training

RECORDS = sorted((ROOT / "docs" / "adr").glob("*.md"))
PATH_IN_TEXT = re.compile(
    r"`((?:screening|training|models|tests|docs|\.ci)/[\w./-]*[\w/]|[A-Z][A-Za-z]+\.md|[\w-]+\.(?:lock|toml))`"
)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#]+)")


def test_records_have_numbers_of_their_own_and_stand_in_the_index() -> None:
    numbers = [record.name[:4] for record in RECORDS]
    index = (ROOT / "docs" / "adr" / "0000-index.md").read_text(encoding="utf-8")

    assert len(set(numbers)) == len(numbers)
    assert numbers == [f"{number:04}" for number in range(len(numbers))]
    assert all(f"[{record.name[:4]}]({record.name})" in index for record in RECORDS[1:])


@pytest.mark.parametrize("record", RECORDS[1:], ids=lambda record: record.stem)
def test_a_record_is_dated_and_asks_who_may_be_harmed(record: Path) -> None:
    text = record.read_text(encoding="utf-8")

    assert text.startswith(f"# {record.name[:4]} ")
    assert re.search(r"^Date: \d{4}-\d{2}-\d{2}\. Status: (accepted|superseded by \d{4})\.$", text, re.MULTILINE)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == [
        "Context",
        "Decision",
        "Consequences",
        "Who may be harmed if we are wrong",
    ]


def test_every_path_in_a_document_exists() -> None:
    lost = set()
    for path, text in kept_text(".md"):
        named = [(ROOT / name, name) for name in PATH_IN_TEXT.findall(text)]
        linked = [(path.parent / name, name) for name in LINK.findall(text)]
        lost |= {
            f"{here(path)}: {name}" for there, name in named + linked if not there.exists() and not _beside(path, name)
        }

    assert not lost


def test_every_make_target_in_a_document_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = {name for _, text in kept_text(".md") for name in re.findall(r"`make ([a-z]+)", text)}

    assert named
    assert named <= targets


def test_every_training_command_in_a_document_can_be_given() -> None:
    lines = [line for _, text in kept_text(".md") for line in re.findall(r"^    training (.+)$", text, re.MULTILINE)]
    assert lines

    for line in lines:
        name, *words = shlex.split(line)
        parameters = training.commands[name].params
        options = {spelt for one in parameters for spelt in one.opts if spelt.startswith("-")}
        assert {word for word in words if word.startswith("-")} <= options, line


def test_every_rule_names_a_source_that_is_described() -> None:
    rules = tomllib.loads((ROOT / "screening" / "rules" / "rulebook.toml").read_text(encoding="utf-8"))["rule"]
    described = set(
        re.findall(r"^\| `([a-z0-9-]+)` \|", (ROOT / "docs" / "sources.md").read_text(encoding="utf-8"), re.MULTILINE)
    )
    used = {key for rule in rules for key in _source_keys(rule["source"])}

    assert used
    assert used <= described


def test_no_source_is_described_twice() -> None:
    keys = re.findall(
        r"^\| `([a-z0-9-]+)` \|", (ROOT / "docs" / "sources.md").read_text(encoding="utf-8"), re.MULTILINE
    )

    assert len(keys) == len(set(keys))


def test_no_word_is_explained_twice() -> None:
    words = re.findall(r"^\| ([^|]+?) \|", (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8"), re.MULTILINE)
    explained = [word for word in words if word not in {"word", "---"}]

    assert len(explained) == len(set(explained))


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-run.lock"])
def test_a_lock_pins_every_file_by_hash_and_names_no_place(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=[a-z0-9])", text)

    assert not re.search(r"://|^\s*-{1,2}(?!hash=)[a-z]", text, re.MULTILINE)
    assert all(re.match(r"[a-z0-9._\[\],-]+==\S+", entry) and "--hash=sha256:" in entry for entry in entries)


def test_everything_that_is_asked_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted_to_run = {_package(asked) for asked in project["dependencies"]}
    wanted = wanted_to_run | {_package(asked) for extra in project["optional-dependencies"].values() for asked in extra}

    assert wanted <= _locked("requirements.lock")
    assert wanted_to_run <= _locked("requirements-run.lock")
    assert _locked("requirements-run.lock") <= _locked("requirements.lock")


def test_the_notice_names_the_licence_of_everything_that_runs() -> None:
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")

    assert not {
        name
        for name in _locked("requirements-run.lock")
        if not re.search(rf"^  {re.escape(name)} +\S", notice, re.MULTILINE)
    }


def test_no_file_tells_where_it_was_written_or_where_packages_come_from() -> None:
    # The words are put together here, so that this file does not hold them itself.
    paths = [
        "/wo" + r"rk/",
        r"(?<![\w/-])(?:\.\./)?sha" + "red/",
        r"\.libr" + "ary/",
        "before" + "-stop",
        "/ro" + "ot/",
    ]
    hosts = ["py" + r"pi\.org", "pytho" + "nhosted", "npm" + "js", "deb" + r"ian\.org", "/opt/py" + "pi"]
    speech = ["as an " + "AI", "language " + "model", "chat" + "bot"]
    found = {
        f"{here(path)}: {hit.group()}"
        for path, text in kept_text()
        for hit in re.finditer("|".join(paths + hosts + speech), text)
    }

    assert not found


def test_nothing_that_is_kept_is_large() -> None:
    assert not {here(path) for path in kept_files() if path.stat().st_size > 2_000_000}


def _beside(path: Path, name: str) -> bool:
    return (path.parent / name).exists()


def _source_keys(source: str | list[str]) -> set[str]:
    sources = source if isinstance(source, list) else source.split(";")
    return {one.split()[0].rstrip(",") for one in sources if one.strip()}


def _package(asked: str) -> str:
    return re.split(r"[\[<>=!~; ]", asked)[0].lower()


def _locked(name: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9._-]+)(?:\[[^\]]*\])?==", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
