"""What may be read of answers with security weight (docs/decisions/0011-what-the-lab-says.md).

A finding is an answer to a sensitive probe that deviates. Until it is public, all answers of the subject to sensitive
probes are held back, as the silence of one would be its answer.
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


def readable(one: Measurement, probes: Mapping[str, Asked], published: Collection[str]) -> Measurement:
    """What everybody may read of a measurement. ``published``: the probes whose findings of its entry are public.

    Of those the answer stands without what was observed. Idempotent.
    """
    findings = {name for name, said in one.results.items() if name in probes and is_finding(probes[name], said)}
    if findings - set(published):
        held = {name for name in one.results if name in probes and probes[name].sensitive}
        results = {name: said for name, said in one.results.items() if name not in held}
        return one.model_copy(update={"results": results, "held": tuple(sorted({*one.held, *held}))})
    shorn = {name: one.results[name].model_copy(update={"detail": WITHHELD}) for name in findings}
    return one.model_copy(update={"results": {**one.results, **shorn}})
