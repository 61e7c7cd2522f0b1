"""Where probes of servers register."""

from scripts.lab.bench import Bench
from scripts.lab.plan import Probes

PROBES: Probes[Bench] = Probes()
probe = PROBES.probe
