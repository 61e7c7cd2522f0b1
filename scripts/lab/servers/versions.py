"""What a version of the specification asks for binds those who say that they speak it.

2.1: ``headers`` of websocket.accept. 2.2: None as the port of a Unix socket. 2.3: ``reason`` of websocket.close.
2.4: send() raises once the connection is closed. 2.5: ``reason`` of websocket.disconnect.
"""

from scripts.lab.events import Case
from scripts.lab.plan import Outcome, Verdict, unsupported


def since(version: str, case: Case, outcome: Outcome) -> Outcome:
    """The outcome, or less than a fault where the server says that it speaks an older version."""
    spoken = str(case.expect("called")["spec_version"])
    if outcome.verdict is Verdict.FAIL and _numbers(spoken) < _numbers(version):
        return unsupported(f"{outcome.detail} It speaks version {spoken}, and {version} asks for this.")
    return outcome


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())
