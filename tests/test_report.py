"""The report as maintainers and a workflow run it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from scripts import report
from tests.conftest import PROJECT, Repository
from tests.view.test_attention import known


def test_from_a_shell() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "scripts.report"],
        capture_output=True, encoding="utf-8", check=False, cwd=PROJECT, env={**os.environ, "PYTHONIOENCODING": "ascii"},  # noqa: TID251, E501  # a process
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("As of ")


def said(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = report.main(["--root", str(root), *arguments])
    return code, capsys.readouterr().out


def test_links_and_guide_are_read(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    known(repository, {}, {"last_release": "2020-01-01"})
    repository.write("docs/guide/servers.md", "Take [this](../catalogue/servers/examplecorn.md).")
    trouble = {"observed": "2026-11-19", "verdict": "gone", "missing": ["2026-11-01"]}
    repository.write("data/facts/links.json", json.dumps({"https://blog.example.com/servers": trouble}))
    code, text = said(repository.root, capsys)
    assert code == 0
    assert "examplecorn.yml: 2020-01-01: is dormant, and is linked from docs/guide/servers.md" in text
    assert "how-servers-call-2024.yml: 2026-11-01: `url`, https://blog.example.com/servers: nothing" in text


def test_a_disagreement_is_reported_and_does_not_stop_it(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    known(repository, {"license": "MIT"}, {"license": "GPL-3.0-only"})
    code, text = said(repository.root, capsys, "--markdown")
    assert code == 0
    assert "package index says GPL-3.0-only, forge says MIT" in text


@pytest.mark.parametrize(
    ("path", "content", "reason"),
    [
        ("data/facts/github.json", "{", "data/facts/github.json:1:2: This is not JSON."),
        ("data/servers/examplecorn.yml", "", "data/servers/examplecorn.yml:1:1: "),
        ("mkdocs.yml", "site_name: x\n", "mkdocs.yml:1:1: `site_url` is missing."),
    ],
)
def test_what_cannot_be_read_is_named(
    repository: Repository, capsys: pytest.CaptureFixture[str], path: str, content: str, reason: str
) -> None:
    repository.write(path, content)
    code, text = said(repository.root, capsys)
    assert code == 1
    assert text.startswith(reason)


def test_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        report.main(["--root", str(tmp_path)])
    assert "has no folder `data`. Name the root of the repository." in capsys.readouterr().err
