"""What a reviewer sees of a pull request, in small repositories with a history."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from scripts import build, preview
from scripts.catalogue.problems import Problem
from scripts.render.preview import preview_head
from tests.conftest import Repository
from tests.render.test_pages import check_golden
from tests.test_workflows import git

CORN = {
    "name": "Newcorn",
    "description": "Serves ASGI applications over HTTP/2, one thread for each connection.",
    "repository": "https://github.com/example/newcorn",
    "package": "newcorn",
    "evidence": "https://github.com/example/newcorn/blob/main/server.py",
}
README = "README.md:1:1: The part between the markers is generated from data/ once this is merged, and would only"


@dataclass(slots=True)
class Desk:
    """A repository with a branch, and what the command says of it."""

    repository: Repository
    capsys: pytest.CaptureFixture[str]

    @property
    def root(self) -> Path:
        return self.repository.root

    def run(self, *arguments: str, base: str = "main") -> tuple[int, str]:
        git(self.root, "add", "--all")
        git(self.root, "commit", "--quiet", "--allow-empty", "--message", "Change")
        self.capsys.readouterr()
        code = preview.main([base, "--root", str(self.root), *arguments])
        return code, self.capsys.readouterr().out


@pytest.fixture
def desk(repository: Repository, capsys: pytest.CaptureFixture[str]) -> Desk:
    assert build.main(["--root", str(repository.root), "--allow-shrink"]) == 0
    repository.write(".gitignore", "/docs/\n")
    git(repository.root, "init", "--quiet", "--initial-branch=main")
    git(repository.root, "add", "--all")
    git(repository.root, "commit", "--quiet", "--message", "Begin")
    git(repository.root, "switch", "--quiet", "--create", "work")
    return Desk(repository, capsys)


def test_a_good_entry(desk: Desk) -> None:
    desk.repository.server("newcorn", **CORN)
    code, out = desk.run()
    assert code == 0
    check_golden("upkeep/preview-new.md", out)


def test_an_entry_with_facts_and_doubts(desk: Desk) -> None:
    seen = {"observed": "2026-11-20", "source": "forge", "archived": False, "last_commit": "2026-11-01", "stars": 7}
    links = {"observed": "2026-11-20", "verdict": "gone", "reason": "answers 404", "missing": ["2026-11-01"]}
    desk.repository.write("data/facts/github.json", json.dumps({"example/newcorn": seen}))
    desk.repository.write("data/facts/links.json", json.dumps({CORN["evidence"]: links}))
    declined = "- {name: newcorn, address: https://example.com/x, reason: out-of-scope, note: Not about ASGI.}\n"
    desk.repository.write("data/declined.yml", declined)
    desk.repository.middleware(formerly="[example/newcorn]")
    git(desk.root, "switch", "--quiet", "main")
    desk.run()
    git(desk.root, "switch", "--quiet", "work")
    git(desk.root, "reset", "--quiet", "--hard", "main")
    desk.repository.server("newcorn", **CORN)
    code, out = desk.run()
    assert code == 0
    check_golden("upkeep/preview-doubts.md", out)


def test_a_new_entry_is_held_against_those_like_it_and_an_old_one_is_not(desk: Desk) -> None:
    desk.repository.server("exampelcorn", **CORN | {"name": "Exampelcorn"})
    doubt = "The name is like that of `examplecorn` (data/servers/examplecorn.yml). Is it something else?"
    assert doubt in desk.run()[1]
    assert doubt not in desk.run(base="HEAD")[1]


def test_common_mistakes(desk: Desk) -> None:
    desk.repository.server("newcorn", **(CORN | {"package": "examplecorn"}))
    desk.repository.middleware(name="")
    (desk.root / "data/publications/how-servers-call-2024.yml").unlink()
    readme = desk.root / "README.md"
    readme.write_text(readme.read_text(encoding="utf-8").replace("Example Guard", "Best Guard"), encoding="utf-8")
    desk.repository.write("data/facts/packages.json", "{}\n")
    desk.repository.write("data/schema/server.json", "{}\n")
    code, out = desk.run()
    assert code == 1
    check_golden("upkeep/preview-mistakes.md", out)


def test_only_changed_entries_are_judged(desk: Desk) -> None:
    git(desk.root, "switch", "--quiet", "main")
    desk.repository.middleware(name="")
    desk.run()
    git(desk.root, "switch", "--quiet", "work")
    git(desk.root, "reset", "--quiet", "--hard", "main")
    desk.repository.server("newcorn", **CORN)
    code, out = desk.run()
    assert code == 0
    assert "1 entry changed, nothing to mend" in out
    assert "Other entries have 1 problems (`make check`)" in out


def test_who_refers_to_what_was_removed_is_named(desk: Desk) -> None:
    (desk.root / "data/servers/examplecorn.yml").unlink()
    code, out = desk.run()
    assert code == 1
    assert out.startswith("data/publications/how-servers-call-2024.yml:9:")
    assert "`examplecorn` is no entry." in out


def test_what_the_base_gained_meanwhile_is_no_change(desk: Desk) -> None:
    git(desk.root, "switch", "--quiet", "main")
    desk.repository.server("newcorn", **CORN)
    desk.run()
    git(desk.root, "switch", "--quiet", "work")
    assert "## 0 entries changed, nothing to mend" in desk.run()[1]


def test_not_committed_yet_counts_too(desk: Desk) -> None:
    desk.repository.server("newcorn", **CORN)
    assert preview.main(["main", "--root", str(desk.root)]) == 0
    assert "### `data/servers/newcorn.yml` (new)" in desk.capsys.readouterr().out


@pytest.mark.parametrize(
    ("beside", "code"), [(None, 1), ("data/tags.yml", 0), ("scripts/x.py", 0), ("data/declined.yml", 1)]
)
def test_what_code_generates_may_change_with_it(desk: Desk, beside: str | None, code: int) -> None:
    readme = desk.root / "README.md"
    readme.write_text(readme.read_text(encoding="utf-8").replace("Example Guard", "Best Guard"), encoding="utf-8")
    if beside:
        path = desk.root / beside
        before = path.read_text(encoding="utf-8") if path.exists() else "[]" if "declined" in beside else ""
        desk.repository.write(beside, before + "\n# a comment\n")
    found = desk.run()
    assert (found[0], found[1].startswith(README)) == (code, code == 1)


def test_around_the_generated_part_people_may_write(desk: Desk) -> None:
    readme = desk.root / "README.md"
    readme.write_text("A new first line.\n" + readme.read_text(encoding="utf-8"), encoding="utf-8")
    assert desk.run()[0] == 0


def test_facts_come_from_robots(desk: Desk) -> None:
    desk.repository.write("data/facts/packages.json", "{}\n")
    assert desk.run()[0] == 1
    assert desk.run("--robot")[0] == 0


def test_annotations_and_summary(desk: Desk, tmp_path: Path) -> None:
    desk.repository.server("newcorn", **(CORN | {"name": ""}))
    summary = tmp_path / "summary.md"
    summary.write_text("Before.\n", encoding="utf-8")
    code, out = desk.run("--format", "github", "--summary", str(summary))
    assert (code, out) == (
        1,
        "::error file=data/servers/newcorn.yml,line=2,col=6::`name` has no value. Write one, or remove the line.\n",
    )
    assert summary.read_text(encoding="utf-8").startswith("Before.\n## 1 entry changed, 1 thing to mend\n")


@pytest.mark.parametrize("base", ["none-such", "--octopus", "main:README.md", ""])
def test_a_base_that_is_none(desk: Desk, base: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        preview.main(["--root", str(desk.root), "--", base])
    assert "is no commit that git knows here. Fetch it, or name another." in capsys.readouterr().err


@given(st.text(max_size=60), st.text(max_size=60))
def test_no_problem_becomes_markup(path: str, text: str) -> None:
    head = preview_head([], [Problem(path, 1, 1, text)])
    tokens = MarkdownIt("commonmark", {"html": True}).parse(head)
    inner = [child for token in tokens for child in token.children or ()]
    assert {token.type for token in tokens} <= {
        "heading_open", "inline", "heading_close", "bullet_list_open", "list_item_open", "paragraph_open",
        "paragraph_close", "list_item_close", "bullet_list_close",
    }  # fmt: skip
    assert {child.type for child in inner} <= {"text", "code_inline", "text_special"}
