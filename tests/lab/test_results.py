"""What is kept of three answers."""

import datetime as dt
from pathlib import Path

import pytest

from scripts.facts.lab import Measurement, load_lab, save_measurement
from scripts.lab.environment import Environment, versions
from scripts.lab.plan import Kind, Outcome, Verdict
from scripts.lab.results import judged, key_of, measurement, probes_digest
from scripts.lab.subjects import InsideSubject

PASS, FAIL = Outcome(Verdict.PASS, "It did."), Outcome(Verdict.FAIL, "It did not.")
SUBJECT = InsideSubject(
    subject="example", entry="example", title="Example", package="example", install=("example",), module="example"
)


@pytest.mark.parametrize(
    ("outcomes", "result", "flaky"),
    [
        ([PASS, PASS, PASS], "pass", False),
        ([PASS, FAIL, FAIL], "fail", True),
        ([FAIL, PASS], "fail", True),
    ],
)
def test_most_repeats_decide(outcomes: list[Outcome], result: str, *, flaky: bool) -> None:
    one = judged(outcomes)
    assert (one.result, one.flaky) == (result, flaky)
    assert one.detail == {"pass": "It did.", "fail": "It did not."}[result]


def test_results_survive_the_disk_and_are_the_same_bytes(tmp_path: Path) -> None:
    environment = Environment(tmp_path, {"example": "1.0", "b": "2", "a": "1"}, "3.11.7")
    made = measurement(
        SUBJECT, environment, {"b.two": [FAIL], "a.one": [PASS]}, day=dt.date(2026, 11, 22), key="k", platform="Linux"
    )
    path = save_measurement(tmp_path, "middleware", made)
    first = (tmp_path / path).read_bytes()
    save_measurement(tmp_path, "middleware", Measurement.model_validate_json(first))
    assert (tmp_path / path).read_bytes() == first
    lab, problems = load_lab(tmp_path)
    assert not problems
    assert lab.measurements["middleware"] == (made,)
    assert made.version == "1.0"


@pytest.mark.parametrize("text", ["", "{", '{"subject": 3}', "[]"])
def test_a_corrupt_file_is_a_problem_with_a_remedy(tmp_path: Path, text: str) -> None:
    path = tmp_path / "data/facts/lab/servers/example.json"
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    _, problems = load_lab(tmp_path)
    assert problems
    assert all("git checkout -- data/facts/lab/servers/example.json" in problem.text for problem in problems)


def test_a_version_or_a_probe_makes_a_run_necessary() -> None:
    installed = {"example": "1.0", "h11": "0.16"}
    key = key_of(SUBJECT, installed, "3.11.7", "digest")
    assert key == key_of(SUBJECT, dict(reversed(installed.items())), "3.11.7", "digest")
    others = [
        key_of(SUBJECT, installed | {"h11": "0.17"}, "3.11.7", "digest"),
        key_of(SUBJECT, installed, "3.12.1", "digest"),
        key_of(SUBJECT, installed, "3.11.7", "other"),
        key_of(SUBJECT.model_copy(update={"module": "other"}), installed, "3.11.7", "digest"),
    ]
    assert key not in others
    assert len(set(others)) == len(others)


def test_the_digest_of_probes_follows_their_text(tmp_path: Path) -> None:
    for name in ("plan.py", "inside/a.py", "middleware/b.py", "frameworks/c.py"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("1", encoding="utf-8")
    before = probes_digest(Kind.MIDDLEWARE, tmp_path)
    (tmp_path / "frameworks/c.py").write_text("2", encoding="utf-8")
    assert probes_digest(Kind.MIDDLEWARE, tmp_path) == before
    (tmp_path / "middleware/b.py").write_text("2", encoding="utf-8")
    assert probes_digest(Kind.MIDDLEWARE, tmp_path) != before


def test_versions_of_a_lock() -> None:
    lock = "h11==0.16.0\nUvloop==0.22.1 ; sys_platform != 'win32'  # fast\nuvicorn[standard]==0.40.0\n"
    assert versions(lock) == {"h11": "0.16.0", "uvloop": "0.22.1", "uvicorn": "0.40.0"}
