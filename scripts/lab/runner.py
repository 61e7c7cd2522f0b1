"""Runs probes on subjects: several subjects at a time, each several times, each time in fresh processes."""

import json
import tempfile
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from scripts.lab.bench import ROOT, Bench
from scripts.lab.certificates import make_certificates
from scripts.lab.environment import Environment
from scripts.lab.plan import Kind, Outcome, Probe, Undecided, Verdict, asked
from scripts.lab.process import PATIENCE, end_marked, start
from scripts.lab.subjects import InsideSubject, ServerSubject, Subject

LONGEST = 40.0  # seconds for one quick probe: then its servers end, and with them what it waits for
LONGEST_PATIENT = 120.0
LONGEST_INSIDE = 600.0  # seconds for all probes of one framework or middleware
WAITING = 8  # patient probes of a subject at a time: each starts a server, and all at once they would starve each other
PAUSE = 0.1  # seconds between two looks at tasks: whether one is done, or has started something after the end
LANES = 2  # servers that quick probes of a repeat are shared out to: most of their time is waiting for what never comes
Outcomes = dict[str, list[Outcome]]


class BrokenError(Exception):
    """The subject answers nothing at all; the text is a sentence for people."""


class Stopped(Exception):  # noqa: N818 - somebody asked for it
    """The run was interrupted."""


@dataclass(frozen=True)
class Task:
    """One subject in its environment, and what to ask it."""

    kind: Kind
    subject: Subject
    environment: Environment
    probes: Sequence[Probe[Any]]
    claims: frozenset[str]


@dataclass
class Runner:
    """``variables``: what every program's environment holds. ``mark``: by which all of them are found at the end."""

    variables: Mapping[str, str]
    mark: str
    repeats: int
    patience: float = PATIENCE  # seconds until a server answers for the first time
    stop: threading.Event = field(default_factory=threading.Event)

    def outcomes(self, task: Task) -> Outcomes:
        """The answers of each probe, one a repeat. Raises BrokenError, Stopped, OSError."""
        with tempfile.TemporaryDirectory(prefix="lab-", ignore_cleanup_errors=True) as folder:
            if task.kind is Kind.SERVER:
                return self._of_server(task, Path(folder))
            return self._of_inside(task, Path(folder))

    def end(self, tasks: Collection[Future[Any]]) -> int:
        """Nothing of this run is left after it. How many processes had to be ended.

        A probe that is under way may start another server, and would wait for its answers: it is ended, too.
        """
        self.stop.set()
        ended = end_marked(f"{self.mark}/")
        while wait(tasks, timeout=PAUSE).not_done:
            ended += end_marked(f"{self.mark}/")
        return ended

    def _of_server(self, task: Task, folder: Path) -> Outcomes:
        """Those who wait for seconds do so together, and beside the quick ones, of which a few go side by side."""
        certificates = make_certificates(folder)
        found: Outcomes = {probe.id: [] for probe in task.probes}
        patient = [probe for probe in task.probes if probe.patient]
        quick = [probe for probe in task.probes if not probe.patient]

        def bench() -> Bench:
            assert isinstance(task.subject, ServerSubject)  # noqa: S101 - the kind says so
            place = Path(tempfile.mkdtemp(dir=folder))
            programs = task.environment.programs
            return Bench(
                task.subject, task.claims, programs, place, certificates, self.variables, patience=self.patience
            )

        _must_answer(bench())
        lanes = [quick[number::LANES] for number in range(LANES)]
        with ThreadPoolExecutor(LANES) as pool, ThreadPoolExecutor(WAITING) as beside:
            waiting = [
                (probe, [beside.submit(self._alone, probe, bench) for _ in range(self.repeats)]) for probe in patient
            ]
            for _ in range(self.repeats):
                for lane in [pool.submit(self._one_after_another, lane, bench()) for lane in lanes]:
                    for probe, outcome in lane.result():
                        found[probe.id].append(outcome)
            for probe, several in waiting:
                found[probe.id] = [one.result() for one in several]
        return found

    def _one_after_another(self, probes: Sequence[Probe[Bench]], bench: Bench) -> list[tuple[Probe[Bench], Outcome]]:
        try:
            return [(probe, self._bounded(probe, bench, LONGEST)) for probe in probes]
        finally:
            bench.close(grace=0.5)

    def _alone(self, probe: Probe[Bench], bench: Callable[[], Bench]) -> Outcome:
        own = bench()
        try:
            return self._bounded(probe, own, LONGEST_PATIENT)
        finally:
            own.close(grace=0.5)

    def _bounded(self, probe: Probe[Bench], bench: Bench, seconds: float) -> Outcome:
        if self.stop.is_set():
            raise Stopped
        late = threading.Event()

        def end() -> None:
            late.set()
            bench.close(grace=0)

        timer = threading.Timer(seconds, end)
        timer.start()
        try:
            outcome = asked(probe, bench, bench.claims)
        finally:
            timer.cancel()
        if late.is_set():
            return Outcome(Verdict.ERROR, f"The probe took more than {seconds:.0f} seconds and was ended.")
        return outcome

    def _of_inside(self, task: Task, folder: Path) -> Outcomes:
        found: Outcomes = {probe.id: [] for probe in task.probes}
        for number in range(self.repeats):
            if self.stop.is_set():
                raise Stopped
            place = folder / str(number)
            place.mkdir()
            answers, rest = self._inside_once(task, place)
            for probe in task.probes:
                found[probe.id].append(answers.get(probe.id, rest))
            said = {several[-1] for several in found.values()}
            if len(said) == 1 and len(found) > 1 and {one.verdict for one in said} == {Verdict.ERROR}:
                raise BrokenError(said.pop().detail)
        return found

    def _inside_once(self, task: Task, place: Path) -> tuple[Mapping[str, Outcome], Outcome]:
        """What one run of ``scripts.lab.inside`` answered, and what holds for the probes that it did not reach."""
        assert isinstance(task.subject, InsideSubject)  # noqa: S101 - the kind says so
        answers = place / "answers"
        what = [task.kind.value, task.subject.subject, task.subject.module, str(answers)]
        only = ["--only", *(probe.id for probe in task.probes), "--claims", *sorted(task.claims)]
        program = start(
            [str(task.environment.interpreter), "-m", "scripts.lab.inside", *what, *only],
            place,
            {**self.variables, "PYTHONPATH": str(ROOT)},
        )
        try:
            status = program.wait(LONGEST_INSIDE)
        finally:
            program.end()
        said = [line for line in program.said().splitlines() if line.strip()]
        last = f" Its last line: {said[-1].strip()[:200]}" if said else ""
        how = "took too long" if status is None else f"ended with status {status}"
        return _read(answers), Outcome(Verdict.ERROR, f"The subject's program {how} before this probe.{last}")


def _must_answer(bench: Bench) -> None:
    """One sentence about a server that never answers, instead of one for each probe."""
    try:
        bench.running()
    except Undecided as doubt:
        raise BrokenError(str(doubt)) from doubt
    finally:
        bench.close(grace=0.5)


def _read(path: Path) -> Mapping[str, Outcome]:
    """The whole lines of a file; what is no answer is left out, and so is an error of its probe."""
    found = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        try:
            values = json.loads(line)
            found[str(values["id"])] = Outcome(Verdict(values["result"]), str(values["detail"]))
        except (ValueError, KeyError, TypeError):
            continue
    return found


def probes_of(kind: Kind) -> Sequence[Probe[Any]]:
    """Every probe of a kind, in the order of its modules."""
    return [*import_module(f"scripts.lab.{kind.value}").PROBES]
