"""``python -m scripts.lab`` as somebody types it."""

import json
from pathlib import Path

import pytest

from scripts.facts.lab import Measured, Measurement, save_measurement
from scripts.facts.security import WITHHELD
from scripts.lab.__main__ import main
from scripts.lab.environment import Environment
from scripts.lab.plan import Kind, failed, passed
from scripts.lab.runner import Outcomes, Task, probes_of
from tests.conftest import Repository

MEASURED = Measurement.model_validate(
    {
        "subject": "uvicorn",
        "entry": "uvicorn",
        "title": "Uvicorn",
        "default": True,
        "version": "0.1",
        "requirements": ("uvicorn",),
        "installed": {"uvicorn": "0.1"},
        "python": "3.11.7",
        "platform": "Linux x86_64",
        "measured": "2026-11-22",
        "key": "k",
        "results": {
            "http1.basic": Measured(result="fail", detail="Nothing came.", repeats=("fail", "pass", "fail")),
        },
    }
)


@pytest.fixture
def root(repository: Repository) -> Path:
    save_measurement(repository.root, "servers", MEASURED)
    return repository.root


def test_an_unknown_subject_names_the_nearest(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(root), "run", "uvicron"]) == 2
    assert "`uvicron` is no subject. Did you mean `uvicorn`?" in capsys.readouterr().out


def test_an_unknown_probe_names_the_nearest(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(root), "explain", "http1.basik"]) == 2
    assert "`http1.basik` is no probe. Did you mean `http1.basic`?" in capsys.readouterr().out
    assert main(["--root", str(root), "run", "uvicorn", "--only", "http1.basik"]) == 2
    assert "http1.basic" in capsys.readouterr().out


@pytest.mark.parametrize("wrong", [["--repeats", "0"], ["--jobs", "many"]])
def test_a_wrong_number_is_refused(root: Path, capsys: pytest.CaptureFixture[str], wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--root", str(root), "run", *wrong])
    assert left.value.code == 2
    assert "is no number above 0" in capsys.readouterr().err


def test_explain_says_how_and_what_came_out(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(root), "explain", "http1.basic"]) == 0
    told = capsys.readouterr().out
    for part in ("Answers a GET request", "required", "rfc9112", "Sends one GET", "Nothing came.", "fail, pass, fail"):
        assert part in told


def test_report_names_what_failed_and_what_differed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(root), "report"]) == 0
    told = capsys.readouterr().out
    assert "servers/uvicorn 0.1: 1 fail; 1 flaky" in told
    assert "http1.basic: Nothing came." in told
    assert "3 answers; results that differed between repeats: 1." in told


def test_list_shows_subjects_and_dates(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(root), "list"]) == 0
    assert "uvicorn" in (told := capsys.readouterr().out)
    assert "0.1, measured 2026-11-22" in told


def test_stale_is_what_a_new_version_or_probe_needs(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scripts.lab.__main__.resolve", lambda *_: "uvicorn==0.2\n")
    assert main(["--root", str(root), "stale", "uvicorn"]) == 0
    assert json.loads(capsys.readouterr().out) == ["uvicorn"]


def test_what_cannot_be_installed_is_one_sentence_and_keeps_what_was_known(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        from scripts.lab.environment import InstallError

        raise InstallError("It could not be installed: no such version.")

    monkeypatch.setattr("scripts.lab.__main__.prepare", refuse)
    assert main(["--root", str(root), "run", "uvicorn"]) == 1
    assert "no such version. What was measured on 2026-11-22 stays." in capsys.readouterr().out
    path = root / "data/facts/lab/servers/uvicorn.json"
    assert json.loads(path.read_text(encoding="utf-8"))["version"] == "0.1"
    path.unlink()
    assert main(["--root", str(root), "run", "uvicorn"]) == 1
    assert json.loads(path.read_text(encoding="utf-8"))["error"] == "It could not be installed: no such version."


FOUND = "tls.min_version_1.2"
SENSITIVE = sum(probe.sensitive for probe in probes_of(Kind.SERVER))


@pytest.fixture
def finds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Runs find one deviation with security weight."""
    environment = Environment(tmp_path, {"uvicorn": "0.1"}, "3.11.7")
    monkeypatch.setattr("scripts.lab.__main__.prepare", lambda *_: environment)

    def outcomes(_: object, task: Task) -> Outcomes:
        return {one.id: [failed("It did.") if one.id == FOUND else passed("It did not.")] * 3 for one in task.probes}

    monkeypatch.setattr("scripts.lab.runner.Runner.outcomes", outcomes)


@pytest.mark.usefixtures("finds")
def test_a_run_keeps_nothing_observed_of_findings(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--root", str(root), "run", "uvicorn"]) == 0
    kept = json.loads((root / "data/facts/lab/servers/uvicorn.json").read_text(encoding="utf-8"))["results"]
    assert kept[FOUND] == {"result": "fail", "detail": WITHHELD, "repeats": ["fail"] * 3}
    assert kept["http1.basic"]["detail"] == "It did not."
    assert main(["--root", str(root), "report"]) == 0
    told = capsys.readouterr().out
    assert "python -m scripts.lab run uvicorn --sensitive" in told
    assert "It did." not in told


@pytest.mark.usefixtures("finds")
def test_who_is_to_tell_a_project_is_told_and_nothing_is_kept(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = root / "data/facts/lab/servers/uvicorn.json"
    before = path.read_bytes()
    assert main(["--root", str(root), "run", "uvicorn", "--sensitive"]) == 0
    told = capsys.readouterr().out
    assert f"fail         {FOUND}: It did." in told
    assert f"{SENSITIVE - 1} pass, 1 fail" in told
    assert path.read_bytes() == before
