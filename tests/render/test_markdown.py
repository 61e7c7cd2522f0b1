"""Any text comes out as itself, in both dialects."""

from collections.abc import Callable
from html import unescape
from pathlib import PurePosixPath

import markdown
import pytest
import yaml
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from scripts.catalogue.document import CONTROL, INVISIBLE
from scripts.render.markdown import escape, front_matter, link, plural, relative, table
from tests.conftest import PROJECT

SETTINGS = yaml.safe_load((PROJECT / "mkdocs.yml").read_text(encoding="utf-8"))
EXTENSIONS = [extension for extension in SETTINGS["markdown_extensions"] if isinstance(extension, str)]


def site(text: str) -> str:
    """HTML as the site's generator makes it."""
    return markdown.markdown(text, extensions=EXTENSIONS)


def forge(text: str) -> str:
    """HTML as a CommonMark reader with GitHub's tables and bare links makes it."""
    return str(MarkdownIt("gfm-like").render(text))


DIALECTS = pytest.mark.parametrize("render", [site, forge])
# What a checked field may hold: one line, no invisible characters, single spaces.
texts = (
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=60)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text and not CONTROL.search(text) and not INVISIBLE.search(text))
)
HOSTILE = [
    "*emphasis* and **strong** and _more_ and __init__",
    "`code` and ``more``",
    "<script>alert(1)</script>",
    "<b>bold</b> &amp; &lt; &#42;",
    "[text](https://example.com)",
    "![image](x.png)",
    "[reference][1] and [^1]",
    "a | b | c",
    "~~gone~~ ^up^ ==marked==",
    "$x^2$ and \\(y\\)",
    ":smile: and :+1:",
    "{: .class } { #id } {% raw %} {{ x }}",
    "C# and F#",
    "back\\slash \\* \\",
    "--8<-- 'file'",
    "!!! note",
    "https://example.com/a_b_c and www.example.com",
    "“quotes” — dashes… \"'",
    "Ünïcödé 日本語 русский 🚀",
]


def words(html: str) -> str:
    return " ".join(BeautifulSoup(html, "html.parser").get_text().split())


def in_a_list(text: str) -> str:
    return f"- {link('x', 'https://example.com')} - {text}"


def in_a_heading(text: str) -> str:
    return f"# {text}"


@DIALECTS
@pytest.mark.parametrize("place", [in_a_list, in_a_heading])
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_appear_literally(text: str, place: Callable[[str], str], render: Callable[[str], str]) -> None:
    html = render(place(escape(text)))
    assert " ".join(text.split()) in words(html)
    assert not BeautifulSoup(html, "html.parser").find(["script", "em", "strong", "code", "img", "b", "del"])


@DIALECTS
@given(text=texts)
def test_any_text_appears_literally_in_a_list(render: Callable[[str], str], text: str) -> None:
    assert text in words(render(in_a_list(escape(text))))


@DIALECTS
@given(text=texts)
def test_any_text_appears_literally_in_a_link_and_a_cell(render: Callable[[str], str], text: str) -> None:
    html = render(table(("A", "B"), [(link(text, "https://example.com/"), "end")]))
    cells = [words(str(cell)) for cell in BeautifulSoup(html, "html.parser").find_all("td")]
    assert cells == [text, "end"]


@DIALECTS
@pytest.mark.parametrize(
    "url",
    [
        "https://en.wikipedia.org/wiki/Web_(disambiguation)",
        "https://example.com/?a=1&copy=2&lt=3",
        "https://example.com/*a*_b_[c]~d~'e'",
        "https://example.com/#section=data-r18&hw=ph",
    ],
)
def test_links_lead_where_they_should(url: str, render: Callable[[str], str]) -> None:
    found = BeautifulSoup(render(link("text", url)), "html.parser").find("a")
    assert found
    target = (
        str(found["href"])
        .replace("%5B", "[")
        .replace("%5D", "]")
        .replace("%28", "(")
        .replace("%29", ")")
        .replace("%27", "'")
    )
    assert target == url


@given(texts)
def test_front_matter_survives_any_title(title: str) -> None:
    found = yaml.safe_load(front_matter(title).partition("---\n")[2].rpartition("---\n")[0])
    assert {key: unescape(value) for key, value in found.items()} == {"title": title}
    assert not set(found["title"]) & set("<>\"'")


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("index.md", "catalogue/servers/uvicorn.md", "catalogue/servers/uvicorn.md"),
        ("catalogue/servers/uvicorn.md", "catalogue/servers/hypercorn.md", "../../catalogue/servers/hypercorn.md"),
    ],
)
def test_pages_link_each_other_relatively(source: str, target: str, expected: str) -> None:
    assert relative(PurePosixPath(source), PurePosixPath(target)) == expected


def test_one_entry_is_not_one_entries() -> None:
    assert [plural(n, "entry", "entries") for n in (0, 1, 1234)] == ["0 entries", "1 entry", "1,234 entries"]
