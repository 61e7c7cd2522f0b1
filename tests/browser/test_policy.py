"""The Content-Security-Policy: what it allows is what there is, and nothing on any page asks for more."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import PUBLISHED, SITE, Visitor
from tests.browser.templates import SCHEMES, TEMPLATES
from tests.conftest import PROJECT

OVERRIDES = PROJECT / "docs" / "overrides"
INLINE = ("partials/javascripts/base.html", "partials/javascripts/palette.html")
# Data, which no browser runs.
DATA = {"application/json", "application/ld+json"}


def policy() -> dict[str, list[str]]:
    """The directives of the policy that pages are published with."""
    text = (OVERRIDES / "main.html").read_text(encoding="utf-8")
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', text)
    assert found
    return {name: values for name, *values in (part.split() for part in found[1].split(";"))}


def digest(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


class Parts(HTMLParser):
    """Whatever in a page a policy is about."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.inline: list[str] = []
        self.forbidden: list[str] = []
        self.loaded: list[str] = []
        self.policies: list[str] = []
        self._script = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "meta" and values.get("http-equiv") == "Content-Security-Policy":
            self.policies.append(values["content"])
        self._script = tag == "script" and "src" not in values and values.get("type") not in DATA
        if self._script:
            self.inline.append("")
        bad = {name for name in values if name.startswith("on")} | values.keys() & {"style", "srcdoc", "ping", "srcset"}
        if bad or tag in {"style", "iframe", "object", "embed", "base", "frame"}:
            self.forbidden.append(f"{tag} {sorted(bad)}")
        if tag == "link" and values.get("rel") not in {"canonical", "prev", "next", "alternate", "feed alternate"}:
            self.loaded.append(values.get("href", ""))
        elif tag != "link":
            self.loaded += [values[name] for name in ("src", "data", "poster", "background") if name in values]
        self.forbidden += [value for value in values.values() if re.match(r"(?i)\s*(javascript|vbscript):", value)]

    def handle_data(self, data: str) -> None:
        if self._script:
            self.inline[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._script = self._script and tag != "script"


def pages() -> list[Path]:
    found = sorted(SITE.rglob("*.html"))
    assert len(found) > 1_000
    return found


def test_the_policy_names_the_inline_scripts_that_there_are() -> None:
    texts = [(OVERRIDES / name).read_text(encoding="utf-8") for name in INLINE]
    scripts = [re.search(r"<script>(.*?)</script>", text, re.DOTALL) for text in texts]
    hashes = " ".join(digest(script[1]) for script in scripts if script)
    wanted = f"script-src 'self' {hashes}"
    given = f"script-src {' '.join(policy()['script-src'])}"
    assert given == wanted, f"in docs/overrides/main.html write: {wanted}"


def test_the_policy_allows_nothing_by_default_and_no_other_host() -> None:
    directives = policy()
    assert directives["default-src"] == ["'none'"]
    assert directives["base-uri"] == ["'none'"]
    allowed = {value for values in directives.values() for value in values if not value.startswith("'sha256-")}
    assert allowed <= {"'none'", "'self'", "data:"}
    assert [name for name, values in directives.items() if "data:" in values] == ["img-src"]


def test_no_page_has_anything_that_the_policy_forbids() -> None:
    hashes = set(policy()["script-src"])
    faults = []
    for path in pages():
        found = Parts(path.read_text(encoding="utf-8"))
        foreign = [to for to in found.loaded if re.match(r"(?!data:)[a-z]+:|//", to)]
        foreign = [to for to in foreign if not to.startswith(PUBLISHED.decode())]
        unknown = [script[:60] for script in found.inline if digest(script) not in hashes]
        if found.forbidden or foreign or unknown or len(found.policies) != 1:
            faults.append((path.relative_to(SITE).as_posix(), found.forbidden, foreign, unknown, len(found.policies)))
    assert faults == []


def test_the_policy_comes_before_whatever_it_is_about() -> None:
    for path in pages()[::50]:
        before = path.read_text(encoding="utf-8").partition("Content-Security-Policy")[0]
        assert not re.search(r"<(script|style|link|img)\b", before), path


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("path", TEMPLATES.values(), ids=TEMPLATES.keys())
def test_no_page_breaks_its_own_policy(browser: Browser, site_url: str, path: str, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme)  # type: ignore[arg-type]  # one of two literals
    context.add_init_script(
        "window.broken = []; addEventListener('securitypolicyviolation', (e) => broken.push(e.violatedDirective))"
    )
    visitor = Visitor(context, site_url)
    page = visitor.open(path)
    palette = page.locator("label.md-header__button[for^=__palette]:visible")
    palette.click()
    for element in page.locator("main :is(summary, .tabbed-labels label, .md-code__button):visible").all()[:12]:
        element.click()
    assert page.evaluate("broken") == []
    assert [text for text in visitor.errors if "404" not in text] == []
    assert visitor.foreign == []
    assert context.cookies() == []
    assert page.evaluate("Object.keys(localStorage)") == ["/awesome-asgi/.__palette"]
    assert page.evaluate("sessionStorage.length + (navigator.serviceWorker?.controller ? 1 : 0)") <= 1
    context.close()


def test_only_the_colours_are_kept(browser: Browser, site_url: str) -> None:
    context = browser.new_context()
    page = Visitor(context, site_url).open("catalogue/?q=uvicorn")
    kept = page.evaluate("[...Object.keys(localStorage), document.cookie].filter(Boolean)")
    context.close()
    assert kept == ["/awesome-asgi/.__palette"]


def test_the_policy_stops_what_it_should(browser: Browser, site_url: str) -> None:
    """The policy itself, in a browser: without it the other tests would pass as well."""
    context = browser.new_context()
    page = Visitor(context, site_url).open("")
    page.evaluate(
        """() => {
        for (const [tag, text] of [["script", "window.pwned = 1"], ["style", "body { --pwned: 1 }"]])
            document.head.append(Object.assign(document.createElement(tag), {textContent: text}));
        const image = document.createElement("img");
        image.setAttribute("onerror", "window.pwned = 1");
        image.src = "nothing.png";
        document.body.append(image);
        const link = Object.assign(document.createElement("a"), {href: "javascript:window.pwned = 1"});
        document.body.append(link);
        link.click();
        }"""
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.pwned") is None
    assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--pwned')") == ""
    context.close()
