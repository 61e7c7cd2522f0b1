"""The few measured answers that people choose by, beside what a project's documentation claims."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scripts.catalogue.models import Speaking
from scripts.view.lab import WORDS, LabKind, LabView, Mark, Subject
from scripts.view.rows import SoftwareRow
from scripts.view.values import Origin, Value


@dataclass(frozen=True, slots=True)
class Capability:
    """Shown by any of the probes; ``protocol`` is what a project would claim."""

    id: str
    title: str
    probes: Mapping[LabKind, tuple[str, ...]]
    protocol: str = ""
    option: str = ""  # of servers, only those that were started with it are asked


CAPABILITIES = (
    Capability("http1", "HTTP/1.1", {"servers": ("http1.basic",)}, "http/1.1"),
    Capability("http2", "HTTP/2", {"servers": ("http2.alpn_tls", "http2.h2c_prior_knowledge")}, "http/2"),
    Capability("http3", "HTTP/3", {"servers": ("http3.get",)}, "http/3"),
    Capability(
        "websocket",
        "WebSocket",
        {"servers": ("websocket.accept_text_echo",), "frameworks": ("websocket.echo",)},
        "websocket",
    ),
    Capability(
        "lifespan-state",
        "Lifespan state",
        {"servers": ("scope.state_from_lifespan",), "frameworks": ("lifespan.state_reaches_handler",)},
    ),
    Capability("trailers", "Trailers", {"servers": ("extensions.trailers_http1", "http2.trailers")}),
    Capability("early-hints", "Early hints", {"servers": ("extensions.early_hint_http1", "http2.early_hint")}),
    Capability("pathsend", "Sends files by path", {"servers": ("extensions.pathsend", "http2.pathsend")}),
    Capability("denial", "WebSocket denial response", {"servers": ("websocket.denial_response_extension",)}),
    Capability("deflate", "WebSocket compression", {"servers": ("websocket.permessage_deflate",)}),
    Capability("unix-socket", "Unix socket", {"servers": ("process.unix_socket",)}),
    Capability("workers", "Several workers", {"servers": ("process.workers",)}),
    Capability(
        "finishes", "Finishes requests when stopped", {"servers": ("process.sigterm_finishes_inflight_request",)}
    ),
    Capability(
        "trio",
        "Runs on trio",
        {"servers": ("http1.basic",), "frameworks": ("concurrency.trio",)},
        option="trio",
    ),
    Capability("sse", "Server-Sent Events built in", {"frameworks": ("http.sse_helper_built_in",)}),
    Capability("openapi", "Describes itself by OpenAPI", {"frameworks": ("openapi.generated",)}),
    Capability("mounts", "Mounts any ASGI app", {"frameworks": ("mount.foreign_asgi",)}),
    Capability("asgi-middleware", "Takes plain ASGI middleware", {"frameworks": ("middleware.raw_asgi_native",)}),
    Capability("passes-websocket", "Passes WebSocket on", {"middleware": ("websocket.passthrough",)}),
    Capability("passes-lifespan", "Passes lifespan on", {"middleware": ("lifespan.passthrough",)}),
    Capability("streams", "Does not hold streams back", {"middleware": ("streaming.first_chunk_immediate",)}),
)
SPOKEN = tuple(one for one in CAPABILITIES if one.protocol)


class Agreement(StrEnum):
    """Of what is claimed with what was measured."""

    AGREE = "claimed and measured"
    OTHERWISE = "claimed, but measured otherwise"
    UNCLAIMED = "measured, though not claimed"


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of a capability of an entry: which of its variants have it, and what the best of them said."""

    capability: Capability
    mark: Mark
    having: tuple[Subject, ...]
    asked: tuple[Subject, ...]

    @property
    def word(self) -> str:
        return WORDS[self.mark]

    @property
    def probe(self) -> str:
        """The probe that showed it, or the first that did not."""
        subject = (self.having or self.asked)[0]
        probes = self.capability.probes[subject.kind]
        said = [probe for probe in probes if (cell := subject.cells.get(probe)) and cell.mark is self.mark]
        return (said or [probe for probe in probes if probe in subject.cells])[0]


def answers(slug: str, lab: LabView) -> Iterator[Answer]:
    """Of the capabilities that an entry was asked for."""
    for capability in CAPABILITIES if lab.of_entry(slug) else ():
        if answer := _answer(slug, lab, capability):
            yield answer


def _answer(slug: str, lab: LabView, capability: Capability) -> Answer | None:
    subjects = [one for _, several in lab.of_entry(slug) for one in several if one.cells]
    marks = {one.record.subject: mark for one in subjects if (mark := _mark(one, capability))}
    if not marks:
        return None
    asked = tuple(one for one in subjects if one.record.subject in marks)
    having = tuple(one for one in asked if marks[one.record.subject] is Mark.YES)
    return Answer(capability, _best(list(marks.values())), having, asked)


def _mark(subject: Subject, capability: Capability) -> Mark | None:
    """The best answer of a subject to the probes of a capability."""
    if capability.option and subject.kind == "servers" and capability.option not in subject.record.options:
        return None
    cells = (subject.cells.get(probe) for probe in capability.probes.get(subject.kind, ()))
    marks = [cell.mark for cell in cells if cell]
    return _best(marks) if marks else None


def _best(marks: Sequence[Mark]) -> Mark:
    return min(marks, key=list(Mark).index)


def agreement(answer: Answer, row: SoftwareRow) -> Agreement | None:
    """None where nothing is claimed or known: who claims nothing at all was not asked yet."""
    claims = row.entry.claims if isinstance(row.entry, Speaking) else None
    if claims is None or not answer.capability.protocol or answer.mark is Mark.UNDECIDED:
        return None
    claimed = answer.capability.protocol in claims.protocols
    if answer.mark is Mark.YES:
        return Agreement.AGREE if claimed else Agreement.UNCLAIMED
    return Agreement.OTHERWISE if claimed else None


def measured_protocols(row: SoftwareRow, lab: LabView) -> Value:
    """The protocols that were measured, in one value; where claims say otherwise, the note says which."""
    found = [one for one in answers(row.slug, lab) if one.capability.protocol]
    if not found:
        return Value()
    spoken = [one for one in found if one.mark is Mark.YES]
    odd = [
        f"{one.capability.title} {said.value}"
        for one in found
        if (said := agreement(one, row)) not in {None, Agreement.AGREE} and said
    ]
    origin = origin_of(found[0].asked)
    text = ", ".join(one.capability.title for one in spoken)
    if not text:
        return Value.none("none of those asked for", origin)
    return Value.of(text, origin, "; ".join(odd), odd=bool(odd))


def measured_value(row: SoftwareRow, lab: LabView, capability: Capability) -> Value:
    """One capability: the answer, with the variants that have it where not all do, and what is claimed."""
    answer = _answer(row.slug, lab, capability)
    if answer is None:
        return Value()
    said = agreement(answer, row)
    only = ", ".join(one.name for one in answer.having) if len(answer.having) < len(answer.asked) else ""
    note = "; ".join(note for note in (only and f"only as {only}", said) if note)
    odd = said in {Agreement.OTHERWISE, Agreement.UNCLAIMED}
    return Value.of(answer.word, origin_of(answer.having or answer.asked), note, odd=odd)


def origin_of(subjects: Sequence[Subject]) -> Origin:
    """The newest day, and the version of that day."""
    newest = max(subjects, key=lambda one: one.record.measured).record
    return Origin(newest.measured, f"measured here in {newest.version}" if newest.version else "measured here")


def capabilities_of(slug: str, lab: LabView) -> tuple[str, ...]:
    """The ids of what was measured to be there."""
    return tuple(one.capability.id for one in answers(slug, lab) if one.mark is Mark.YES)
