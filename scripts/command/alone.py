"""A command that writes, alone in its folder."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from filelock import FileLock, Timeout


class HinderedError(Exception):
    """Why a command cannot do its work, and what to do."""


@contextmanager
def alone(folder: Path, lock: str, what: str, written: PurePosixPath) -> Iterator[None]:
    """Holds the lock file of a folder, which is made if need be. Raises HinderedError, also for the body.

    ``what`` the command does and where it writes are for the message.
    """
    try:
        folder.mkdir(exist_ok=True)
        with FileLock(folder / lock, timeout=0):
            yield
    except Timeout:
        raise HinderedError(f"Another {what} is under way in this folder. Wait until it has ended.") from None
    except OSError as error:
        reason = f"{written}: cannot be written ({error.strerror}); what was there is intact."
        raise HinderedError(f"{reason} Check permissions and free space, then run again.") from error
