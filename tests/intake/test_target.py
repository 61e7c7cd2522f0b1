"""What people type or paste, and what it stands for."""

import pytest

from scripts.intake.target import Target, read_target, repository_of

INDEX = "index.example"
REPOSITORY = "https://github.com/Kludex/uvicorn"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("uvicorn", Target(package="uvicorn")),
        ("Python_SocketIO", Target(package="python-socketio")),
        ("zope.interface", Target(package="zope-interface")),
        (" Kludex/uvicorn ", Target(repository=REPOSITORY)),
        (REPOSITORY, Target(repository=REPOSITORY)),
        (f"{REPOSITORY}/", Target(repository=REPOSITORY)),
        (f"{REPOSITORY}.git", Target(repository=REPOSITORY)),
        (f"git+{REPOSITORY}.git", Target(repository=REPOSITORY)),
        ("http://www.github.com/Kludex/uvicorn", Target(repository=REPOSITORY)),
        ("github.com/Kludex/uvicorn", Target(repository=REPOSITORY)),
        ("git@github.com:Kludex/uvicorn.git", Target(repository=REPOSITORY)),
        ("ssh://git@github.com/Kludex/uvicorn", Target(repository=REPOSITORY)),
        (
            f"{REPOSITORY}/blob/main/uvicorn/server.py#L1",
            Target(repository=REPOSITORY, deep=f"{REPOSITORY}/blob/main/uvicorn/server.py#L1"),
        ),
        ("https://gitlab.com/group/sub/name", Target(repository="https://gitlab.com/group/sub/name")),
        (
            "https://gitlab.com/group/sub/name/-/tree/main",
            Target(
                repository="https://gitlab.com/group/sub/name", deep="https://gitlab.com/group/sub/name/-/tree/main"
            ),
        ),
        (
            "https://codeberg.org/owner/name/src/branch",
            Target(repository="https://codeberg.org/owner/name", deep="https://codeberg.org/owner/name/src/branch"),
        ),
        ("https://index.example/project/Foo.Bar/", Target(package="foo-bar")),
        ("https://blog.example.com/2024/05/asgi", Target(page="https://blog.example.com/2024/05/asgi")),
    ],
)
def test_what_is_given_is_understood(text: str, meant: Target) -> None:
    assert read_target(text, INDEX) == meant


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Nothing was given"),
        ("two words", "neither an address nor the name of a package"),
        ("-rf", "neither an address nor the name of a package"),
        ("a" * 101, "neither an address nor the name of a package"),
        ("https://github.com/Kludex", "is no repository"),
        ("https://github.com/sponsors/Kludex", "is no repository"),
        ("https://localhost/x/y", "private or local host"),
        ("https://intranet.local/x/y", "private or local host"),
        ("https://192.168.0.1/x/y", "bare IP address"),
        ("https://[::1]/x/y", "bare IP address"),
        ("https://user:secret@github.com/x/y", "has credentials"),
        ("https://github.com:8443/x/y", "has a port"),
        ("file:///etc/passwd", "does not start with `https://`"),
        ("javascript://x/y", "does not start with `https://`"),
        ("https://exa mple.com/x", "has a space"),
        ("git@localhost:x/y", "private or local host"),
        ("x\u202ey", "neither an address"),
    ],
)
def test_what_cannot_be_asked_for_is_refused(text: str, said: str) -> None:
    answer = read_target(text, INDEX)
    assert isinstance(answer, str)
    assert said in answer
    assert answer.isprintable()


@pytest.mark.parametrize(
    ("url", "root"),
    [
        ("https://github.com/a/b/issues", "https://github.com/a/b"),
        ("http://github.com/a/b.git", "https://github.com/a/b"),
        ("https://github.com/sponsors/a", None),
        ("https://github.com/a", None),
        ("https://example.com/a/b", None),
        ("https://[broken/a/b", None),
        ("https://github.com/a/..%2f", None),
        ("https://github.com/a/..", None),
        ("https://github.com/a/b/%2e%2e/c", "https://github.com/a/b"),
    ],
)
def test_a_repository_is_found_in_an_address(url: str, root: str | None) -> None:
    assert repository_of(url) == root
