"""Probes that are coroutines: what they play with belongs to one event loop."""

import functools
from collections.abc import Callable, Coroutine
from typing import Any, TypeAlias, TypeVar

from scripts.lab.inside.driver import play
from scripts.lab.plan import Level, Outcome, Probes, Source

Bench = TypeVar("Bench")
Asking: TypeAlias = Callable[[Bench], Coroutine[Any, Any, Outcome]]
Register: TypeAlias = Callable[[Asking[Bench]], Asking[Bench]]


def playing(probes: Probes[Bench]) -> Callable[..., Register[Bench]]:
    """Like ``Probes.probe``, for coroutines: each answer has a loop of its own, bounded in time."""

    def probe(
        id: str,  # noqa: A002 - the field's name
        title: str,
        level: Level,
        source: Source | None = None,
        **more: Any,
    ) -> Register[Bench]:
        def register(ask: Asking[Bench]) -> Asking[Bench]:
            @functools.wraps(ask)
            def answered(bench: Bench) -> Outcome:
                return play(ask(bench))

            probes.probe(id, title, level, source, **more)(answered)
            return ask

        return register

    return probe
