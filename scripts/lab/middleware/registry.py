"""Where probes of middleware register, and what they are handed."""

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

from scripts.lab.inside.asking import playing
from scripts.lab.inside.driver import Application
from scripts.lab.plan import Probes


@dataclass(frozen=True, slots=True)
class Wrapper:
    """A middleware in its documented default configuration, around whatever application a probe hands it."""

    wrap: Callable[[Application], Application]


def subject_of(module: ModuleType) -> Wrapper:
    return Wrapper(module.wrap)


PROBES: Probes[Wrapper] = Probes()
probe = playing(PROBES)  # for coroutines; `PROBES.probe` takes plain functions
