"""What a subject may do, and what a run makes of it: one sentence, and nothing left behind."""

import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.lab.bench import Bench
from scripts.lab.environment import Environment
from scripts.lab.plan import Kind, Level, NotOffered, Outcome, Probe, Undecided, Verdict, failed, passed
from scripts.lab.process import MARK, marked, start
from scripts.lab.runner import BrokenError, Runner, Stopped, Task
from scripts.lab.subjects import ServerSubject
from tests.lab.conftest import LISTEN, READY, SERVE

Server = Callable[[str], ServerSubject]
RUN = "test-of-the-lab"


@pytest.fixture
def runner() -> Runner:
    return Runner({MARK: RUN}, RUN, repeats=3, patience=1.5)


def probe(ask: Callable[[Bench], Outcome], level: Level = Level.MUST, **more: object) -> Probe[Bench]:
    return Probe("group.name", "Title", level, None, "How.", ask, **more)  # type: ignore[arg-type]


def answered(runner: Runner, subject: ServerSubject, environment: Environment, *probes: Probe[Bench]) -> list[Outcome]:
    outcomes = runner.outcomes(Task(Kind.SERVER, subject, environment, probes, frozenset()))
    assert not marked(f"{RUN}/"), "a process is left"
    return outcomes["group.name"]


def served(bench: Bench) -> Outcome:
    with bench.running().connect() as connection:
        connection.send(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        return passed(f"Answered {connection.response().status}.")


def test_each_repeat_asks_a_new_process(runner: Runner, server: Server, environment: Environment) -> None:
    pids = set()

    def ask(bench: Bench) -> Outcome:
        pids.add(bench.running().program.pid)
        return served(bench)

    assert answered(runner, server(SERVE), environment, probe(ask)) == [passed("Answered 200.")] * 3
    assert len(pids) == 3


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("raise SystemExit('no such option')", "did not answer.*no such option"),
        (f"{LISTEN}s.close()\ntime.sleep(60)", "did not answer"),
        (f"{LISTEN}while True: c, _ = s.accept(); c.sendall(b'220 mail\\r\\n'); c.close()", "did not answer"),
        ("while True: print('x' * 100_000)", "did not answer"),
    ],
    ids=["ends", "never listens", "answers nonsense", "fills its log"],
)
def test_a_server_that_never_answers_is_one_sentence(
    text: str, said: str, runner: Runner, server: Server, environment: Environment
) -> None:
    with pytest.raises(BrokenError, match=said):
        answered(runner, server(text), environment, probe(served))
    assert not marked(f"{RUN}/")


def test_a_log_cannot_fill_the_disk(environment: Environment, tmp_path: Path) -> None:
    path = tmp_path / "loud.py"
    path.write_text("while True: print('x' * 100_000)", encoding="utf-8")
    program = start([str(environment.interpreter), str(path)], tmp_path, {MARK: RUN})
    assert program.wait(30) == -signal.SIGXFSZ or program.wait(0)
    assert program.output.stat().st_size <= 64 << 20
    program.end()


@pytest.mark.parametrize(
    "text",
    [
        f"import os\nif os.fork(): os._exit(0)\nos.setsid()\n{SERVE}",
        f"import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n{SERVE}",
        f"import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])\n{SERVE}",
    ],
    ids=["forks away", "ignores SIGTERM", "leaves a child"],
)
def test_nothing_is_left_of_a_server(text: str, server: Server, environment: Environment, tmp_path: Path) -> None:
    subject = server(text)
    program = start([str(environment.interpreter), *subject.command[1:], "0"], tmp_path, {MARK: RUN})
    time.sleep(0.3)
    assert program.members()
    program.end(grace=0.2)
    assert not program.members()


def test_a_server_that_crashes_is_started_again(runner: Runner, server: Server, environment: Environment) -> None:
    def crash(bench: Bench) -> Outcome:
        program = bench.running().program
        program.signal(signal.SIGKILL)
        program.wait(5)
        return served(bench)

    assert answered(runner, server(SERVE), environment, probe(crash)) == [passed("Answered 200.")] * 3


def test_a_probe_that_hangs_is_ended(
    runner: Runner, server: Server, environment: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scripts.lab.runner.LONGEST", 0.7)
    silent = server(f"{LISTEN}c, _ = s.accept(); {READY}\nheld = []\nwhile True: held.append(s.accept())")

    def ask(bench: Bench) -> Outcome:
        with bench.running().connect(patience=30) as connection:
            return passed(repr(connection.more()))

    [first, *_] = answered(runner, silent, environment, probe(ask))
    assert first == Outcome(Verdict.ERROR, "The probe took more than 1 seconds and was ended.")


@pytest.mark.parametrize(
    ("raised", "verdict"),
    [
        (NotOffered("No option for this."), Verdict.UNSUPPORTED),
        (Undecided("It said two things."), Verdict.ERROR),
        (ValueError("nonsense"), Verdict.ERROR),
    ],
)
def test_what_a_probe_raises_is_its_outcome(
    raised: Exception, verdict: Verdict, runner: Runner, server: Server, environment: Environment
) -> None:
    def ask(_: Bench) -> Outcome:
        raise raised

    for outcome in answered(runner, server(SERVE), environment, probe(ask)):
        assert outcome.verdict is verdict
        assert str(raised) in outcome.detail


@pytest.mark.parametrize("level", Level)
def test_only_what_is_required_or_claimed_can_fail(
    level: Level, runner: Runner, server: Server, environment: Environment
) -> None:
    [outcome, *_] = answered(runner, server(SERVE), environment, probe(lambda _: failed("Otherwise."), level))
    binding = level in {Level.MUST, Level.SHOULD}
    assert outcome.verdict is (Verdict.FAIL if binding else Verdict.UNSUPPORTED)


def test_a_claim_binds_who_claims(runner: Runner, server: Server, environment: Environment) -> None:
    claimed = probe(lambda _: failed("No answer."), Level.CLAIM, claim="http/2")
    for claims, verdict in ((frozenset(), Verdict.UNSUPPORTED), (frozenset({"http/2"}), Verdict.FAIL)):
        task = Task(Kind.SERVER, server(SERVE), environment, [claimed], claims)
        assert runner.outcomes(task)["group.name"][0].verdict is verdict


def test_a_mode_that_nobody_documents_is_not_offered(runner: Runner, server: Server, environment: Environment) -> None:
    def ask(bench: Bench) -> Outcome:
        with bench.fresh("unix"):
            return passed("Started.")

    [outcome, *_] = answered(runner, server(SERVE), environment, probe(ask))
    assert outcome == Outcome(Verdict.UNSUPPORTED, "It was not asked: this configuration has no Unix socket.")


def test_who_waits_waits_beside_the_others(runner: Runner, server: Server, environment: Environment) -> None:
    seen: list[str] = []

    def waits(bench: Bench) -> Outcome:
        with bench.fresh():
            while "quick" not in seen:  # would never end, if it stood in the way
                time.sleep(0.01)
        return passed("Waited.")

    def quick(_: Bench) -> Outcome:
        seen.append("quick")
        return passed("Quick.")

    patient = probe(waits, patient=True)
    task = Task(
        Kind.SERVER,
        server(SERVE),
        environment,
        [patient, Probe("other.one", "Title", Level.MUST, None, "How.", quick)],
        frozenset(),
    )
    assert runner.outcomes(task)["group.name"] == [passed("Waited.")] * 3


def test_a_run_that_is_stopped_leaves_nothing(runner: Runner, server: Server, environment: Environment) -> None:
    def ask(bench: Bench) -> Outcome:
        bench.running()
        runner.end([])
        return passed("Too late.")

    with pytest.raises(Stopped):
        answered(runner, server(SERVE), environment, probe(ask))
    assert not marked(f"{RUN}/")
