"""One virtual environment for each set of versions: what is asked for is resolved, and the result is the lock."""

import hashlib
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock
from packaging.utils import canonicalize_name
from uv import find_uv_bin

PATIENCE = 600  # seconds for one installation
MARKER = "installed.txt"
REMEDY = "Run again, or change what it installs in scripts/lab/subjects."


class InstallError(Exception):
    """A subject cannot be installed; the text is a sentence for people."""


@dataclass(frozen=True, slots=True)
class Environment:
    """What a subject runs in."""

    programs: Path
    installed: Mapping[str, str]  # version by normalised name of the distribution
    python: str

    @property
    def interpreter(self) -> Path:
        return self.programs / "python"


def resolve(requirements: Sequence[str], python: str) -> str:
    """The lock: one exact requirement a line. Asks the package index. Raises InstallError."""
    asked = "\n".join(requirements)
    arguments = ["--quiet", "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"]
    arguments += ["--python-version", python]
    return _uv(["pip", "compile", *arguments, "-"], f"resolve {', '.join(requirements)}", asked)


def prepare(requirements: Sequence[str], python: str, cache: Path) -> Environment:
    """The environment of these requirements as the index answers today; made if there is none. Raises InstallError."""
    lock = resolve(requirements, python)
    name = hashlib.sha256(f"{python}\n{lock}".encode()).hexdigest()[:16]
    folder = cache / "environments" / name
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{folder}.lock"):
        if not (folder / MARKER).exists():
            shutil.rmtree(folder, ignore_errors=True)
            _uv(["venv", "--quiet", "--python", python, str(folder)], f"make an environment for Python {python}")
            arguments = ["--quiet", "--python", str(folder / "bin/python"), "--no-deps"]
            _uv(["pip", "install", *arguments, "--requirement", "-"], f"install {', '.join(requirements)}", lock)
            (folder / MARKER).write_text(lock, encoding="utf-8")
    said = _run([str(folder / "bin/python"), "-c", "import platform; print(platform.python_version())"], "", 60)
    return Environment(folder / "bin", versions(lock), said.strip())


def versions(lock: str) -> Mapping[str, str]:
    """Version by distribution; markers and comments of the lock are left out."""
    pinned = (line.split(";")[0].split("#")[0].strip().partition("==") for line in lock.splitlines())
    return {canonicalize_name(name.partition("[")[0]): version for name, _, version in pinned if version}


def _uv(arguments: Sequence[str], aim: str, text: str = "") -> str:
    try:
        return _run([find_uv_bin(), *arguments], text, PATIENCE)
    except subprocess.CalledProcessError as error:
        said = next((line.strip() for line in error.stderr.splitlines() if any(map(str.isalpha, line))), "no message")
        raise InstallError(f"It could not be installed: to {aim} failed ({said[:200]}). {REMEDY}") from error
    except subprocess.TimeoutExpired as error:
        raise InstallError(
            f"It could not be installed: to {aim} took more than {PATIENCE} seconds. {REMEDY}"
        ) from error


def _run(command: Sequence[str], text: str, patience: float) -> str:
    done = subprocess.run(  # noqa: S603 - uv, or the interpreter that it made
        command, input=text, capture_output=True, text=True, encoding="utf-8", timeout=patience, check=True
    )
    return done.stdout
