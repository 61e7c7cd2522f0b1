"""What a person gave: the address of a repository, the name of a distribution, or a page."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from scripts.catalogue import urls
from scripts.catalogue.problems import shown
from scripts.facts.targets import GITLAB, HOSTS

LONGEST_NAME = 100
_PACKAGE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?", re.ASCII)
_OWNED = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*/[A-Za-z0-9._-]+", re.ASCII)
_PART = re.compile(r"[A-Za-z0-9._-]+", re.ASCII)
_SSH = re.compile(r"(?:ssh://)?git@([A-Za-z0-9.-]+)[:/](.+)", re.ASCII)
NO_OWNER = {"sponsors", "orgs", "users", "groups", "about", "marketplace", "topics", "explore", "search"}
WHAT_TO_GIVE = "Give the address of a repository or page, or the name of a package."


@dataclass(frozen=True, slots=True)
class Target:
    """``deep`` is the page inside the repository that was given, which may be the evidence."""

    repository: str | None = None
    package: str | None = None
    page: str | None = None
    deep: str | None = None


def read_target(text: str, index: str) -> Target | str:
    """The target, or a sentence that says why it is none. ``index`` is the host of the package index."""
    text = text.strip()
    if not text:
        return f"Nothing was given. {WHAT_TO_GIVE}"
    if _OWNED.fullmatch(text) and "." not in text.partition("/")[0]:
        text = f"https://github.com/{text}"
    url = _address(text)
    if url is None:
        if len(text) <= LONGEST_NAME and _PACKAGE.fullmatch(text):
            return Target(package=normalised(text))
        return f"`{shown(text)}` is neither an address nor the name of a package. {WHAT_TO_GIVE}"
    if fault := urls.fault(url, fragment=True):
        return f"`{shown(text)}` {fault}."
    return _of_url(url, index)


def normalised(name: str) -> str:
    """The name of a distribution as indexes compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).casefold()


def repository_of(url: str) -> str | None:
    """The root of a repository on a forge that we know how to ask, from any address inside it."""
    try:
        parts = urlsplit(_address(url.strip()) or "")
    except ValueError:
        return None
    forge = HOSTS.get((parts.hostname or "").removeprefix("www."))
    path = [part for part in parts.path.partition("/-/")[0].split("/") if part]
    if forge is None or len(path) < 2 or path[0].casefold() in NO_OWNER:
        return None
    kept = path if forge == GITLAB else path[:2]
    if not all(_PART.fullmatch(part) and part.strip(".") for part in kept):
        return None
    name = "/".join([*kept[:-1], kept[-1].removesuffix(".git")])
    address = f"https://{(parts.hostname or '').removeprefix('www.')}/{name}"
    return None if urls.fault(address, fragment=False) else address


def _address(text: str) -> str | None:
    """An https address for whatever names one; None for what does not look like an address."""
    if match := _SSH.fullmatch(text):
        return f"https://{match[1]}/{match[2].removesuffix('.git')}"
    text = text.removeprefix("git+")
    scheme, found, rest = text.partition("://")
    if found:
        return f"https://{rest}" if scheme.casefold() in {"http", "https", "git"} else text
    host = text.partition("/")[0]
    return f"https://{text}" if "/" in text and "." in host else None


def _of_url(url: str, index: str) -> Target | str:
    parts = urlsplit(url)
    path = [part for part in parts.path.split("/") if part]
    host = (parts.hostname or "").removeprefix("www.")
    if host == index and len(path) >= 2 and path[0] == "project":
        return Target(package=normalised(path[1]))
    if host in HOSTS:
        root = repository_of(url)
        if root is None:
            return f"`{shown(url)}` is no repository. Write https://{host}/owner/name."
        plain = url.partition("?")[0].partition("#")[0].rstrip("/").removesuffix(".git")
        inside = len(plain) > len(root) and not plain.casefold().endswith(root.removeprefix("https://").casefold())
        return Target(repository=root, deep=url if inside else None)
    return Target(page=url)
