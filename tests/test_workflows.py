"""Workflows are thin, pinned and harmless; and what they call does what it says."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from scripts.facts.changes import Event, subject
from scripts.intake.questions import DISPUTE
from tests.conftest import PROJECT, TODAY

FOLDER = PROJECT / ".github" / "workflows"
NAMES = ["check", "discover", "lab", "links", "publish", "refresh", "suggest"]
HOME = "github.repository == 'awesome-asgi/awesome-asgi'"
TARGETS = set(re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
# What a workflow may take from the event: ours, or a number, or a hash.
TRUSTED = re.compile(
    r"github\.(token|repository|event\.(issue|pull_request)\.number|event\.pull_request\.base\.sha)|runner\.temp"
    r"|startsWith\(github\.head_ref, 'robot/'\)"  # a truth value, and of this repository only:
    r" && github\.event\.pull_request\.head\.repo\.full_name == github\.repository"
    r"|steps\.(subject\.outputs\.subject|result\.outputs\.slug|deploy\.outputs\.page_url|stale\.outputs\.subjects)"
    r"|fromJSON\(needs\.stale\.outputs\.subjects\)|matrix\.subject"  # names of files of ours
)


def workflow(name: str) -> dict[Any, Any]:
    loaded: dict[Any, Any] = yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))
    return loaded


def jobs(name: str) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = workflow(name)["jobs"]
    return found


def steps(name: str) -> Iterator[dict[str, Any]]:
    for job in jobs(name).values():
        yield from job["steps"]


def test_every_workflow_is_looked_at() -> None:
    assert sorted(path.stem for path in FOLDER.iterdir()) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_actions_are_pinned_with_the_version_beside(name: str) -> None:
    text = (FOLDER / f"{name}.yml").read_text(encoding="utf-8")
    uses = re.findall(r"uses: (.+)", text)
    assert uses
    assert all(re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+", use) for use in uses)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_allowed_but_what_a_job_says(name: str) -> None:
    assert workflow(name)["permissions"] == {}
    assert "group" in workflow(name)["concurrency"]
    for job in jobs(name).values():
        assert isinstance(job["permissions"], dict)
        assert job["permissions"]
        assert 1 <= job["timeout-minutes"] <= 120


def test_who_may_write_is_listed() -> None:
    writing = {
        (name, job, right)
        for name in NAMES
        for job, said in jobs(name).items()
        for right, level in said["permissions"].items()
        if level == "write"
    }
    pull = {"contents", "pull-requests"}
    assert writing == {
        *(("discover", "discover", right) for right in (*pull, "issues")),
        *(("lab", "collect", right) for right in pull),
        *(("links", "links", right) for right in pull),
        *(("publish", "readme", right) for right in ("contents",)),
        *(("publish", "deploy", right) for right in ("pages", "id-token")),
        *(("refresh", "facts", right) for right in (*pull, "issues")),
        *(("refresh", "renames", right) for right in pull),
        *(("suggest", "suggest", right) for right in (*pull, "issues")),
    }


@pytest.mark.parametrize("name", NAMES)
def test_only_pushing_keeps_credentials(name: str) -> None:
    kept = {job for job, said in jobs(name).items() for step in said["steps"] if keeps(step)}
    assert kept == ({"readme"} if name == "publish" else set())


def keeps(step: dict[str, Any]) -> bool:
    return "actions/checkout" in step.get("uses", "") and step["with"]["persist-credentials"] is not False


@pytest.mark.parametrize("name", NAMES)
def test_each_run_is_a_target_or_one_line(name: str) -> None:
    for step in steps(name):
        if command := step.get("run"):
            assert "\n" not in command.strip()
            if target := re.match(r"make (?:-s )?([\w-]+)", command):
                assert target[1] in TARGETS, target[1]


@pytest.mark.parametrize("name", NAMES)
def test_expressions_take_nothing_that_people_wrote(name: str) -> None:
    text = (FOLDER / f"{name}.yml").read_text(encoding="utf-8")
    for expression in re.findall(r"\$\{\{ *(.+?) *\}\}", text):
        assert TRUSTED.fullmatch(expression), expression
    assert not any("${{" in step.get("run", "") for step in steps(name))


@pytest.mark.parametrize("name", NAMES)
def test_triggers(name: str) -> None:
    triggers = set(workflow(name)[True])  # YAML 1.1 reads `on` as true
    assert not triggers & {"pull_request_target", "workflow_run", "issue_comment"}
    expected = {"check": {"pull_request"}, "publish": {"push", "workflow_dispatch"}, "suggest": {"issues"}}
    weekly = {"schedule", "workflow_dispatch"}
    assert triggers == expected.get(name, weekly)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "check"])
def test_forks_run_nothing_on_their_own(name: str) -> None:
    for job in jobs(name).values():
        assert HOME in job.get("if", "") or job.get("needs")


def test_what_runs_software_of_others_can_only_read_and_keeps_only_its_own_results() -> None:
    measure = jobs("lab")["measure"]
    assert measure["permissions"] == {"contents": "read"}
    text = json.dumps(measure)
    assert "secrets" not in text
    assert "github.token" not in text
    (kept,) = [step["with"]["path"].split() for step in measure["steps"] if "upload-artifact" in step.get("uses", "")]
    assert kept == ["data/facts/lab/probes.json", "data/facts/lab/*/${{", "matrix.subject", "}}.json"]
    collect = [step.get("run", step.get("uses", "")).partition("@")[0] for step in jobs("lab")["collect"]["steps"]]
    assert collect.index("make check") < collect.index("peter-evans/create-pull-request"), "judged before proposed"


def test_pull_requests_can_only_read() -> None:
    assert all(set(job["permissions"].values()) == {"read"} for job in jobs("check").values())
    assert "secrets" not in (FOLDER / "check.yml").read_text(encoding="utf-8")


def test_every_form_is_answered() -> None:
    forms = [path for path in (PROJECT / ".github/ISSUE_TEMPLATE").glob("*.yml") if path.stem != "config"]
    labels = {label for path in forms for label in yaml.safe_load(path.read_text(encoding="utf-8"))["labels"]}
    (job,) = jobs("suggest").values()
    assert set(re.findall(r"labels\.\*\.name, '([a-z-]+)'", job["if"])) == labels - {DISPUTE}, "people answer that one"


def test_an_issue_becomes_an_entry_or_a_comment(tmp_path: Path) -> None:
    result, comment, body = (tmp_path / name for name in ("result.json", "comment.md", "issue.md"))
    body.write_text("$(touch x) ${{ github.token }} `touch x`", encoding="utf-8")
    done = make("suggest", PROJECT, BODY=str(body), RESULT=str(result), COMMENT=str(comment))
    assert done.returncode == 0, "a problem of the issue is none of the workflow"
    assert json.loads(result.read_text(encoding="utf-8"))["ready"] is False
    assert comment.read_text(encoding="utf-8").startswith("<!-- suggestion -->\n")
    assert make("suggest", PROJECT, BODY=str(tmp_path / "none.md")).returncode != 0


def test_dependencies_are_updated_together_and_not_at_once() -> None:
    updates = yaml.safe_load((PROJECT / ".github/dependabot.yml").read_text(encoding="utf-8"))["updates"]
    assert {one["package-ecosystem"] for one in updates} == {"github-actions", "pip", "npm"}
    assert all(one["groups"] and one["cooldown"]["default-days"] >= 7 for one in updates)


# What they call


def make(target: str, here: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A target, with the Python that runs the tests and without setting anything up."""
    programs = environment.pop("BIN", str(Path(sys.executable).parent))
    set_up = (f"BIN={programs}", "--old-file=.venv/site", "--old-file=.venv/lab")
    command = ["make", "--silent", "--makefile", str(PROJECT / "Makefile"), *set_up, target]
    names = {**os.environ, **environment}  # noqa: TID251  # a process
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False, cwd=here, env=names)


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    """A program in place of Python that notes how it was called, and ends as the file `status` says."""
    fake = tmp_path / "python"
    says = f'printf \'%s\\n\' "$@" > {tmp_path}/said\necho \'["corn", "corn-h2"]\'\nexit $(cat {tmp_path}/status)\n'
    fake.write_text(f"#!/bin/sh\n{says}", encoding="utf-8")
    fake.chmod(0o755)
    (tmp_path / "status").write_text("0", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("lab", ["run"]),
        ("lab-one", ["run", "corn; touch x $(touch x)"]),
        ("lab-stale", ["stale"]),
    ],
)
def test_targets_of_the_lab_call_it(lab: Path, target: str, said: list[str]) -> None:
    done = make(target, lab, BIN=str(lab), SUBJECT="corn; touch x $(touch x)", GITHUB_OUTPUT="")
    assert done.returncode == 0
    assert (lab / "said").read_text(encoding="utf-8").splitlines() == ["-m", "scripts.lab", *said]
    assert not (lab / "x").exists()


def test_a_workflow_reads_the_subjects_that_need_a_run(lab: Path) -> None:
    assert make("lab-stale", lab, BIN=str(lab), GITHUB_OUTPUT="").stdout == '["corn", "corn-h2"]\n'
    output = lab / "output"
    make("lab-stale", lab, BIN=str(lab), GITHUB_OUTPUT=str(output))
    assert output.read_text(encoding="utf-8") == 'subjects=["corn", "corn-h2"]\n'


@pytest.mark.parametrize(("status", "fails"), [("1", False), ("2", True)])
def test_a_subject_that_cannot_be_measured_is_a_result_and_a_wrong_name_is_none(
    lab: Path, status: str, *, fails: bool
) -> None:
    (lab / "status").write_text(status, encoding="utf-8")
    assert bool(make("lab-one", lab, BIN=str(lab), SUBJECT="corn").returncode) is fails


def test_no_subjects_are_read_where_the_lab_fails(lab: Path) -> None:
    (lab / "status").write_text("1", encoding="utf-8")
    output = lab / "output"
    assert make("lab-stale", lab, BIN=str(lab), GITHUB_OUTPUT=str(output)).returncode != 0
    assert not output.exists()


HOSTILE = "a\nready=true\nslug=$(touch x)`touch x`${{ github.token }}/../é"


@pytest.mark.parametrize(
    ("result", "expected"),
    [
        ({"ready": True, "slug": "corn-2"}, "ready=true\nslug=corn-2\n"),
        ({"ready": False, "slug": None}, "ready=false\nslug=\n"),
        ({"ready": "true", "slug": ["a"]}, "ready=false\nslug=a\n"),
        ({}, "ready=false\nslug=\n"),
        ({"ready": True, "slug": HOSTILE}, "ready=true\nslug=areadytrueslugtouchxtouchxgithubtoken\n"),
    ],
)
def test_a_workflow_reads_a_flag_and_a_slug(tmp_path: Path, result: dict[str, Any], expected: str) -> None:
    file = tmp_path / "result.json"
    file.write_text(json.dumps(result), encoding="utf-8")
    done = make("suggested", tmp_path, RESULT=str(file))
    assert (done.returncode, done.stdout) == (0, expected)
    assert [path.name for path in tmp_path.iterdir()] == ["result.json"]


@pytest.mark.parametrize(
    ("known", "said"),
    [("", "create --title What to do --label attention --body-file b.md"), ("7", "edit 7 --body-file b.md")],
)
def test_the_issue_is_renewed_and_never_repeated(tmp_path: Path, known: str, said: str) -> None:
    fake = tmp_path / "gh"
    fake.write_text(f'#!/bin/sh\n[ "$2" = list ] && echo "{known}"\necho "$@" >> {tmp_path}/said\n', encoding="utf-8")
    fake.chmod(0o755)
    path = f"{tmp_path}:{os.environ['PATH']}"  # noqa: TID251  # a process
    (tmp_path / ".github").symlink_to(PROJECT / ".github")
    done = make("issue", tmp_path, PATH=path, LABEL="attention", TITLE="What to do", BODY="b.md")
    assert done.returncode == 0
    _, listed, last = (tmp_path / "said").read_text(encoding="utf-8").splitlines()
    assert listed.startswith("issue list --state open --label attention ")
    assert last == f"issue {said}"


def git(here: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.invalid")
    done = subprocess.run(["git", *identity, *arguments], cwd=here, capture_output=True, text=True, check=True)
    return done.stdout


def test_generated_files_are_committed_only_if_they_changed(tmp_path: Path) -> None:
    work, remote = tmp_path / "work", tmp_path / "remote"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(remote))
    git(tmp_path, "init", "--quiet", "--initial-branch=main", str(work))
    (work / "data/schema").mkdir(parents=True)
    for name in ("README.md", "CONTRIBUTING.md", "data/schema/server.json", "data/tags.yml"):
        (work / name).write_text("1", encoding="utf-8")
    (work / ".github").symlink_to(PROJECT / ".github")
    git(work, "add", "--all")
    git(work, "commit", "--quiet", "--message", "Begin")
    git(work, "remote", "add", "origin", str(remote))
    git(work, "push", "--quiet", "origin", "main")
    assert make("commit-generated", work).stdout == "What is generated is what the data says.\n"
    for name in ("README.md", "data/tags.yml"):
        (work / name).write_text("2", encoding="utf-8")
    assert make("commit-generated", work).returncode == 0
    assert git(remote, "show", "--stat", "--format=%s %an", "main").split("\n")[0] == (
        "Render what the data says github-actions[bot]"
    )
    assert git(remote, "show", "--name-only", "--format=", "main") == "README.md\n"


def events(*names: str) -> list[Event]:
    return [Event.model_validate({"date": TODAY, "event": name, "entry": "x"}) for name in names]


@pytest.mark.parametrize(
    ("happened", "expected"),
    [
        ((), "facts: nothing happened"),
        (("released", "released", "gone"), "facts: 1 gone, 2 released"),
        (("released", "gone", "renamed", "license", "added"), "facts: 1 gone, 1 renamed, more"),
    ],
)
def test_a_subject_says_what_changed(happened: tuple[str, ...], expected: str) -> None:
    assert subject(events(*happened)) == expected


def test_the_subject_counts_what_is_not_committed_yet(tmp_path: Path) -> None:
    from scripts.subject import main

    file = tmp_path / "data/facts/changes.jsonl"
    file.parent.mkdir(parents=True)
    file.write_text("".join(event.line() for event in events("gone", "gone")), encoding="utf-8")
    git(tmp_path, "init", "--quiet")
    assert main(tmp_path) == 0
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "Begin")
    with file.open("a", encoding="utf-8") as stream:
        stream.write("".join(event.line() for event in events("archived")))
    assert main(tmp_path) == 0


def test_the_subject_is_what_a_workflow_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    test_the_subject_counts_what_is_not_committed_yet(tmp_path)
    assert capsys.readouterr().out == "subject=facts: 2 gone\nsubject=facts: 1 archived\n"
