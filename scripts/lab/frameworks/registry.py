"""Where probes of frameworks register, and what they are handed."""

from dataclasses import dataclass
from types import ModuleType
from typing import Any

from scripts.lab.inside.asking import playing
from scripts.lab.inside.driver import Application
from scripts.lab.plan import NotOffered, Probes


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
probe = playing(PROBES)  # for coroutines; `PROBES.probe` takes plain functions
