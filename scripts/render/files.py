"""Makes the disk match rendered texts: writes whole files where they differ, deletes only in owned folders."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from scripts.catalogue.disk import replace
from scripts.catalogue.problems import Problem


@dataclass(frozen=True, slots=True)
class Difference:
    """What would have to happen. Paths are relative to the root."""

    write: tuple[PurePosixPath, ...]
    delete: tuple[PurePosixPath, ...]

    def __bool__(self) -> bool:
        return bool(self.write or self.delete)


Content = str | bytes


def compare(root: Path, texts: Mapping[PurePosixPath, Content], owned: Iterable[PurePosixPath]) -> Difference:
    """What differs between the disk and the texts. ``owned`` are folders, and single files elsewhere. Reads only."""
    write = tuple(path for path, text in texts.items() if _bytes(root / path) != encoded(text))
    present = {path for folder in owned for path in _files(root, root / folder)}
    return Difference(write, tuple(sorted(present - set(texts))))


def apply(root: Path, texts: Mapping[PurePosixPath, Content], difference: Difference) -> list[Problem]:
    """Writes and deletes. Stops at the first failure; every file is then still the old or already the new one."""
    for path in (*difference.write, *difference.delete):
        try:
            if path in texts:
                replace(root, path, encoded(texts[path]))
            else:
                _remove(root, path)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            remedy = "Check permissions and free space, then run again."
            return [Problem(path.as_posix(), 1, 1, f"Cannot be written ({reason}); what was there is intact. {remedy}")]
    return []


def encoded(content: Content) -> bytes:
    """What stands on disk."""
    return content if isinstance(content, bytes) else content.encode("utf-8")


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _files(root: Path, folder: Path) -> Iterable[PurePosixPath]:
    if folder.is_symlink():  # never follow, so never delete, out of the folder
        return
    if folder.is_file():
        yield PurePosixPath(folder.relative_to(root).as_posix())
    for path in folder.rglob("*"):
        if path.is_symlink() or not path.is_dir():
            yield PurePosixPath(path.relative_to(root).as_posix())


def _remove(root: Path, path: PurePosixPath) -> None:
    target = root / path
    target.unlink()
    for folder in target.parents:
        if folder == root or any(folder.iterdir()):
            return
        folder.rmdir()
