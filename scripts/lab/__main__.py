"""``python -m scripts.lab``: run, list, explain, report, stale.

Exit status: 0 done, 1 something could not be measured or a subject is new, 2 wrong usage, 130 interrupted.
"""

import argparse
import datetime as dt
import fnmatch
import json
import os
import platform
import secrets
import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

from tqdm import tqdm

from scripts.catalogue.load import load
from scripts.catalogue.problems import suggestion
from scripts.command.options import begin
from scripts.facts.lab import Lab, Measurement, load_lab, save_measurement, save_probes
from scripts.facts.security import kept
from scripts.lab.environment import InstallError, prepare, resolve, versions
from scripts.lab.plan import Kind, Probe
from scripts.lab.process import MARK
from scripts.lab.report import explained, finished, listing, summary
from scripts.lab.results import key_of, measurement, probes_digest, shown
from scripts.lab.runner import PAUSE, BrokenError, Outcomes, Runner, Stopped, Task, probes_of
from scripts.lab.subjects import Subject, load_subjects

DONE, PROBLEMS, USAGE, INTERRUPTED = 0, 1, 2, 130
CACHE = Path(".cache/lab")
KEPT = ("PATH", "LANG", "TZ", "HOME")  # of our environment, what a subject may see
Chosen = Sequence[tuple[Kind, Subject]]


def main(arguments: list[str] | None = None) -> int:
    options, root = begin(_parser(), arguments)
    subjects, problems = load_subjects()
    lab, more = load_lab(root)
    catalogue = load(root)
    for problem in [*problems, *more, *catalogue.problems]:
        print(problem)
    if problems or more or catalogue.problems:
        return PROBLEMS
    chosen = _chosen([(kind, one) for kind, several in subjects.items() for one in several], options.subjects)
    if isinstance(chosen, str):
        print(chosen)
        return USAGE
    if options.verb == "list":
        print(*listing(subjects, lab, {kind: len(probes_of(kind)) for kind in Kind}), sep="\n")
    elif options.verb == "report":
        print(*summary(lab), sep="\n")
    elif options.verb == "explain":
        return _explain(options.id, lab)
    elif options.verb == "stale":
        return _stale(chosen, lab)
    else:
        entries = {listing.slug: listing.entry for listing in catalogue.listings}
        claims = {slug: _claims(entry) for slug, entry in entries.items()}
        return _Run(root, options, lab, claims).all(chosen)
    return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m scripts.lab", description="Measure what servers, frameworks and middleware really do."
    )
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    run = verbs.add_parser("run", help="measure, and write data/facts/lab")
    run.add_argument("subjects", nargs="*", metavar="SUBJECT", help="only these (default: all)")
    run.add_argument("--only", metavar="ID-GLOB", help="only these probes: prints, and keeps nothing")
    run.add_argument("--short", action="store_true", help="leave out probes that idle: prints, and keeps nothing")
    run.add_argument("--sensitive", action="store_true", help="only what has security weight: prints, keeps nothing")
    run.add_argument("--repeats", type=_positive, default=3, metavar="N", help="how often (default: 3)")
    run.add_argument("--jobs", type=_positive, default=2, metavar="N", help="subjects at a time (default: 2)")
    run.add_argument("--again", action="store_true", help="also what was measured in these versions by these probes")
    listed = verbs.add_parser("list", help="subjects, and what is known of them")
    one = verbs.add_parser("explain", help="what a probe does, and what came out")
    one.add_argument("id", metavar="ID")
    report = verbs.add_parser("report", help="what failed, could not be decided, or differed between repeats")
    stale = verbs.add_parser("stale", help="subjects that need a run, as JSON: a new version, or a changed probe")
    stale.add_argument("subjects", nargs="*", metavar="SUBJECT")
    for verb in (listed, one, report):
        verb.set_defaults(subjects=[])
    return parser


def _positive(text: str) -> int:
    if not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"{text} is no number above 0")
    return int(text)


def _claims(entry: Any) -> frozenset[str]:
    claims = getattr(entry, "claims", None)
    return frozenset(claims.protocols if claims else ())


def _chosen(known: Chosen, names: Sequence[str]) -> Chosen | str:
    by_name = {subject.subject: (kind, subject) for kind, subject in known}
    for name in names:
        if name not in by_name:
            return f"`{name}` is no subject. {suggestion(name, by_name)} `python -m scripts.lab list` shows them all."
    return [by_name[name] for name in names] or known


def _explain(name: str, lab: Lab) -> int:
    probes = {kind: {probe.id: probe for probe in probes_of(kind)} for kind in Kind}
    found = [kind for kind in Kind if name in probes[kind]]
    if not found:
        known = [one for several in probes.values() for one in several]
        print(f"`{name}` is no probe. {suggestion(name, known)}")
        return USAGE
    for kind in found:
        print(*explained(name, shown([probes[kind][name]])[name], lab, kind), sep="\n")
    return DONE


def _stale(chosen: Chosen, lab: Lab) -> int:
    known = lab.by_subject()
    digests = {kind: probes_digest(kind) for kind in Kind}
    stale = []
    for kind, subject in chosen:
        before = known.get((kind.value, subject.subject))
        try:
            installed = versions(resolve(subject.install, subject.python))
        except InstallError as error:
            print(f"{subject.subject}: {error}", file=sys.stderr)
            continue
        if before is None or before.key != key_of(subject, installed, before.python, digests[kind]):
            stale.append(subject.subject)
    print(json.dumps(stale))
    return DONE


class _Run:
    """One run of ``run``."""

    def __init__(self, root: Path, options: argparse.Namespace, lab: Lab, claims: dict[str, frozenset[str]]) -> None:
        self.root = root
        self.options = options
        self.claims = claims
        self.known = lab.by_subject()
        self.probes = {kind: [probe for probe in probes_of(kind) if self._wanted(probe)] for kind in Kind}
        self.asked = {kind: shown(several) for kind, several in self.probes.items()}
        self.digests = {kind: probes_digest(kind) for kind in Kind}
        mark = f"{os.getpid()}-{secrets.token_hex(4)}"
        variables = {name: os.environ[name] for name in KEPT if name in os.environ}
        self.runner = Runner({**variables, MARK: mark}, mark, options.repeats)
        self.keeps = not (options.only or options.short or options.sensitive)
        self.day = dt.datetime.now(dt.UTC).date()

    def _wanted(self, probe: Probe[Any]) -> bool:
        if (self.options.short and probe.patient) or (self.options.sensitive and not probe.sensitive):
            return False
        return fnmatch.fnmatchcase(probe.id, self.options.only or "*")

    def all(self, chosen: Chosen) -> int:
        """Every subject; Ctrl-C or SIGTERM keeps those that are finished and leaves nothing running."""
        if not any(self.probes[kind] for kind, _ in chosen):
            names = [probe.id for kind in Kind for probe in probes_of(kind)]
            print(f"No probe of these subjects matches `{self.options.only}`. {suggestion(self.options.only, names)}")
            return USAGE
        if self.keeps:
            save_probes(self.root, {kind.value: asked for kind, asked in self.asked.items()})
        status = DONE
        # A shell ignores SIGINT for its background jobs, servers would inherit that; workflows cancel with SIGTERM.
        before = {name: signal.signal(name, signal.default_int_handler) for name in (signal.SIGINT, signal.SIGTERM)}
        with ThreadPoolExecutor(self.options.jobs) as pool:
            tasks = {pool.submit(self.one, kind, subject): subject for kind, subject in chosen}
            try:
                for done in self._progress(tasks):
                    status = max(status, done)
            except KeyboardInterrupt:
                pool.shutdown(wait=False, cancel_futures=True)
                print("Interrupted. Finished subjects are kept; the same command goes on.", file=sys.stderr)
                status = INTERRUPTED
            finally:
                ended = self.runner.end(tasks)
                for name, handler in before.items():
                    signal.signal(name, handler)
        if ended and status != INTERRUPTED:
            print(f"{ended} processes had to be ended.", file=sys.stderr)
        return status

    def _progress(self, tasks: dict[Future[tuple[int, str]], Subject]) -> Iterator[int]:
        with tqdm(total=len(tasks), unit="subject", disable=not sys.stderr.isatty()) as bar:
            left = set(tasks)
            while left:  # never without end: a signal that meets another thread wakes nobody (seen 2026-11-23)
                done, left = wait(left, PAUSE, FIRST_COMPLETED)
                for task in done:
                    status, told = task.result()
                    bar.write(told, file=sys.stdout)
                    sys.stdout.flush()
                    bar.update()
                    yield status

    def one(self, kind: Kind, subject: Subject) -> tuple[int, str]:
        """Measures a subject. The exit status, and what to say."""
        name = f"{kind.value}/{subject.subject}"
        before = self.known.get((kind.value, subject.subject))
        try:
            environment = prepare(subject.install, subject.python, self.root / CACHE)
            key = key_of(subject, environment.installed, environment.python, self.digests[kind])
            if self.keeps and before and before.key == key and not self.options.again:
                return DONE, f"{name} {before.version}: up to date"
            task = Task(kind, subject, environment, self.probes[kind], self.claims.get(subject.entry, frozenset()))
            outcomes = self.runner.outcomes(task)
        except (InstallError, BrokenError, OSError) as error:
            return PROBLEMS, f"{name}: {self._unmeasured(kind, subject, str(error), before)}"
        except Stopped:
            outcomes = {}
        if self.runner.stop.is_set():
            return INTERRUPTED, f"{name}: interrupted, nothing kept"
        measured = measurement(subject, environment, outcomes, day=self.day, key=key, platform=_platform())
        if self.keeps:
            save_measurement(self.root, kind.value, kept(measured, self.asked[kind]))
            return DONE, finished(kind, measured)
        return DONE, "\n".join([finished(kind, measured), *_told(outcomes, measured)])

    def _unmeasured(self, kind: Kind, subject: Subject, why: str, before: Measurement | None) -> str:
        """Keeps the sentence, unless there is an older measurement, which stays with its date."""
        if before and not before.error:
            return f"{why} What was measured on {before.measured} stays."
        if self.keeps:
            failed = Measurement(
                subject=subject.subject,
                entry=subject.entry,
                title=subject.title,
                default=subject.default,
                requirements=subject.install,
                measured=self.day,
                error=why,
            )
            save_measurement(self.root, kind.value, failed)
        return why


def _platform() -> str:
    return f"{platform.system()} {platform.machine()}"


def _told(outcomes: Outcomes, measured: Measurement) -> Iterator[str]:
    for name in outcomes:
        one = measured.results[name]
        yield f"  {one.result:<12} {name}: {one.detail}{' [flaky]' if one.flaky else ''}"


if __name__ == "__main__":
    sys.exit(main())
