"""Every subject that is measured from inside has its module, and its entry in the catalogue."""

import ast
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from scripts.lab.frameworks import PROBES
from scripts.lab.plan import Kind
from scripts.lab.subjects import InsideSubject, load_subjects
from tests.conftest import PROJECT

PLACES = {Kind.FRAMEWORK: "frameworks/apps", Kind.MIDDLEWARE: "middleware/wraps"}
LOADED, PROBLEMS = load_subjects()
SUBJECTS = [(kind, cast("InsideSubject", one)) for kind in PLACES for one in LOADED[kind]]


def constants(path: Path) -> dict[str, str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def entry_of(slug: str) -> Any:
    (path,) = (PROJECT / "data").glob(f"*/{slug}.yml")
    return yaml.safe_load(path.read_bytes())


def test_subjects_are_read_and_enough() -> None:
    assert PROBLEMS == []
    assert len(LOADED[Kind.FRAMEWORK]) >= 16
    assert len(LOADED[Kind.MIDDLEWARE]) >= 25
    assert len({one.subject for _, one in SUBJECTS}) == len(SUBJECTS)


@pytest.mark.parametrize(("kind", "subject"), SUBJECTS, ids=lambda value: getattr(value, "subject", value))
def test_a_subject_has_its_module_and_its_entry(kind: Kind, subject: InsideSubject) -> None:
    path = PROJECT / "scripts/lab" / PLACES[kind] / f"{subject.module}.py"
    assert path.is_file()
    if kind is Kind.FRAMEWORK:
        assert constants(path)["PACKAGE"] == subject.package
    entry = entry_of(subject.entry)
    owner = entry if "package" in entry else entry_of(entry["part_of"])
    assert owner["package"] == subject.package


def test_a_remark_is_about_a_probe() -> None:
    for path in (PROJECT / "scripts/lab" / PLACES[Kind.FRAMEWORK]).glob("[!_]*.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict) and "REMARKS" in ast.dump(node):
                assert {ast.literal_eval(key) for key in node.value.keys if key} <= {probe.id for probe in PROBES}


def test_no_module_is_left_over() -> None:
    for kind, place in PLACES.items():
        modules = {path.stem for path in (PROJECT / "scripts/lab" / place).glob("[!_]*.py")}
        assert modules == {one.module for key, one in SUBJECTS if key is kind}
