"""What comes along when a framework is installed. None of it is a fault: figures as classes, because they vary."""

from scripts.lab.frameworks.registry import PROBES, Framework
from scripts.lab.inside.distributions import import_seconds, installed, is_typed, needed, size
from scripts.lab.plan import Level, Outcome, Source, failed, passed

_MEBIBYTE = 1 << 20
_SECONDS = (0.1, 1.0, 10.0)
_MEBIBYTES = (1, 2, 5, 10, 25, 50, 100)
_TYPED = Source("PEP 561", "https://peps.python.org/pep-0561/#packaging-type-information")


@PROBES.probe("package.dependencies", "Its requirements can be counted", Level.POLICY)
def dependencies(bench: Framework) -> Outcome:
    """Follows the requirements of the installed distribution, without extras, and counts the distributions that they
    lead to on this machine.
    """
    number = len(needed(bench.fact("PACKAGE")))
    return passed(
        f"It needs {number} other distribution{'' if number == 1 else 's'}." if number else "It needs no other."
    )


@PROBES.probe("package.import_time", "Its import can be timed", Level.POLICY)
def import_time(bench: Framework) -> Outcome:
    """Imports it in a new interpreter up to three times; the processor time of the quickest, by order of magnitude."""
    seconds = import_seconds(bench.fact("IMPORT"))
    limit = next((one for one in _SECONDS if seconds < one), None)
    label = f"under {limit:g} s" if limit else f"over {_SECONDS[-1]:g} s"
    return passed(f"Its import takes {label} of processor time on the machine that measured.")


@PROBES.probe("package.install_size", "Its installed size can be measured", Level.POLICY)
def install_size(bench: Framework) -> Outcome:
    """Adds the files of the distribution and of all that it needs, as a class."""
    package = bench.fact("PACKAGE")
    total = sum(size(name) for name in {package, *needed(package)} if installed(name)) / _MEBIBYTE
    limit = next((one for one in _MEBIBYTES if total < one), None)
    label = f"under {limit} MiB" if limit else f"over {_MEBIBYTES[-1]} MiB"
    return passed(f"With all that it needs, it takes {label}.")


@PROBES.probe("package.py_typed", "Ships its types", Level.POLICY, _TYPED)
def py_typed(bench: Framework) -> Outcome:
    """Looks for the marker `py.typed` in the installed package."""
    if is_typed(bench.fact("IMPORT").partition(".")[0]):
        return passed("The package has the marker.")
    return failed("The package has no such marker, so type checkers take it for untyped.")
