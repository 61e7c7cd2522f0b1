"""Which addresses may be published, and what a contributor reads about the others."""

import pytest

from scripts.catalogue.urls import MAX_LENGTH, fault
from tests.conftest import Repository

NO_HTTPS = "does not start with `https://`. Give the https address of the page"
CREDENTIALS = "has credentials before the `@`. Remove them"
PORT = "has a port. Link a public address without one"
NO_URL = "is not a URL. Copy the address from a browser"
FRAGMENT = "has a fragment (`#…`). Link the page itself"
TRACKING = "has `utm_` tracking parameters. Remove them"
PRIVATE = "leads to a private or local host. Link a public page"
BARE_IP = "leads to a bare IP address. Link a public host by its name"
NO_HOST = "has no public host name. Copy the address from a browser"
CHARACTER = "has a space or another character that no URL may have. Percent-encode it"

GOOD = [
    "https://example.com",
    "https://example.com/",
    "https://example.com/a/b.html?c=d&e=f",
    "https://example.com/@user/post-1",
    "https://example.com/a%20b_(c)~d",
    "https://example.com/?autumn_source=x",
    "https://sub.domain.example.co.uk/",
    "https://xn--exmple-cua.com/",
    "https://EXAMPLE.com/Path",
    "https://localhost.example.com/",
    "https://127.0.0.1.example.com/",
    "https://internal.example.com/",
    "https://a.io/",
]

BAD = {
    "http://example.com/": NO_HTTPS,
    "ftp://example.com/": NO_HTTPS,
    "//example.com/": NO_HTTPS,
    "example.com": NO_HTTPS,
    "docs/index.html": NO_HTTPS,
    "https:///path": NO_HTTPS,
    "https://": NO_HTTPS,
    "https:example.com": NO_HTTPS,
    "mailto:ada@example.com": NO_HTTPS,
    "javascript:alert(1)": NO_HTTPS,
    "JavaScript://example.com/%0aalert(1)": NO_HTTPS,
    "data:text/html,hello": NO_HTTPS,
    "data:text/html;base64,PHNjcmlwdD4=": NO_HTTPS,
    "file:///etc/passwd": NO_HTTPS,
    "https://ada@example.com/": CREDENTIALS,
    "https://ada:secret@example.com/": CREDENTIALS,
    "https://example.com@evil.example/": CREDENTIALS,
    "https://ada%40home@example.com/": CREDENTIALS,
    "https://example.com:8443/": PORT,
    "https://example.com:443/": PORT,
    "https://example.com:/": PORT,
    "https://example.com:0/": PORT,
    "https://example.com:http/": NO_URL,
    "https://example.com:99999/": NO_URL,
    "https://[::1/": NO_URL,
    "https://example.com/#part": FRAGMENT,
    "https://example.com/#": FRAGMENT,
    "https://example.com/?a=b#part": FRAGMENT,
    "https://example.com/?utm_source=x": TRACKING,
    "https://example.com/?a=b&utm_medium=x": TRACKING,
    "https://example.com/?UTM_Campaign=x": TRACKING,
    "https://example.com/?utm_source": TRACKING,
    "https://example.com/?%75tm_source=x": TRACKING,
    "https://localhost/": PRIVATE,
    "https://LOCALHOST/": PRIVATE,
    "https://app.localhost/": PRIVATE,
    "https://printer.local/": PRIVATE,
    "https://Printer.LOCAL/": PRIVATE,
    "https://wiki.internal/": PRIVATE,
    "https://nas.lan/": PRIVATE,
    "https://nas.home.arpa/": PRIVATE,
    "https://site.test/": PRIVATE,
    "https://hidden.onion/": PRIVATE,
    "https://127.0.0.1/": BARE_IP,
    "https://10.1.2.3/": BARE_IP,
    "https://192.168.0.1/": BARE_IP,
    "https://172.16.0.1/": BARE_IP,
    "https://169.254.169.254/latest/meta-data/": BARE_IP,
    "https://0.0.0.0/": BARE_IP,
    "https://93.184.216.34/": BARE_IP,
    "https://[::1]/": BARE_IP,
    "https://[::ffff:127.0.0.1]/": BARE_IP,
    "https://[fe80::1%25eth0]/": BARE_IP,
    "https://2130706433/": NO_HOST,
    "https://0x7f000001/": NO_HOST,
    "https://0x7f.0.0.1/": NO_HOST,
    "https://127.0.0.0x1/": NO_HOST,
    "https://0177.0.0.1/": NO_HOST,
    "https://127.1/": NO_HOST,
    "https://intranet/": NO_HOST,
    "https://localhost./": NO_HOST,
    "https://printer.local./": NO_HOST,
    "https://example.com./": NO_HOST,
    "https://a_b.example.com/": NO_HOST,
    "https://-a.example.com/": NO_HOST,
    "https://example..com/": NO_HOST,
    "https://example.com/a b": CHARACTER,
    " https://example.com/": CHARACTER,
    "https://example.com/ ": CHARACTER,
    "https://example.com/\n": CHARACTER,
    "https://exa\tmple.com/": CHARACTER,
    "https://example.com\\@evil.example/": CHARACTER,
    "https://example.com/<script>": CHARACTER,
    'https://example.com/"onclick=': CHARACTER,
    "https://example.com/a|b": CHARACTER,
    "https://exämple.com/": CHARACTER,
    "https://example.com/\u202e": CHARACTER,
    "": CHARACTER,
}


@pytest.mark.parametrize("url", GOOD)
@pytest.mark.parametrize("fragment", [True, False])
def test_public_addresses(url: str, *, fragment: bool) -> None:
    assert fault(url, fragment=fragment) is None


@pytest.mark.parametrize(("url", "said"), BAD.items())
def test_other_addresses(url: str, said: str) -> None:
    assert fault(url, fragment=False) == said


@pytest.mark.parametrize("url", ["https://example.com/#part", "https://example.com/?a=b#L1-L5"])
def test_some_fields_may_name_a_part_of_a_page(url: str) -> None:
    assert fault(url, fragment=True) is None


def test_length_has_a_limit() -> None:
    longest = "https://example.com/".ljust(MAX_LENGTH, "a")
    assert fault(longest, fragment=False) is None
    assert fault(f"{longest}a", fragment=False) == "is longer than 400 characters. Link a shorter address"


@pytest.mark.parametrize(("url", "said"), [(url, said) for url, said in BAD.items() if url.isprintable() and url])
def test_contributors_read_which_field_and_address(repository: Repository, url: str, said: str) -> None:
    path = repository.server(homepage="'" + url.replace("'", "''") + "'")
    assert repository.problems() == [f"{path.relative_to(repository.root)}:9:11: `homepage` `{url}` {said}."]


@pytest.mark.parametrize(
    ("field", "place", "rejects"),
    [("repository", "4:13", True), ("homepage", "9:11", True), ("docs", "9:7", False), ("evidence", "7:11", False)],
)
def test_where_a_fragment_belongs(repository: Repository, field: str, place: str, *, rejects: bool) -> None:
    url = "https://github.com/example/examplecorn#readme"
    repository.server(**{field: f'"{url}"'})
    line = f"data/servers/examplecorn.yml:{place}: `{field}` `{url}` {FRAGMENT}."
    assert repository.problems() == ([line] if rejects else [])


def test_long_and_invisible_addresses_are_cut_and_escaped(repository: Repository) -> None:
    repository.server(docs=f"https://example.com/{'a' * 500}", homepage='"https://example.com/\\n"')
    cut = f"https://example.com/{'a' * 39}…"
    assert repository.problems() == [
        f"data/servers/examplecorn.yml:9:7: `docs` `{cut}` is longer than 400 characters. Link a shorter address.",
        f"data/servers/examplecorn.yml:10:11: `homepage` `https://example.com/\\n` {CHARACTER}.",
    ]
