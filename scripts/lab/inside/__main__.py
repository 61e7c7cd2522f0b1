"""Asks one subject everything: ``python -m scripts.lab.inside KIND SUBJECT MODULE OUTPUT [--only GLOB…]``.

Run by the interpreter of the subject's environment, with the root of the repository on ``PYTHONPATH``. OUTPUT gets one
JSON object a line, ``id``, ``result`` and ``detail``, as soon as it is known. Each probe has a process of its own, so
that one which hangs or crashes takes nothing with it; the subject is imported once, before.
"""

import argparse
import fnmatch
import importlib
import json
import os
import re
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from scripts.lab.plan import Kind, Outcome, Probe, Undecided, Verdict, asked

BOUND = 20.0  # seconds for one probe
FAREWELL = 5.0  # seconds in which one that is told to end ends what it started
IMPORT = 60  # seconds for importing the subject
PLACES = {Kind.FRAMEWORK: "apps", Kind.MIDDLEWARE: "wraps"}
_ADDRESS = re.compile(r"\b0x[0-9a-fA-F]+\b")


def main(arguments: list[str] | None = None) -> int:
    """0 once every probe has an answer, whatever it is."""
    parser = argparse.ArgumentParser(prog="python -m scripts.lab.inside", description=__doc__)
    parser.add_argument("kind", type=Kind, choices=tuple(PLACES), metavar="KIND", help="frameworks or middleware")
    parser.add_argument("subject", metavar="SUBJECT", help="its name, for messages")
    parser.add_argument("module", metavar="MODULE", help="below apps or wraps, without the package")
    parser.add_argument("output", metavar="OUTPUT", type=Path, help="the file to write")
    parser.add_argument("--only", metavar="GLOB", nargs="+", default=["*"], help="ids of probes")
    parser.add_argument("--claims", metavar="WORD", nargs="*", default=[], help="protocols that the subject claims")
    options = parser.parse_args(arguments)
    package = importlib.import_module(f"scripts.lab.{options.kind}")
    probes = [one for one in package.PROBES if any(fnmatch.fnmatch(one.id, glob) for glob in options.only)]
    claims = frozenset(options.claims)
    with options.output.open("w", encoding="utf-8") as output:
        for probe, outcome in _answers(options.kind, options.module, package.subject_of, probes, claims):
            detail = _ADDRESS.sub("0x…", outcome.detail)
            record = {"id": probe.id, "result": outcome.verdict.value, "detail": detail}
            output.write(json.dumps(record, ensure_ascii=False) + "\n")
            output.flush()
    return 0


def _answers(
    kind: Kind, module: str, subject: Callable[[ModuleType], Any], probes: list[Probe[Any]], claims: frozenset[str]
) -> Iterator[tuple[Probe[Any], Outcome]]:
    try:
        bench = subject(_imported(f"scripts.lab.{kind}.{PLACES[kind]}.{module}"))
    except Exception as error:  # noqa: BLE001 - a subject's import raises whatever it likes
        text = f"It cannot be imported: {type(error).__name__}: {str(error)[:200] or 'no message'}."
        yield from ((probe, Outcome(Verdict.ERROR, text)) for probe in probes)
        return
    for probe in probes:
        yield probe, apart(lambda probe=probe: asked(probe, bench, claims))  # type: ignore[misc]


def _imported(name: str) -> ModuleType:
    def too_long(*_: object) -> NoReturn:
        raise Undecided(f"importing it took more than {IMPORT} seconds")

    signal.signal(signal.SIGALRM, too_long)
    signal.alarm(IMPORT)
    try:
        return importlib.import_module(name)
    finally:
        signal.alarm(0)


def apart(ask: Callable[[], Outcome], bound: float = BOUND) -> Outcome:
    """The answer of a probe in a process of its own, whatever becomes of the process."""
    reading, writing = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _child(ask, writing)
    os.close(writing)
    try:
        answer = _read(reading, bound)
    finally:
        os.close(reading)
        status = _ended(child)
    if answer is None:
        return Outcome(Verdict.ERROR, f"The probe was ended after {bound:g} seconds.")
    try:
        verdict, detail = json.loads(answer)
    except ValueError:
        return Outcome(Verdict.ERROR, f"The process of the probe ended with status {status} and without an answer.")
    return Outcome(Verdict(verdict), detail)


def _child(ask: Callable[[], Outcome], writing: int) -> NoReturn:
    def told(*_: object) -> NoReturn:
        raise SystemExit

    signal.signal(signal.SIGTERM, told)
    try:
        outcome = ask()
    except BaseException as error:  # noqa: BLE001 - SystemExit of a subject is an answer, too
        outcome = Outcome(Verdict.ERROR, f"The probe was left by {type(error).__name__}.")
    try:
        os.write(writing, json.dumps([outcome.verdict.value, outcome.detail]).encode())
    finally:
        os._exit(0)


def _read(reading: int, bound: float) -> bytes | None:
    """What the process wrote before it ended; None if it did not end."""
    end = time.monotonic() + bound
    found = b""
    while select.select([reading], [], [], max(0.0, end - time.monotonic()))[0]:
        data = os.read(reading, 65536)
        if not data:
            return found
        found += data
    return None


def _ended(child: int) -> int:
    """Ends a process if it has not ended by itself; its status."""
    for number, patience in ((0, 0.5), (signal.SIGTERM, FAREWELL), (signal.SIGKILL, FAREWELL)):
        if number:
            os.kill(child, number)
        end = time.monotonic() + patience
        while time.monotonic() < end:
            done, status = os.waitpid(child, os.WNOHANG)
            if done:
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.005)
    return -1


if __name__ == "__main__":
    sys.exit(main())
