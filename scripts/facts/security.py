"""Answers with security weight: what the lab keeps of them, and what is held back until it is public.

A finding is an answer to a sensitive probe that deviates (docs/decisions/0011-what-the-lab-says.md).
"""

from collections.abc import Collection, Mapping

from scripts.facts.lab import Asked, Level, Measured, Measurement, Verdict

WITHHELD = "It has security weight, so what was observed does not stand here."


def is_finding(asked: Asked, measured: Measured) -> bool:
    """Whether any repeat deviates from what a sensitive probe asks."""
    return asked.sensitive and any(_deviates(asked.level, said) for said in (measured.result, *measured.repeats))


def _deviates(level: Level, result: Verdict) -> bool:
    """Where nothing binds, a deviation is called ``unsupported``, too."""
    return result == "fail" or (result == "unsupported" and level in ("claim", "policy"))


def _findings(one: Measurement, probes: Mapping[str, Asked]) -> set[str]:
    return {name for name, said in one.results.items() if name in probes and is_finding(probes[name], said)}


def kept(one: Measurement, probes: Mapping[str, Asked]) -> Measurement:
    """What files keep of a measurement: of findings the result, and nothing of what was observed. Idempotent."""
    shorn = {name: one.results[name].model_copy(update={"detail": WITHHELD}) for name in _findings(one, probes)}
    return one.model_copy(update={"results": {**one.results, **shorn}})


def held_back(one: Measurement, probes: Mapping[str, Asked], published: Collection[str]) -> frozenset[str]:
    """The probes whose answers are shown to nobody yet. ``published``: those whose findings of the entry are public.

    While one finding is not, all that could be one are held back: the silence of one would be its answer.
    """
    if _findings(one, probes) <= set(published):
        return frozenset()
    return frozenset(name for name in one.results if name in probes and probes[name].sensitive)
