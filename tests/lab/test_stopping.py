"""A run that is stopped leaves nothing running."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from scripts.lab import runner as module
from scripts.lab.bench import ROOT
from scripts.lab.environment import Environment
from scripts.lab.process import MARK, end_marked, start
from scripts.lab.runner import Runner
from scripts.lab.subjects import ServerSubject
from tests.conftest import Repository
from tests.lab.conftest import SERVE

# The command as people start it, with one subject, and an environment that is there already.
PROGRAM = """
import signal
import sys
from pathlib import Path

from scripts.lab import __main__ as lab
from scripts.lab.environment import Environment
from scripts.lab.plan import Kind
from scripts.lab.subjects import ServerSubject

root, programs, subject = sys.argv[1:]
subjects = {Kind.SERVER: [ServerSubject.model_validate_json(subject)], Kind.FRAMEWORK: [], Kind.MIDDLEWARE: []}
lab.load_subjects = lambda: (subjects, [])
lab.prepare = lambda *_: Environment(Path(programs), {"example": "1.0"}, "3.11.0")
signal.signal(signal.SIGINT, signal.SIG_IGN)  # as in the background of a shell
sys.exit(lab.main(["--root", root, "run"]))
"""
NOTING = f"import os, pathlib; pathlib.Path(__file__).with_name(f'pid-{{os.getpid()}}').touch()\n{SERVE}"


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_nothing_is_left_running(
    how: signal.Signals,
    repository: Repository,
    server: Callable[[str], ServerSubject],
    environment: Environment,
    tmp_path: Path,
) -> None:
    repository.server()
    arguments = [str(repository.root), str(environment.programs), server(NOTING).model_dump_json()]
    with subprocess.Popen([sys.executable, "-c", PROGRAM, *arguments], cwd=ROOT, stdout=subprocess.PIPE) as run:
        while len(servers(tmp_path)) < 4:
            assert run.poll() is None
            time.sleep(0.1)
        run.send_signal(how)
        assert run.wait(30) == 130
    assert [pid for pid in servers(tmp_path) if Path(f"/proc/{pid}").exists()] == []
    assert not (repository.root / "data/facts/lab/servers").exists()


def test_what_starts_after_the_stop_is_ended(tmp_path: Path) -> None:
    mark = f"{os.getpid()}-late"
    runner = Runner({}, mark, repeats=1)
    stopped = threading.Event()

    def late() -> int | None:
        stopped.wait(30)
        program = start(["/bin/sleep", "60"], tmp_path, {MARK: mark})
        return program.wait(30)

    def looked(*args: Any) -> int:
        ended = end_marked(*args)
        stopped.set()
        return ended

    with ThreadPoolExecutor() as pool, pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "end_marked", looked)
        task = pool.submit(late)
        assert runner.end([task]) == 1
        assert task.result() == -signal.SIGTERM


def servers(folder: Path) -> list[int]:
    """The processes that have noted themselves."""
    return [int(path.name.removeprefix("pid-")) for path in folder.glob("pid-*")]
