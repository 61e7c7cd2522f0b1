"""Probes of middleware, a file for each group of ids; importing this package registers them all in ``PROBES``."""

import importlib
import pkgutil

from scripts.lab.middleware.registry import PROBES, subject_of

__all__ = ["PROBES", "subject_of"]

for _module in pkgutil.iter_modules(__path__):
    if not _module.ispkg:
        importlib.import_module(f"{__name__}.{_module.name}")
