"""The disk matches, nothing is half written, and nothing outside the owned folders is deleted."""

import os
import resource
import subprocess
import sys
from pathlib import Path, PurePosixPath

import pytest

from scripts.render.files import apply, compare
from tests.conftest import PROJECT

OWNED = [PurePosixPath("docs/catalogue")]
PAGE = PurePosixPath("docs/catalogue/a.md")
README = PurePosixPath("README.md")


def sync(root: Path, texts: dict[PurePosixPath, str]) -> list[str]:
    return [str(problem) for problem in apply(root, texts, compare(root, texts, OWNED))]


def test_files_are_written_and_orphans_removed(tmp_path: Path) -> None:
    assert sync(tmp_path, {PAGE: "a\n", PAGE.parent / "deep" / "b.md": "b\n"}) == []
    assert sync(tmp_path, {PAGE: "é\n"}) == []
    assert [path.name for path in (tmp_path / "docs").rglob("*")] == ["catalogue", "a.md"]
    assert (tmp_path / PAGE).read_bytes() == "é\n".encode()


def test_what_does_not_differ_is_not_touched(tmp_path: Path) -> None:
    sync(tmp_path, {PAGE: "a\n"})
    os.utime(tmp_path / PAGE, (1, 1))
    assert not compare(tmp_path, {PAGE: "a\n"}, OWNED)
    sync(tmp_path, {PAGE: "a\n"})
    assert (tmp_path / PAGE).stat().st_mtime == 1


def test_files_of_others_stay(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("by hand")
    sync(tmp_path, {PAGE: "a\n"})
    sync(tmp_path, {})
    assert (tmp_path / "docs" / "index.md").read_text() == "by hand"
    assert not (tmp_path / "docs" / "catalogue").exists()


def test_a_single_file_may_be_owned(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    for name in ("llms.txt", "robots.txt"):
        (tmp_path / "docs" / name).write_text("old")
    difference = compare(tmp_path, {}, [PurePosixPath("docs/llms.txt"), PurePosixPath("docs/missing.txt")])
    assert difference.delete == (PurePosixPath("docs/llms.txt"),)


def test_links_are_not_followed_when_deleting(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "keep.md").write_text("keep")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "catalogue").symlink_to(precious)
    difference = compare(tmp_path, {}, OWNED)
    assert (difference.delete, difference.write) == ((), ())
    assert apply(tmp_path, {}, difference) == []
    assert (precious / "keep.md").exists()


def test_links_out_of_the_repository_are_not_written_through(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside"
    for folder in (root / "docs", outside):
        folder.mkdir(parents=True)
    (root / "docs" / "catalogue").symlink_to(outside)
    (problem,) = sync(root, {PAGE: "a\n"})
    assert problem.startswith("docs/catalogue/a.md:1:1: Cannot be written")
    assert list(outside.iterdir()) == []


def test_a_read_only_file_stays_as_it_was(tmp_path: Path) -> None:
    sync(tmp_path, {README: "old\n"})
    (tmp_path / README).chmod(0o444)
    (problem,) = sync(tmp_path, {README: "new\n"})
    assert problem == (
        "README.md:1:1: Cannot be written (the file is read-only); what was there is intact."
        " Check permissions and free space, then run again."
    )
    assert (tmp_path / README).read_text() == "old\n"


def test_a_folder_in_the_place_of_a_file_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / README).mkdir()
    (problem,) = sync(tmp_path, {README: "new\n"})
    assert "Cannot be written" in problem
    assert os.listdir(tmp_path) == ["README.md"]  # noqa: PTH208 - nothing half written lies beside it


LIMITED = """
import sys
from pathlib import Path, PurePosixPath
from scripts.render.files import apply, compare
root, path = Path(sys.argv[1]), PurePosixPath("README.md")
texts = {path: "new" * 100_000}
for problem in apply(root, texts, compare(root, texts, [])):
    print(problem)
"""


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    sync(tmp_path, {README: "old\n"})
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, tmp_path],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
    )
    assert done.stdout.startswith("README.md:1:1: Cannot be written (File too large); what was there is intact.")
    assert done.stderr == ""
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("README.md", "old\n")]


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o755])
def test_modes_are_kept(tmp_path: Path, mode: int) -> None:
    sync(tmp_path, {README: "old\n"})
    (tmp_path / README).chmod(mode)
    sync(tmp_path, {README: "new\n"})
    assert (tmp_path / README).stat().st_mode & 0o777 == mode
