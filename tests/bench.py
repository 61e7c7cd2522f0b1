"""Prints what things cost: ``make bench``. CPU seconds of whole processes, from the real entries repeated.

Machines differ and are shared: compare ratios, quote medians. Nothing here is asserted in a test.
"""

import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

from scripts.render.places import OWNED
from tests.browser.conftest import ARGUMENTS, serving
from tests.browser.provide import find
from tests.conftest import PROJECT
from tests.outside.crowd import crowd, publish
from tests.outside.server import Outside
from tests.outside.world import Package

SIZES = (1_000, 10_000)
RUNS = 5
# What has to differ between copies, by key; everything else may stay.
UNIQUE = re.compile(
    r"^(name|title|package|import|repository|url|docs|evidence|description|summary): (.*)$", re.MULTILINE
)


def copies(target: Path, count: int) -> int:
    """A repository with that many entries, or all real ones where they are more. How many there are."""
    for name in ("README.md", "CONTRIBUTING.md", "mkdocs.yml"):
        shutil.copy(PROJECT / name, target)
    shutil.copytree(PROJECT / "data", target / "data", ignore=shutil.ignore_patterns("schema"))
    shutil.copytree(PROJECT / "docs", target / "docs", ignore=shutil.ignore_patterns("catalogue"))
    originals = sorted((PROJECT / "data").glob("*/*.yml"))
    for number in range(count - len(originals)):
        original = originals[number % len(originals)]
        copy = number // len(originals) + 2
        path = target / "data" / original.parent.name / f"{original.stem}-copy-{copy}.yml"
        path.write_text(copied(original.read_text(encoding="utf-8"), copy), encoding="utf-8")
    return max(count, len(originals))


def copied(text: str, copy: int) -> str:
    return UNIQUE.sub(lambda match: changed(match, copy), text)


def changed(match: re.Match[str], copy: int) -> str:
    """One line of an entry, made unlike its original."""
    key, value = match[1], match[2].replace("\\", "").replace('"', "").strip("'")
    if key in {"description", "summary"}:
        return f'{key}: "Copy {copy}: {value[:120].rstrip(".")}."'
    if key in {"package", "repository"}:
        return f"{key}: {value}-copy-{copy}"
    if key == "import":
        return f"{key}: {value}_{copy}"
    if key in {"url", "docs", "evidence"}:
        return f"{key}: {value}#copy-{copy}" if "#" not in value else f"{key}: {value}-{copy}"
    return f'{key}: "{value[:50].strip()} {copy}"'


def cost(command: Sequence[str | Path], cwd: Path) -> tuple[float, float]:
    """CPU seconds and peak memory in MB of a whole process. The process must succeed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        said = process.stderr.read()
        process.wait()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        sys.exit(f"{command}: exit {process.returncode}\n{said}")
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, after.ru_maxrss / 1024


def median(command: Sequence[str | Path], cwd: Path, runs: int = RUNS) -> tuple[float, float]:
    measured = [cost(command, cwd) for _ in range(runs)]
    return statistics.median(seconds for seconds, _ in measured), max(memory for _, memory in measured)


def verb(name: str, root: Path) -> list[str | Path]:
    return [sys.executable, "-m", f"scripts.{name}", "--root", root]


def fresh(root: Path) -> float:
    """CPU seconds of a build that writes every page."""
    for folder in OWNED:
        shutil.rmtree(root / "docs" / folder, ignore_errors=True)
    return cost([*verb("build", root), "--allow-shrink"], PROJECT)[0]


def weigh() -> tuple[int, int]:
    """Requests and bytes on the wire of a first visit to an entry page, with gzip."""
    sizes: list[int] = []
    with serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
        page = browser.new_page()
        page.on(
            "requestfinished",
            lambda request: sizes.append(request.sizes()["responseBodySize"] + request.sizes()["responseHeadersSize"]),
        )
        page.goto(f"{address}catalogue/servers/uvicorn/", wait_until="networkidle")
        browser.close()
    return len(sizes), sum(sizes)


def of_size(count: int) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        made = copies(root, count)
        seconds, memory = median(verb("check", root), PROJECT)
        print(f"check, {made:,} entries: {seconds:.2f} CPU s, at most {memory:.0f} MB")
        render = statistics.median(fresh(root) for _ in range(RUNS if count == SIZES[0] else 1))
        print(f"render README, schemas, pages and exports, {made:,} entries: {render:.2f} CPU s")
        if count == SIZES[0]:
            mkdocs, _ = median([sys.executable, "-m", "mkdocs", "build", "--quiet"], root, runs=3)
            whole = seconds + render + mkdocs
            print(f"site, {made:,} entries: {whole:.1f} CPU s, MkDocs alone {mkdocs:.1f}, ratio {whole / mkdocs:.2f}")


def refresh(count: int) -> None:
    """A refresh of so many entries, from a server that takes 150 ms for each answer."""
    with tempfile.TemporaryDirectory() as scratch, Outside() as outside:
        root = Path(scratch)
        shutil.copytree(
            PROJECT / "data", root / "data", ignore=shutil.ignore_patterns("facts", "schema", "*s", "middleware")
        )
        for number in range(count):
            path = root / "data" / "servers" / f"server-{number}.yml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(ENTRY.format(number), encoding="utf-8")
        began = time.process_time()
        outside.world.add_many(count)
        print(f"the world of tests, {count:,} repositories: {time.process_time() - began:.2f} CPU s to make")
        outside.world.add(*(Package(f"package-{number}") for number in range(count)))
        outside.delay = 0.15
        addresses = {"GITHUB_GRAPHQL_URL": f"{outside.url}/graphql", "PACKAGE_INDEX_URL": f"{outside.url}/pypi"}
        os.environ |= addresses | {"GITHUB_TOKEN": outside.world.token}
        for source in ("forge", "packages"):
            outside.requests.clear()
            started = time.monotonic()
            seconds, memory = cost([*verb("enrich", root), "--source", source], PROJECT)
            wall = time.monotonic() - started
            asked = f"{len(outside.requests)} requests, {wall:.1f} s wall, {seconds:.2f} CPU s, at most {memory:.0f} MB"
            print(f"refresh of {count:,} entries from {source}: {asked}")


def contribute() -> None:
    """What somebody waits for who proposes an entry, without a network, beside all real entries."""
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch)
        made = copies(root, 0)
        body = root / "body.md"
        body.write_text(BODY, encoding="utf-8")
        commands = {
            "new": [*verb("new", root), "https://github.com/bench/mark", "--offline", "--yes", *FLAGS],
            "suggest": [*verb("suggest", root), body],
            "suggest, a body of 64 KiB": [*verb("suggest", root), body],
        }
        for name, command in commands.items():
            if "64" in name:
                body.write_text(BODY.replace("0 mark.", "`@<[" * 15_000), encoding="utf-8")
            runs = [waited(command, root) for _ in range(RUNS)]
            seconds, wall = (statistics.median(run[place] for run in runs) for place in (0, 1))
            print(f"{name}, beside {made:,} entries: {wall:.2f} s wall, {seconds:.2f} CPU s")


def waited(command: Sequence[str | Path], root: Path) -> tuple[float, float]:
    """CPU seconds and seconds of one proposal, which is then taken back. It may be refused."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, cwd=PROJECT, capture_output=True, check=False)
    wall, after = time.monotonic() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    (root / "data" / "servers" / "mark.yml").unlink(missing_ok=True)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


FLAGS = (
    *("--category", "general-purpose", "--description", "Serves ASGI applications and is measured by 0 mark."),
    *("--evidence", "https://github.com/bench/mark/blob/main/server.py"),
)
BODY = """### Name

mark

### Category

Servers: General purpose

### Description

Serves ASGI applications and is measured by 0 mark.

### Address of the repository

https://github.com/bench/mark

### Evidence that it is ASGI

https://github.com/bench/mark/blob/main/server.py
"""


def check_links(count: int, hosts: int) -> None:
    """So many addresses at so many hosts that take 100 ms for each answer, with the pauses that foreign hosts get."""
    with tempfile.TemporaryDirectory() as scratch, crowd(hosts) as ports:
        root = Path(scratch)
        shutil.copytree(
            PROJECT / "data", root / "data", ignore=shutil.ignore_patterns("facts", "schema", "*s", "middleware")
        )
        publish(root, count, hosts)
        command: list[str | Path] = [sys.executable, "-m", "tests.outside.crowd", root, *map(str, ports)]
        for run in ("first", "second"):  # the second need not read the pages again
            started = time.monotonic()
            seconds, memory = cost(command, PROJECT)
            took = f"{time.monotonic() - started:.1f} s wall, {seconds:.2f} CPU s, at most {memory:.0f} MB"
            print(f"links, {count:,} addresses at {hosts} hosts, {run} run: {took}")


ENTRY = """# yaml-language-server: $schema=../schema/server.json
name: Server {0}
description: Serves ASGI applications and is the server number {0}.
repository: https://github.com/owner-{0}/name-{0}
package: package-{0}
category: general-purpose
evidence: https://github.com/owner-{0}/name-{0}/blob/main/server.py
added: 2026-11-22
"""


if __name__ == "__main__":
    contribute()
    refresh(SIZES[0])
    check_links(3_000, 600)
    for size in SIZES:
        of_size(size)
    requests, weight = weigh()
    print(f"entry page, first visit: {requests} requests, {weight / 1024:.0f} KiB")
