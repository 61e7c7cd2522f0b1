"""A whole site of hostile texts, in a real browser: nothing runs, nothing breaks, every text appears as it is.

Walks whatever was generated, so that a new page or file needs no test of its own here.
"""

import csv
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, Dialog, Page
from pydantic import TypeAdapter, ValidationError

from scripts.catalogue.fields import FormerName, Name, Sentence, Text
from scripts.catalogue.load import load
from scripts.facts.changes import load_changes
from scripts.facts.store import load_facts
from scripts.render.everything import FRAMED, OWNED, render
from scripts.render.files import apply, compare
from scripts.render.site import Site as ProjectSite
from scripts.view.rows import make_view
from tests.browser.conftest import serving
from tests.conftest import PROJECT, PUBLICATION, SERVER, Repository
from tests.hostile import OBSERVED_ONLY, PAYLOADS

pytestmark = pytest.mark.xdist_group("hostile")  # one worker builds the site once
TRAP = """
    window.trapped = [];
    for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = () => trapped.push(name);
    Object.defineProperty(window, "pwned", {set() { trapped.push("pwned"); }, get() { return undefined; }});
    addEventListener("securitypolicyviolation", (event) => trapped.push("policy: " + event.violatedDirective));
"""


ADDRESSES = "all => all.map((element) => element.href || element.action || element.src)"
SAFE = ("http://127.0.0.1:", "https://", "data:image/svg")


def fits(field: Any, text: str) -> bool:
    try:
        TypeAdapter(field).validate_python(text)
    except ValidationError:
        return False
    return True


def yaml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Site:
    folder: Path
    texts: dict[str, list[str]]
    """What must appear, by slug."""

    def files(self, *suffixes: str) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.suffix in suffixes and path.is_file())


def software(repository: Repository, number: int, text: str) -> tuple[dict[str, Any], list[str]]:
    """Writes an entry; the facts of its package and repository, and the texts of the entry that must appear."""
    slug, sentence = f"server-{number}", f"Serves {text} to applications."
    name = text if fits(Name, text) else f"Server {number}"
    changes = {
        "name": yaml(name),
        "repository": f"https://github.com/example/server-{number}",
        "package": slug,
        "description": yaml(sentence) if fits(Sentence, sentence) else SERVER["description"],
        "evidence": f"https://example.com/{number}/?a=1&lt=2&quot;='(javascript:pwned=1)#<x>".replace("<x>", "*x*"),
    }
    if fits(FormerName, text):
        changes["formerly"] = f"[{yaml(text)}]"
    if number % 3 == 0 and fits(Sentence, sentence):
        changes["status"] = f"{{state: archived, reason: {yaml(sentence)}, source: 'https://example.com/'}}"
    repository.server(slug, **changes)
    fact = {
        "observed": "2026-11-20",
        "source": f"index {text}",
        "version": text,
        "license": text,
        "requires_python": text,
        "pythons": ["3.13", text],
        "extras": [text],
        "last_release": "2026-10-01",
        "vulnerabilities": [{"id": text, "aliases": [text], "fixed_in": [text]}] if number % 2 else [],
    }
    return fact, [name, text, *([sentence] if fits(Sentence, sentence) else [])]


def publication(repository: Repository, number: int, text: str) -> list[str]:
    sentence = f"Explains {text} to readers of it."
    summary = sentence if fits(Sentence, sentence) else PUBLICATION["summary"]
    authors = [text, "Ada Example"] if fits(Name, text) else ["Ada Example"]
    repository.publication(
        f"text-{number}-2024",
        title=yaml(text),
        summary=yaml(summary),
        url=f"https://blog.example.com/{number}",
        authors=f"[{', '.join(yaml(author) for author in authors)}]",
        event=yaml(text),
        seen_in=f"[{yaml(text)}]",
        topics=f"[server-{number}]",
        background="true" if number % 5 == 0 else None,
    )
    return [text, summary, *authors]


HERE = ProjectSite("Hostile", "https://example.github.io/hostile/", "https://github.com/example/catalogue")


def write_pages(root: Path) -> None:
    """What the build writes, without its check: texts as these break rules of style, not of safety."""
    catalogue, (facts, problems), (events, unreadable) = load(root), load_facts(root), load_changes(root)
    assert [*catalogue.problems, *problems, *unreadable] == []
    frames = {path: (root / path).read_text(encoding="utf-8") for path in FRAMED}
    texts = render(make_view(catalogue, facts, events), frames, HERE)
    assert isinstance(texts, dict)
    shown = PurePosixPath("docs/api/v1/badges")  # docs/api/index.md, written by hand, shows the badge of a real entry
    texts[shown / "uvicorn.svg"] = next(
        text for path, text in texts.items() if path.parent == shown and path.suffix == ".svg"
    )
    assert apply(root, texts, compare(root, texts, OWNED)) == []


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The project's own templates, style sheets and scripts around hostile entries."""
    root = tmp_path_factory.mktemp("hostile")
    for name in ("README.md", "CONTRIBUTING.md", "mkdocs.yml"):
        shutil.copy(PROJECT / name, root)
    generated = shutil.ignore_patterns("catalogue", "archive", "v1", "changes", "compare", "landscape", "trends")
    shutil.copytree(PROJECT / "docs", root / "docs", ignore=generated)
    shutil.rmtree(root / "docs" / "publications", ignore_errors=True)
    shutil.copytree(PROJECT / "tests" / "vocabularies", root / "data")
    repository = Repository(root)
    expected: dict[str, list[str]] = {}
    packages, repositories, events = {}, {}, []
    for number, text in enumerate((*PAYLOADS, *OBSERVED_ONLY)):
        slug = f"server-{number}"
        packages[slug], expected[slug] = software(repository, number, text)
        repositories[f"example/{slug}"] = {
            "observed": "2026-11-20",
            "source": f"forge {text}",
            "topics": [text],
            "release": text,
            "stars": number,
            "license": text,
        }
        events += [
            {"date": "2026-11-20", "event": event, "entry": slug, "from": text, "to": text}
            for event in ("added", "released", "renamed", "license", "vulnerable")
        ]
        if text in PAYLOADS and fits(Text, text):
            expected[f"text-{number}-2024"] = publication(repository, number, text)
    repository.write("data/facts/packages.json", json.dumps(packages, indent=1))
    repository.write("data/facts/github.json", json.dumps(repositories, indent=1))
    repository.write("data/facts/changes.jsonl", "".join(f"{json.dumps(event)}\n" for event in events))
    write_pages(root)
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--strict"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    return Site(root / "site", expected)


def noted(dialog: Dialog, wrong: list[str]) -> None:
    wrong.append(f"dialog {dialog.message}")
    dialog.dismiss()


@pytest.fixture(scope="session")
def watched(browser: Browser, site: Site) -> Iterator[tuple[Page, str, list[str]]]:
    """A page, the address of the site, and whatever went wrong so far."""
    with serving(site.folder) as address:
        wrong: list[str] = []
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        context.add_init_script(TRAP)
        page = context.new_page()
        page.on("dialog", lambda dialog: noted(dialog, wrong))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("popup", lambda popup: wrong.append(f"popup {popup.url}"))
        ours = (address, "data:", "blob:")
        page.on("request", lambda request: None if request.url.startswith(ours) else wrong.append(request.url))
        yield page, address, wrong
        context.close()


def words(text: str) -> str:
    return " ".join(text.split())


def test_there_are_enough_payloads() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 100
    assert sum(fits(Text, text) for text in PAYLOADS) > 100


def test_no_page_runs_or_loses_anything(site: Site, watched: tuple[Page, str, list[str]]) -> None:
    page, address, wrong = watched
    paths = [path.relative_to(site.folder).as_posix() for path in site.files(".html")]
    assert len(paths) > len(site.texts)
    faults = []
    for path in paths:
        if path == "404.html":
            continue
        wrong.clear()
        page.goto(address + path.removesuffix("index.html"), wait_until="load")
        slug = Path(path).parent.name
        shown = page.evaluate("document.body.innerText.replaceAll('¶', '')")
        title = page.evaluate("document.title + (document.querySelector('meta[name=description]') || {}).content")
        missing = [text for text in site.texts.get(slug, ()) if words(text) not in words(shown)]
        whole = page.evaluate(
            "!!document.querySelector('main article h1') && !!document.querySelector('body > * footer')"
        )
        lead = site.texts.get(slug, [""])[0]
        targets = page.locator("a[href], form[action], [src]").evaluate_all(ADDRESSES)
        faults += [(path, to) for to in targets if not to.startswith(SAFE) or "evil.example" in to]
        faults += [(path, fault) for fault in (*wrong, *page.evaluate("trapped"), *missing)]
        faults += [(path, "the frame of the page is broken")] * (not whole)
        faults += [(path, f"title or description: {title}")] * (words(lead) not in words(title))
    assert faults == []


def test_the_explorer_finds_hostile_names_and_runs_none(watched: tuple[Page, str, list[str]]) -> None:
    page, address, wrong = watched
    page.goto(f"{address}catalogue/?dead=yes")
    wrong.clear()
    box = page.get_by_label("Search by name")
    for text in PAYLOADS[:: max(1, len(PAYLOADS) // 30)]:
        box.fill(text)
        page.locator(".filters__count").wait_for()
    box.fill("zzz <img src=x onerror=pwned=1> onerror")
    for offer in page.locator(".filters__offer").all():
        offer.hover()
    assert (wrong, page.evaluate("trapped")) == ([], [])


def test_every_other_file_can_be_read(site: Site) -> None:
    """JSON, XML and CSV of whatever kind; of tables, each line has as many cells as the head and none is a formula."""
    for path in site.files(".json"):
        json.loads(path.read_text(encoding="utf-8"))
    for path in site.files(".xml", ".svg"):
        ET.fromstring(path.read_bytes())  # noqa: S314 - written by ourselves a moment ago
    for path in site.files(".csv"):
        with path.open(encoding="utf-8", newline="") as file:
            head, *lines = csv.reader(file, strict=True)
        assert {len(line) for line in lines} <= {len(head)}, path
        formulas = [cell for line in lines for cell in line if cell[:1] in {"=", "+", "@", "\t", "\r"}]
        assert formulas == [], path
    for path in site.files(".jsonl", ".geojson"):
        for line in path.read_text(encoding="utf-8").splitlines():
            json.loads(line)
