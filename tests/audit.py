"""Audits the built site as its visitors' tools would: ``make audit``. Lighthouse on a phone, and axe in both schemes.

Prints medians and exits 1 where a bound is missed. Performance is simulated from what this machine measured: on a busy
one it comes out too low, never too high.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser.axe import violations
from tests.browser.conftest import ARGUMENTS, SITE, serving
from tests.browser.provide import REMEDY, find
from tests.browser.templates import SCHEMES
from tests.conftest import PROJECT

PAGES = {
    "home": "",
    "explorer": "catalogue/",
    "entry": "catalogue/servers/uvicorn/",
    "compare": "compare/?entries=uvicorn,hypercorn,granian",
    "landscape": "landscape/",
    "guide": "guide/",
    "measured": "lab/servers/",
}
RUNS = 5
SECONDS = 120
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
METRICS = {
    "first-contentful-paint": "FCP ms",
    "largest-contentful-paint": "LCP ms",
    "total-blocking-time": "TBT ms",
    "cumulative-layout-shift": "CLS",
}
FAST = {"explorer": 90}  # hundreds of rows in one page
LIGHTHOUSE = PROJECT / "requirements" / "npm" / "node_modules" / "lighthouse" / "cli" / "index.js"
NODE = Path(sys.executable).parent / "node"
Report = Mapping[str, Any]


def bound(page: str, category: str) -> int:
    return FAST.get(page, 95) if category == "performance" else 100


def measured(address: str, chromium: str) -> Report:
    """One run of Lighthouse: a phone on slow 4G, both simulated, which are its defaults."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / "report.json"
        flags = f"--chrome-flags={' '.join(('--headless=new', *ARGUMENTS))}"
        only = f"--only-categories={','.join(CATEGORIES)}"
        command: list[str | Path] = [
            NODE,
            LIGHTHOUSE,
            address,
            "--quiet",
            "--output=json",
            f"--output-path={out}",
            only,
            flags,
        ]
        environment = os.environ | {"CHROME_PATH": chromium}
        subprocess.run(command, check=True, timeout=SECONDS, env=environment, stdout=subprocess.DEVNULL)
        report: Report = json.loads(out.read_text(encoding="utf-8"))
    if "runtimeError" in report:
        sys.exit(f"{address}: {report['runtimeError']['message']}")
    return report


def score(report: Report, category: str) -> int:
    return round(100 * float(report["categories"][category]["score"]))


def metric(report: Report, name: str) -> float:
    return float(report["audits"][name]["numericValue"])


def failed(report: Report) -> str:
    """What kept a category from 100, performance apart."""
    names = {
        reference["id"]
        for category in CATEGORIES[1:]
        for reference in report["categories"][category]["auditRefs"]
        if reference["weight"]
    }
    return ", ".join(sorted(name for name in names if report["audits"][name]["score"] not in {None, 1}))


def lighthouse(page: str, address: str, chromium: str) -> bool:
    """Prints one line of the table; whether all bounds hold."""
    reports = [measured(address, chromium) for _ in range(RUNS)]
    scores = {name: statistics.median(score(report, name) for report in reports) for name in CATEGORIES}
    metrics = [statistics.median(metric(report, name) for report in reports) for name in METRICS]
    print(f"{page:10}", *(f"{value:>15.0f}" for value in scores.values()), *(f"{value:>8.3g}" for value in metrics))
    missed = [f"{name} < {bound(page, name)}" for name, value in scores.items() if value < bound(page, name)]
    if missed:
        print(f"{'':10} MISSED: {', '.join(missed)} {failed(reports[0])}")
    return not missed


def axe(addresses: Mapping[str, str], chromium: str) -> bool:
    """Whether axe finds nothing, in both schemes, on a phone and at a desk."""
    clean = True
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        for scheme in SCHEMES:
            for width in (390, 1280):
                context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 844})  # type: ignore[arg-type]  # one of two literals
                for name, address in addresses.items():
                    page = context.new_page()
                    page.goto(address, wait_until="networkidle")
                    rules = sorted(rule for rule, _ in violations(page))
                    page.close()
                    if rules:
                        print(f"axe, {name}, {scheme}, {width} px: {', '.join(rules)}")
                        clean = False
                context.close()
        browser.close()
    return clean


def main() -> int:
    chromium = find()
    if chromium is None:
        sys.exit(REMEDY)
    if not LIGHTHOUSE.is_file():
        sys.exit(f"{LIGHTHOUSE.relative_to(PROJECT)} is missing. Run `make test-fast` once, which installs it.")
    built = {name: path for name, path in PAGES.items() if (SITE / path.partition("?")[0] / "index.html").is_file()}
    for name in PAGES.keys() - built.keys():
        print(f"{name} was not built and is left out.")
    with serving() as site:
        addresses = {name: site + path for name, path in built.items()}
        print(f"Lighthouse, medians of {RUNS} runs:")
        print(f"{'':10}", *(f"{name:>15}" for name in CATEGORIES), *(f"{name:>8}" for name in METRICS.values()))
        good = [lighthouse(name, address, chromium) for name, address in addresses.items()]
        clean = axe(addresses, chromium)
    print(f"axe, {len(addresses)} pages, both schemes, 390 and 1280 px: {'nothing' if clean else 'see above'}")
    return 0 if clean and all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
