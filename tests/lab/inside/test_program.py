"""Whatever a subject does, each probe has one answer in the file."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT

ALONE = """
import os, signal, sys, time
from scripts.lab.inside.__main__ import apart
from scripts.lab.plan import passed
def fine(): return passed("as it should")
def leaves(): sys.exit(3)
def crashes(): os.kill(os.getpid(), signal.SIGKILL)
def hangs(): time.sleep(60)
def swallows():
    while True:
        try: time.sleep(60)
        except BaseException: pass
outcome = apart({ask}, bound=0.3)
print(outcome.verdict.value, outcome.detail)
"""


def python(*arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": str(PROJECT)}
    return subprocess.run(
        [sys.executable, *arguments], env=environment, capture_output=True, text=True, timeout=30, check=False
    )


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        ("fine", "pass as it should"),
        ("leaves", "error The probe was left by SystemExit."),
        ("crashes", "error The process of the probe ended with status -9 and without an answer."),
        ("hangs", "error The probe was ended after 0.3 seconds."),
        ("swallows", "error The probe was ended after 0.3 seconds."),
    ],
)
def test_a_probe_takes_nothing_with_it(ask: str, said: str) -> None:
    assert python("-c", ALONE.replace("{ask}", ask)).stdout.strip() == said


@pytest.mark.parametrize("kind", ["frameworks", "middleware"])
def test_a_subject_that_cannot_be_imported_is_an_answer(kind: str, tmp_path: Path) -> None:
    output = tmp_path / "answers"
    run = python("-m", "scripts.lab.inside", kind, "lab", "no_such_module", str(output), "--only", "http.*")
    answers = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert run.returncode == 0, run.stderr
    assert len(answers) > 2
    assert {answer["result"] for answer in answers} == {"error"}
    assert all(answer["id"].startswith("http.") for answer in answers)
    assert "no_such_module" in answers[0]["detail"]


def test_nothing_beside_the_standard_library_is_needed(tmp_path: Path) -> None:
    modules = "scripts.lab.inside.__main__, scripts.lab.frameworks, scripts.lab.middleware"
    program = f"import sys; sys.path.insert(0, {str(PROJECT)!r}); import {modules}"
    command = [sys.executable, "-I", "-S", "-c", program]
    run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=30, check=False)
    assert run.returncode == 0, run.stderr
