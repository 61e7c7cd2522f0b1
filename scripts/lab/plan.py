"""What a probe is, and what it can say. Standard library only: subjects' environments import this module."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar


class Kind(StrEnum):
    """What is measured. The value is the folder of the results."""

    SERVER = "servers"
    FRAMEWORK = "frameworks"
    MIDDLEWARE = "middleware"


class Level(StrEnum):
    """How binding the paragraph is that a probe tests."""

    MUST = "must"
    SHOULD = "should"
    CLAIM = "claim"  # optional, but whoever claims it has to do it
    POLICY = "policy"  # a specification leaves it open, or none speaks of it: never a fault


class Verdict(StrEnum):
    """What came out."""

    PASS = "pass"  # noqa: S105 - the word of the result, no password
    FAIL = "fail"  # required or claimed, and measured otherwise
    UNSUPPORTED = "unsupported"  # neither required nor claimed, and not there
    ERROR = "error"  # the probe could not decide


@dataclass(frozen=True, slots=True)
class Outcome:
    """One answer. ``detail``: a sentence that states what was observed, without times and ports, so that it repeats."""

    verdict: Verdict
    detail: str


def passed(detail: str) -> Outcome:
    return Outcome(Verdict.PASS, detail)


def failed(detail: str) -> Outcome:
    """Measured otherwise than the paragraph says. ``settled`` makes less of it where nothing is required."""
    return Outcome(Verdict.FAIL, detail)


def unsupported(detail: str) -> Outcome:
    return Outcome(Verdict.UNSUPPORTED, detail)


class Undecided(Exception):  # noqa: N818 - it is no error of the subject
    """The probe could not decide; the text is the sentence that people read."""


class NotOffered(Exception):  # noqa: N818 - nor is this
    """The subject offers no way to be asked: no option for a mode, no such handler. Becomes ``unsupported``."""


class Deviates(Exception):  # noqa: N818 - nor is this
    """What ``failed`` says, from within a step that probes share."""


@dataclass(frozen=True, slots=True)
class Source:
    """The paragraph that a probe tests."""

    label: str
    url: str


def rfc(number: int, section: str) -> Source:
    return Source(f"RFC {number}, section {section}", f"https://www.rfc-editor.org/rfc/rfc{number}#section-{section}")


def asgi(page: str, heading: str, anchor: str) -> Source:
    """A heading of the ASGI specification. ``page``: ``main``, ``www``, ``lifespan``, ``extensions``, ``tls``."""
    address = "extensions" if page == "extensions" else f"specs/{page}"
    return Source(f"ASGI: {heading}", f"https://asgi.readthedocs.io/en/latest/{address}.html#{anchor}")


Bench = TypeVar("Bench")


@dataclass(frozen=True, slots=True)
class Probe(Generic[Bench]):
    """One question. ``claim``: the protocol of `claims` in the catalogue that makes it binding for a subject."""

    id: str
    title: str
    level: Level
    source: Source | None
    how: str  # what is done and what is looked at, in a sentence or two
    ask: Callable[[Bench], Outcome]
    claim: str | None = None
    patient: bool = False  # waits for seconds, so runs beside the others
    sensitive: bool = False  # a deviation has security weight: pages name the category and no detail


class Probes(Generic[Bench]):
    """The probes of one kind, in the order in which they were written."""

    def __init__(self) -> None:
        self._probes: dict[str, Probe[Bench]] = {}

    def probe(  # noqa: PLR0913 - each is a fact that people are shown
        self,
        id: str,  # noqa: A002 - the field's name
        title: str,
        level: Level,
        source: Source | None = None,
        *,
        claim: str | None = None,
        patient: bool = False,
        sensitive: bool = False,
    ) -> Callable[[Callable[[Bench], Outcome]], Callable[[Bench], Outcome]]:
        """Registers a function; its docstring is `how`."""

        def register(ask: Callable[[Bench], Outcome]) -> Callable[[Bench], Outcome]:
            if id in self._probes or not ask.__doc__:
                raise ValueError(f"{id}: a probe has an id of its own and says how it looks")
            how = " ".join(ask.__doc__.split())
            self._probes[id] = Probe(id, title, level, source, how, ask, claim, patient, sensitive)
            return ask

        return register

    def __iter__(self) -> Iterator[Probe[Bench]]:
        return iter(self._probes.values())

    def __getitem__(self, id: str) -> Probe[Bench]:  # noqa: A002
        return self._probes[id]

    def __contains__(self, id: object) -> bool:  # noqa: A002
        return id in self._probes


def settled(probe: Probe[Bench], outcome: Outcome, claims: frozenset[str]) -> Outcome:
    """A deviation from what nobody requires or claims is no fault."""
    binding = probe.level in (Level.MUST, Level.SHOULD) or (probe.level is Level.CLAIM and probe.claim in claims)
    if outcome.verdict is Verdict.FAIL and not binding:
        return unsupported(outcome.detail)
    return outcome


def asked(probe: Probe[Bench], bench: Bench, claims: frozenset[str]) -> Outcome:
    """The answer of one probe. Whatever goes wrong in it is its outcome, never an exception."""
    try:
        return settled(probe, probe.ask(bench), claims)
    except NotOffered as absent:
        return unsupported(str(absent))
    except Deviates as deviation:
        return settled(probe, failed(str(deviation)), claims)
    except Undecided as doubt:
        return Outcome(Verdict.ERROR, str(doubt))
    except Exception as error:  # noqa: BLE001 - a probe meets whatever a subject does
        return Outcome(
            Verdict.ERROR, f"The probe ended with {type(error).__name__}: {str(error)[:200] or 'no message'}."
        )
