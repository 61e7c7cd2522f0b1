"""What is installed: a distribution with what it needs, its size, and what importing it costs."""

import ast
import importlib.util
import os
import platform
import re
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from scripts.lab.plan import Undecided

_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9._-]+)\s*(?:\[([^\]]*)\])?[^;]*(?:;(.*))?")
_IMPORTING = 14.0  # seconds for all tries
_IMPORTED = "import time; begin = time.process_time(); import {}; print(time.process_time() - begin)"


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(name: str) -> set[str]:
    """The distributions that one needs on this machine without extras, directly or not, by normal names."""
    found: set[tuple[str, str]] = set()
    waiting = [(normal(name), "")]
    while waiting:
        one, extra = waiting.pop()
        try:
            requirements = metadata.requires(one) or []
        except metadata.PackageNotFoundError:
            continue
        for other in _required(requirements, extra):
            if other not in found:
                found.add(other)
                waiting.append(other)
    return {one for one, _ in found} - {normal(name)}


def _required(requirements: list[str], extra: str) -> list[tuple[str, str]]:
    wanted = []
    for text in requirements:
        match = _REQUIREMENT.match(text)
        if not match or not _applies(match[3], extra):
            continue
        extras = ["", *(part.strip() for part in (match[2] or "").split(",") if part.strip())]
        wanted += [(normal(match[1]), one) for one in extras]
    return wanted


def _applies(marker: str | None, extra: str) -> bool:
    """Whether a marker holds here. Markers are Python expressions over a few names, but for ``~=``."""
    if not marker or not marker.strip():
        return not extra  # what stands outside the extra was found without it
    if extra and "extra" not in marker:
        return False
    try:
        tree = ast.parse(marker.strip(), mode="eval")
    except SyntaxError:
        return True
    return _value(tree.body, {**_here(), "extra": extra})


def _here() -> Mapping[str, str]:
    return {
        "python_version": ".".join(platform.python_version_tuple()[:2]),
        "python_full_version": platform.python_version(),
        "os_name": os.name,
        "sys_platform": sys.platform,
        "platform_system": platform.system(),
        "platform_machine": platform.machine(),
        "platform_python_implementation": platform.python_implementation(),
        "implementation_name": sys.implementation.name,
        "platform_release": platform.release(),
        "platform_version": platform.version(),
        "implementation_version": platform.python_version(),
    }


def _value(node: ast.expr, names: Mapping[str, str]) -> bool:
    if isinstance(node, ast.BoolOp):
        values = [_value(one, names) for one in node.values]
        return all(values) if isinstance(node.op, ast.And) else any(values)
    if not isinstance(node, ast.Compare):
        return True
    left, right = (_text(one, names) for one in (node.left, node.comparators[0]))
    version = any(isinstance(one, ast.Name) and "version" in one.id for one in (node.left, node.comparators[0]))
    return _holds(node.ops[0], _numbers(left) if version else left, _numbers(right) if version else right)


def _text(node: ast.expr, names: Mapping[str, str]) -> str:
    if isinstance(node, ast.Name):
        return names.get(node.id, "")
    return str(node.value) if isinstance(node, ast.Constant) else ""


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text))


def _holds(operator: ast.cmpop, left: Any, right: Any) -> bool:
    answers: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
        ast.Eq: lambda a, b: a == b,
        ast.NotEq: lambda a, b: a != b,
        ast.Lt: lambda a, b: a < b,
        ast.LtE: lambda a, b: a <= b,
        ast.Gt: lambda a, b: a > b,
        ast.GtE: lambda a, b: a >= b,
        ast.In: lambda a, b: a in b,
        ast.NotIn: lambda a, b: a not in b,
    }
    return answers[type(operator)](left, right)


def size(name: str) -> int:
    """Bytes of a distribution's own files, without what Python compiled from them."""
    files = metadata.files(name) or []
    paths = [Path(str(file.locate())) for file in files if "__pycache__" not in file.parts]
    return sum(path.stat().st_size for path in paths if path.is_file())


def installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def is_typed(package: str) -> bool:
    """Whether an importable package says that its types are for others (PEP 561)."""
    spec = importlib.util.find_spec(package)
    places = spec.submodule_search_locations if spec else None
    return any((Path(place) / "py.typed").is_file() for place in places or ())


def import_seconds(package: str) -> float:
    """Processor seconds of importing it in a new interpreter, the quickest of up to three. Raises Undecided."""
    command = [sys.executable, "-c", _IMPORTED.format(package)]
    found: list[float] = []
    end = time.monotonic() + _IMPORTING
    while len(found) < 3 and (left := end - time.monotonic()) > _IMPORTING / 2:
        try:
            run = subprocess.run(command, capture_output=True, text=True, timeout=left, check=True)  # noqa: S603 - ours
            found.append(float(run.stdout.strip().splitlines()[-1]))
        except (subprocess.SubprocessError, ValueError, IndexError):
            break
    if not found:
        raise Undecided("It could not be imported in a new interpreter in time.")
    return min(found)
