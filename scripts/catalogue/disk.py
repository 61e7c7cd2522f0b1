"""Writes one file so that at any moment it is the old one or the new one, whole."""

import errno
import os
import tempfile
from pathlib import Path, PurePosixPath


def create(root: Path, path: PurePosixPath, content: bytes) -> None:
    """Puts a file where none is. Raises OSError, FileExistsError among them, and then nothing has changed."""
    target = root / path
    _refuse_detour(root, target)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(name).chmod(0o644)
        os.link(name, target)  # unlike a rename, this fails if somebody was faster
    finally:
        Path(name).unlink(missing_ok=True)


def replace(root: Path, path: PurePosixPath, content: bytes, *, durable: bool = False) -> None:
    """Puts a file below ``root``. Raises OSError, and then what was there is intact.

    Refuses what is marked read-only, which a rename would replace all the same, and a folder on the way that leads
    out of ``root``. ``durable`` also survives a power cut, and costs a moment for each file.
    """
    target = root / path
    _refuse_detour(root, target)
    target.parent.mkdir(parents=True, exist_ok=True)
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o644
    if not mode & 0o222:
        raise PermissionError(errno.EACCES, "the file is read-only")
    if not target.parent.stat().st_mode & 0o222:  # stated, since the superuser could write there all the same
        raise PermissionError(errno.EACCES, "the folder is read-only")
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _refuse_detour(root: Path, target: Path) -> None:
    if not target.parent.resolve().is_relative_to(root.resolve()):
        raise OSError(errno.ELOOP, "a folder on the way is a link out of the repository")
