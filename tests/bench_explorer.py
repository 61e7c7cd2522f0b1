"""What the explorer costs: ``make bench`` runs it last. Milliseconds from a key to the painted result, bytes, nodes.

Prints medians and exits 1 where a bound is missed. Rows are those of the built page, repeated under names of their own.
"""

import re
import statistics
import sys
from collections.abc import Sequence

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import ARGUMENTS, serving
from tests.browser.provide import find

BOUNDS = {1_000: 50, 5_000: 150}  # milliseconds, by rows
MOST_BYTES = 200 * 1024  # of a first visit, on the wire
MOST_NODES = 20  # in a row, texts included
RUNS = 5
# Whole words, a name, a word that only forgiveness finds, one that nothing has; typed letter by letter, then removed.
TYPED = ("starlette auth", "uvicorn", "midleware", "zzqxv")

# Repeats the rows while the page is parsed, before the explorer's own script runs.
MULTIPLY = """
new MutationObserver((_, observer) => {
    if (!document.querySelector("script[src$='explorer.js']")) return;
    observer.disconnect();
    const list = document.querySelector("[data-items]");
    const rows = [...list.children];
    for (let at = rows.length; at < ROWS; at++) {
        const row = rows[at % rows.length].cloneNode(true);
        row.dataset.item = "later";
        row.querySelector("a").append(` ${at.toString(36)}x`);
        list.append(row);
    }
    while (list.children.length > ROWS) list.lastElementChild.remove();
}).observe(document, {childList: true, subtree: true});
"""

# The second frame begins after the first was painted.
KEY = """([box, text]) => new Promise((resolve) => {
    const began = performance.now();
    box.value = text;
    box.dispatchEvent(new InputEvent("input", {bubbles: true}));
    requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - began)));
})"""
# Work alone, without the wait for a frame: style and layout forced at the end.
WORK = """([box, text]) => {
    const began = performance.now();
    box.value = text;
    box.dispatchEvent(new InputEvent("input", {bubbles: true}));
    document.body.getBoundingClientRect();
    return performance.now() - began;
}"""


def keys(text: str) -> Sequence[str]:
    """What stands in the box after each key."""
    grown = [text[:length] for length in range(1, len(text) + 1)]
    return [*grown, *reversed(grown[:-1]), ""]


def typed(page: Page, script: str) -> list[float]:
    box = page.locator("[data-explorer] input[name=q]")
    box.focus()
    page.wait_for_timeout(500)  # the index is made on focus
    handle = box.element_handle()
    return [page.evaluate(script, [handle, text]) for word in TYPED for text in keys(word)]


def key_to_paint(page: Page, address: str, rows: int) -> bool:
    """Prints the medians for so many rows; whether the bound holds."""
    page.add_init_script(MULTIPLY.replace("ROWS", str(rows)))
    painted, worked = [], []
    for _ in range(RUNS):
        page.goto(address)
        page.locator("[data-explorer][data-ready]").wait_for()
        seen = page.locator(".filters__count").inner_text().partition(" ")[0].replace(",", "")
        assert rows >= int(seen) > rows / 2, "the explorer's script has not seen the repeated rows"
        painted += typed(page, KEY)
        worked += typed(page, WORK)
    whole, alone, slowest = statistics.median(painted), statistics.median(worked), max(worked)
    said = f"{whole:.0f} ms to the painted result, of which {alone:.1f} ms are work; the slowest key {slowest:.0f} ms"
    print(f"explorer, {rows:,} rows: {said} (bound {BOUNDS[rows]} ms)")
    return whole <= BOUNDS[rows]


def weigh(page: Page, address: str) -> bool:
    sizes: list[int] = []
    page.on(
        "requestfinished",
        lambda request: sizes.append(request.sizes()["responseBodySize"] + request.sizes()["responseHeadersSize"]),
    )
    answer = page.goto(address, wait_until="networkidle")
    rows = len(re.findall(r"<tr [^>]*data-item[ =>]", answer.text())) if answer else 0
    shown = page.locator("[data-item]").count()
    nodes = page.evaluate(
        """() => [...document.querySelectorAll("[data-item]")].reduce((sum, row) => {
            const all = document.createTreeWalker(row, NodeFilter.SHOW_ALL);
            for (sum += 1; all.nextNode(); ) sum += 1;
            return sum;
        }, 0)"""
    )
    each, weight = nodes / shown, sum(sizes) / 1024
    print(f"explorer, first visit, {rows} rows: {len(sizes)} requests, {weight:.0f} KiB, {each:.1f} nodes a row")
    return sum(sizes) <= MOST_BYTES and each <= MOST_NODES


def main() -> int:
    with serving() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
        good = [weigh(browser.new_page(), f"{site}catalogue/")]
        for rows in BOUNDS:
            context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
            good.append(key_to_paint(context.new_page(), f"{site}catalogue/", rows))
            context.close()
        browser.close()
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
