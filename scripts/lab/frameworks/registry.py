"""Where probes of frameworks register, and what they are handed."""

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

from scripts.lab.inside.asking import Asking, playing
from scripts.lab.inside.driver import Application
from scripts.lab.plan import Level, NotOffered, Outcome, Probes, Source, Verdict


@dataclass(frozen=True, slots=True)
class Framework:
    """The application of ``frameworks/apps`` that is written in a framework."""

    module: ModuleType

    @property
    def app(self) -> Application:
        found: Application = self.module.app
        return found

    def wants(self, feature: str) -> None:
        """Raises NotOffered where the framework has no idiom for a feature: ``MISSING`` of the application says so."""
        if feature in self.fact("MISSING", {}):
            raise NotOffered(self.module.MISSING[feature])

    def fact(self, name: str, default: Any = None) -> Any:
        """A constant of the application's module."""
        return getattr(self.module, name, default)


def subject_of(module: ModuleType) -> Framework:
    return Framework(module)


PROBES: Probes[Framework] = Probes()
_playing = playing(PROBES)


def probe(
    id: str,  # noqa: A002 - the field's name
    title: str,
    level: Level,
    source: Source | None = None,
    **more: Any,
) -> Callable[[Asking[Framework]], Asking[Framework]]:
    """For coroutines; `PROBES.probe` takes plain functions. Where an answer is no pass, ``REMARKS`` of the application
    may add a sentence: what the framework's documentation says of it.
    """

    def register(ask: Asking[Framework]) -> Asking[Framework]:
        @functools.wraps(ask)
        async def remarked(bench: Framework) -> Outcome:
            outcome = await ask(bench)
            remark = bench.fact("REMARKS", {}).get(id)
            if remark is None or outcome.verdict is Verdict.PASS:
                return outcome
            return replace(outcome, detail=f"{outcome.detail} {remark}")

        return _playing(id, title, level, source, **more)(remarked)

    return register
