"""Probes of servers, a file for each group of ids; importing this package registers them all in ``PROBES``."""

import importlib
import pkgutil

from scripts.lab.servers.registry import PROBES

__all__ = ["PROBES"]

for _module in pkgutil.iter_modules(__path__):
    importlib.import_module(f"{__name__}.{_module.name}")
