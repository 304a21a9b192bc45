"""Rules of the house that neither ruff nor import-linter can see."""

import ast
import re
import sys

from tests.architecture.project import ROOT, here, imported_names, kept_text, modules

LONGEST_FUNCTION = 40
LONGEST_MODULE = 260
FORBIDDEN_WORDING = re.compile(
    r"\b(?:low|no)[ -]risk\b(?! (?:form|tool))|\bpredict(?:s|ed|ion|ions)?\b|\bAI\b|\bartificial intelligence\b",
    re.IGNORECASE,
)


def test_the_ground_floor_uses_the_standard_library_only() -> None:
    strangers = {
        f"{here(path)} imports {name}"
        for path, module in modules("screening/domain")
        for name in imported_names(module)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith("screening.domain")
    }

    assert not strangers


def test_an_outsider_can_run_the_audit_room_with_one_package() -> None:
    strangers = {
        f"{here(path)} imports {name}"
        for path, module in modules("screening/audit")
        for name in imported_names(module)
        if name.split(".")[0] not in sys.stdlib_module_names | {"cryptography"}
        and not name.startswith("screening.audit")
    }

    assert not strangers


def test_estimator_files_are_opened_in_one_place_of_training_only() -> None:
    opened = [
        here(path)
        for path, module in modules("screening", "training")
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute)
        and node.attr == "load"
        and isinstance(node.value, ast.Name)
        and node.value.id in {"joblib", "pickle"}
    ]

    assert len(opened) <= 1
    assert all(name.startswith("training/") for name in opened)


def test_nothing_is_patched() -> None:
    patches = re.compile(r"unittest\.mock|\bmocker\b|monkeypatch\.setattr|MagicMock|create_autospec")
    found = {
        here(path) for path, text in kept_text(".py") if patches.search(text) and path.name != "test_house_rules.py"
    }

    assert not found


def test_every_function_can_be_read_in_one_look() -> None:
    long = {
        f"{here(path)}: {node.name} has {lines} lines of code"
        for path, module in modules("screening", "training")
        if "migrations" not in path.parts  # a table's columns are one list, however long
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (lines := len(_lines_of_code(node))) > LONGEST_FUNCTION
    }

    assert not long


def test_every_module_holds_one_idea() -> None:
    long = {
        f"{here(path)} has {lines} lines of code"
        for path, module in modules("screening", "training")
        if (lines := len(_lines_of_code(module))) > LONGEST_MODULE
    }

    assert not long


def test_no_wording_calls_a_child_safe_or_the_service_a_prophet() -> None:
    wordings = [
        (here(path), node.value)
        for path, module in modules("screening")
        for node in _strings_that_people_read(module)
        if isinstance(node.value, str)
    ]
    wordings += [
        (here(path), text) for path, text in kept_text(".html", ".toml") if path.is_relative_to(ROOT / "screening")
    ]

    assert wordings
    assert not {f"{name}: {hit.group()}" for name, text in wordings for hit in FORBIDDEN_WORDING.finditer(text)}


def test_every_switched_off_check_says_why() -> None:
    silent = {
        f"{here(path)}:{number}"
        for path, text in kept_text(".py")
        if path.name != "test_house_rules.py"
        for number in _silent_switches(text.splitlines())
    }

    assert not silent


def test_every_rule_of_style_that_is_left_out_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    block = text.split("\nignore = [\n")[1].split("\n]")[0]

    assert all("#" in line for line in block.splitlines())


def _silent_switches(lines: list[str]) -> list[int]:
    """The numbers of lines that switch a check off with no reason, on the line or in a comment just above it."""
    switch = re.compile(r"#\s*(?:type:\s*ignore|noqa|nosec|pragma:)\S*(?P<rest>.*)")
    return [
        place + 1
        for place, line in enumerate(lines)
        if (hit := switch.search(line))
        and not _is_reason(hit["rest"])
        and not any(map(_is_comment, lines[max(0, place - 3) : place]))
    ]


def _is_reason(rest: str) -> bool:
    words = [word for word in rest.split() if re.search(r"[a-z]{2}", word)]
    return len(words) >= 2


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("# ")


def _strings_that_people_read(module: ast.Module) -> list[ast.Constant]:
    docstrings = {id(constant) for constant in _docstrings(module)}
    return [
        node
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]


def _docstrings(tree: ast.AST) -> list[ast.expr]:
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    firsts = [node.body[0] for node in ast.walk(tree) if isinstance(node, documented) and node.body]
    return [first.value for first in firsts if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)]


def _lines_of_code(tree: ast.AST) -> set[int]:
    """The lines that hold code: no blank lines, no comments, no docstrings."""
    docstrings = {
        line for text in _docstrings(tree) for line in range(text.lineno, (text.end_lineno or text.lineno) + 1)
    }
    held = {
        line
        for node in ast.walk(tree)
        if isinstance(node, ast.expr | ast.stmt | ast.arg | ast.keyword | ast.alias | ast.excepthandler | ast.pattern)
        for line in (node.lineno, node.end_lineno or node.lineno)
    }
    return held - docstrings
