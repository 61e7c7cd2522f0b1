"""Who may import whom, and where the clock, the environment, printing and exiting may appear."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PROJECT

SCRIPTS = PROJECT / "scripts"
MAY_IMPORT = {
    "catalogue": {"catalogue"},
    "facts": {"facts", "catalogue"},
    "view": {"view", "catalogue", "facts"},
    "render": {"render", "catalogue", "view"},
    "intake": {"intake", "catalogue", "facts", "view", "render"},
    "command": {"command", "catalogue"},
    "lab": {"lab", "catalogue", "facts"},
}
VERBS = {path.stem for path in SCRIPTS.glob("*.py")} - {"__init__"}
LAB = SCRIPTS / "lab"
MODULES = [path for stage in MAY_IMPORT for path in (SCRIPTS / stage).rglob("*.py") if path != LAB / "__main__.py"]
# Programs of their own, which run inside the environment of what the lab measures.
INSIDE = [LAB / "app", LAB / "inside", LAB / "frameworks" / "apps", LAB / "middleware" / "wraps"]
VERBS_ONLY = {"today", "now", "utcnow", "getenv", "environ", "argv", "print", "exit", "input"}

WORLD = {"os", "sys", "time", "dt.date", "dt.datetime", "date", "datetime", "datetime.date", "datetime.datetime"}


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def stage(module: str) -> str:
    return module.split(".")[1]


def test_every_folder_is_a_known_stage() -> None:
    assert {path.name for path in SCRIPTS.iterdir() if path.is_dir()} - {"__pycache__"} == set(MAY_IMPORT)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(SCRIPTS).as_posix())
def test_stages_import_only_what_they_may(path: Path) -> None:
    ours = {stage(module) for module in imports(path) if module.startswith("scripts.")}
    assert ours <= MAY_IMPORT[path.relative_to(SCRIPTS).parts[0]]


def test_nobody_imports_a_verb() -> None:
    for path in [*MODULES, *SCRIPTS.glob("*.py")]:
        used = {stage(module) for module in imports(path) if module.startswith("scripts.")}
        assert not used & VERBS, path


OUTSIDE = [path for path in MODULES if not set(INSIDE) & set(path.parents)]


@pytest.mark.parametrize("path", OUTSIDE, ids=lambda path: path.relative_to(SCRIPTS).as_posix())
def test_clock_environment_and_output_belong_to_verbs(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in VERBS_ONLY, f"{path}:{node.lineno}"
        if isinstance(node, ast.Attribute) and node.attr in VERBS_ONLY:
            assert ast.unparse(node.value) not in WORLD, f"{path}:{node.lineno}"
