"""Results as the lab keeps them, made up: a few subjects, variants, and every sort of answer."""

import datetime as dt
from typing import Any

from scripts.facts.lab import Asked, Kind, Measured, Measurement, save_measurement, save_probes
from scripts.facts.security import kept
from tests.conftest import Repository
from tests.view.test_differences import OTHER

DAY = dt.date(2026, 11, 21)
RFC = {"source": "RFC 9110, section 5", "url": "https://www.rfc-editor.org/rfc/rfc9110#section-5"}
LEVELS = {
    "http1.basic": "must",
    "http1.date_header": "must",
    "http1.keepalive": "should",
    "http2.alpn_tls": "claim",
    "http2.h2c_prior_knowledge": "claim",
    "http3.get": "claim",
    "websocket.accept_text_echo": "claim",
    "lifespan.scope": "must",
    "scope.state_from_lifespan": "should",
    "security.bare_lf_rejected": "policy",
    "security.cl_and_te_rejected": "must",
    "extensions.trailers_http1": "policy",
}
TITLES = {name: f"Answers {name.partition('.')[2].replace('_', ' ')}" for name in LEVELS}
CLAIMS = {"http2.alpn_tls": "http/2", "http2.h2c_prior_knowledge": "http/2", "http3.get": "http/3"}
CLAIMS |= {"websocket.accept_text_echo": "websocket"}
PROBES = {
    name: Asked.model_validate(
        {
            "title": TITLES[name],
            "level": level,
            "how": f"Asks for {name} and reads the answer.",
            "claim": CLAIMS.get(name),
            "sensitive": name.startswith("security."),
            **RFC,
        }
    )
    for name, level in LEVELS.items()
}
INSIDE = {
    "http.passthrough": Asked.model_validate({"title": "Passes HTTP on", "level": "must", "how": "Wraps an app."}),
    "concurrency.trio": Asked.model_validate({"title": "Runs on trio", "level": "policy", "how": "Runs it on trio."}),
}
EVERYTHING = dict.fromkeys(LEVELS, "pass")
CORN = EVERYTHING | {"http2.alpn_tls": "unsupported", "http2.h2c_prior_knowledge": "unsupported", "http3.get": "fail"}
CORN |= {"http1.keepalive": "fail", "security.bare_lf_rejected": "unsupported", "scope.state_from_lifespan": "flaky"}
CORN_H2 = CORN | {"http2.alpn_tls": "pass", "extensions.trailers_http1": "unsupported"}
OTHERCORN = EVERYTHING | {"http1.date_header": "fail", "security.cl_and_te_rejected": "fail", "http3.get": "error"}


def detail_of(probe: str, result: str) -> str:
    return f"The answer to {probe} was a {result}."


def measured(probe: str, result: str) -> Measured:
    repeats = ["pass", "pass", "fail"] if result == "flaky" else [result] * 3
    said: Any = "pass" if result == "flaky" else result
    return Measured.model_validate({"result": said, "detail": detail_of(probe, said), "repeats": repeats})


def measurement(subject: str, entry: str, title: str, results: dict[str, str], **more: Any) -> Measurement:
    values: dict[str, Any] = {
        "subject": subject,
        "entry": entry,
        "title": title,
        "default": False,
        "version": "2.1",
        "requirements": [entry],
        "python": "3.11.9",
        "platform": "Linux x86_64",
        "measured": DAY,
        "results": {probe: measured(probe, result) for probe, result in results.items()},
    }
    return Measurement.model_validate(values | more)


def keep(repository: Repository, kind: Kind, one: Measurement) -> None:
    """As the lab does it."""
    save_measurement(repository.root, kind, kept(one, PROBES))


def twin() -> Measurement:
    """Another configuration of the first server, which says what its default says."""
    return measurement("examplecorn-loop", "examplecorn", "Examplecorn on another loop", CORN, options=["--loop"])


def fill(repository: Repository, *, disputed: bool = True) -> None:
    """Two servers, one of them in two configurations, a third that did not install, and one middleware."""
    repository.server(
        tags="[http3, websocket]",
        claims='{protocols: [http/1.1, http/3, websocket], source: "https://docs.example.com/protocols"}',
    )
    repository.server("othercorn", **OTHER)
    several: tuple[tuple[Kind, Measurement], ...] = (
        ("servers", measurement("examplecorn", "examplecorn", "Examplecorn", CORN, default=True)),
        (
            "servers",
            measurement(
                "examplecorn-h2",
                "examplecorn",
                "Examplecorn with HTTP/2",
                CORN_H2,
                options=["--http2"],
                requirements=["examplecorn[h2]"],
            ),
        ),
        ("servers", measurement("othercorn", "othercorn", "Othercorn", OTHERCORN, default=True, version="0.9")),
        (
            "servers",
            measurement("othercorn-fast", "othercorn", "Othercorn, fast", {}, error="It does not install.", version=""),
        ),
        ("middleware", measurement("example-guard", "example-guard", "Guard", {"http.passthrough": "pass"})),
    )
    save_probes(repository.root, {"servers": PROBES, "middleware": INSIDE})
    for kind, one in several:
        keep(repository, kind, one)
    if disputed:
        repository.write("data/disputes.yml", DISPUTES)


DISPUTES = """- subject: othercorn
  probe: http1.date_header
  since: 2026-11-22
  source: https://github.com/example/catalogue/issues/9
  note: The clock of the machine was not set when this was measured.
"""
FINDINGS = frozenset({"security.cl_and_te_rejected", "security.bare_lf_rejected"})
HELD = (
    "At least one of its 2 answers with security weight (Malformed and hostile requests) deviates from what is asked."
    " It is not said which before that is public."
)
REPORTED = """- entry: othercorn
  reported: 2026-11-20
"""
PUBLISHED = """- entry: othercorn
  reported: 2026-11-20
  published: 2026-11-21
  probes: [security.cl_and_te_rejected]
  advisory: https://example.com/advisories/7
- entry: examplecorn
  reported: 2026-11-20
  published: 2026-11-21
  probes: [security.bare_lf_rejected]
"""
