"""GitLab, Forgejo, the package index and download counts, in the layouts of their real answers.

GitLab: ``lib/api/entities/{basic_project_details,project,commit,release}.rb``; without a token it shows the first
only, that is neither ``archived`` nor ``open_issues_count``. Forgejo:
``modules/structs/{repo,repo_commit,release}.go``. Package index: ``docs/user/api/json.md`` of Warehouse.
"""

import contextlib
import hashlib
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from tests.outside.messages import Answer, Request, as_json
from tests.outside.world import File, Forge, Package, Repository, World, millis, normalised, zulu

NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?")


def answer(world: World, request: Request) -> Answer:
    """The answer to anything but ``/graphql``."""
    segments = [unquote(segment) for segment in request.path.strip("/").split("/")]
    if segments == ["downloads"] and request.method in {"GET", "POST"}:
        return _downloads(world, request)
    if request.method != "GET":
        return as_json({"message": "Method Not Allowed"}, 405)
    match segments:
        case ["api", "v4", "projects", identity, *rest]:
            return _gitlab(world, request, identity, rest)
        case ["api", "v1", "repos", owner, name, *rest]:
            return _forgejo(world, request, f"{owner}/{name}", rest)
        case ["pypi", name, "json"]:
            return _package(world, request, name)
    return _github(world, request, segments)


def _github(world: World, request: Request, segments: list[str]) -> Answer:
    """https://docs.github.com/en/rest/repos/repos: anybody may ask, and old names lead to the number."""
    path = "/".join(segments[1:]) if segments[0] in {"repos", "repositories"} else ""
    token = request.headers.get("authorization", "").partition(" ")[2]
    if token and token != world.token:
        return as_json({"message": "Bad credentials"}, 401)
    by_number = path.isdecimal()
    one = world.github.by_id(int(path)) if by_number else world.github.find(path)
    if one is None:
        return as_json({"message": "Not Found", "status": "404"}, 404)
    if not by_number and one.path.casefold() != path.casefold():
        return as_json({"message": "Moved Permanently"}, 301, {"Location": f"/repositories/{one.id}"})
    return as_json(_github_repository(world, one))


def _github_repository(world: World, one: Repository) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "id": one.id,
        "node_id": one.node_id,
        "name": one.name,
        "full_name": one.path,
        "private": False,
        "html_url": f"https://github.com/{one.path}",
        "description": one.description or None,
        "fork": one.fork,
        "homepage": one.homepage or None,
        "created_at": zulu(one.created),
        "pushed_at": one.pushed and zulu(one.pushed),
        "stargazers_count": one.stars,
        "forks_count": one.forks,
        "open_issues_count": one.open_issues,
        "archived": one.archived,
        "disabled": one.disabled,
        "license": {"key": one.license.lower(), "spdx_id": one.license} if one.license else None,
        "topics": list(one.topics),
        "default_branch": "main",
    }
    if one.parent:
        owner, _, name = one.parent.rpartition("/")
        shown["parent"] = _github_repository(world, world.github.find(one.parent) or Repository(owner, name))
    return shown


def _gitlab(world: World, request: Request, identity: str, rest: list[str]) -> Answer:
    token = request.headers.get("private-token") or request.headers.get("authorization", "").partition(" ")[2]
    if token and token != world.gitlab_token:
        return as_json({"message": "401 Unauthorized"}, 401)
    by_number = identity.isdecimal()
    one = world.gitlab.by_id(int(identity)) if by_number else world.gitlab.find(identity)
    if one is None:
        return as_json({"message": "404 Project Not Found"}, 404)
    if not by_number and one.path.casefold() != identity.casefold():
        _, _, query = request.target.partition("?")
        path = "/".join(["/api/v4/projects", str(one.id), *rest])
        return as_json({"message": "301 Moved Permanently"}, 301, {"Location": f"{path}?{query}" if query else path})
    return _gitlab_part(world, request, one, rest)


def _gitlab_part(world: World, request: Request, one: Repository, rest: list[str]) -> Answer:
    """A project itself, or what the rest of the path names of it."""
    match rest:
        case []:
            known = bool({"private-token", "authorization"} & set(request.headers))
            licensed = request.query.get("license") in {"true", "1"}
            return as_json(_project(world.gitlab, one, known=known, licensed=licensed))
        case ["repository", "commits"]:
            return as_json([] if one.last_commit is None else [_gitlab_commit(one, one.last_commit)])
        case ["releases"]:
            return as_json([_gitlab_release(*one.latest_release)] if one.latest_release else [])
    return as_json({"error": "404 Not Found"}, 404)


def _project(forge: Forge, one: Repository, *, known: bool, licensed: bool) -> dict[str, Any]:
    """A project; more of it for whoever is ``known`` by a token."""
    shown: dict[str, Any] = _basic_project(one)
    if licensed:
        shown |= _gitlab_license(one)
    if known:
        shown |= {
            "empty_repo": one.last_commit is None,
            "archived": one.archived,
            "issues_enabled": True,
            "open_issues_count": one.open_issues,
        }
    if known and one.parent:
        owner, _, name = one.parent.rpartition("/")
        shown["forked_from_project"] = _basic_project(forge.find(one.parent) or Repository(owner, name))
    return shown


def _basic_project(one: Repository) -> dict[str, Any]:
    url = f"https://gitlab.com/{one.path}"
    group = one.owner.rpartition("/")[2]
    return {
        "id": one.id,
        "description": one.description or None,
        "name": one.name,
        "name_with_namespace": f"{one.owner.replace('/', ' / ')} / {one.name}",
        "path": one.name,
        "path_with_namespace": one.path,
        "created_at": millis(one.created),
        "default_branch": None if one.last_commit is None else "main",
        "tag_list": list(one.topics),
        "topics": list(one.topics),
        "ssh_url_to_repo": f"git@gitlab.com:{one.path}.git",
        "http_url_to_repo": f"{url}.git",
        "web_url": url,
        "readme_url": f"{url}/-/blob/main/README.md",
        "forks_count": one.forks,
        "avatar_url": None,
        "star_count": one.stars,
        "last_activity_at": millis(one.pushed or one.created),
        "visibility": "public",
        "namespace": {"id": 1, "name": group, "path": group, "kind": "group", "full_path": one.owner},
    }


def _gitlab_license(one: Repository) -> dict[str, Any]:
    """GitLab names licences by a key in lower case, and by ``other`` what it does not recognise."""
    if one.license is None:
        return {"license_url": None, "license": None}
    key = "other" if one.license == "NOASSERTION" else one.license.lower()
    name = "Other" if key == "other" else one.license
    shown = {"key": key, "name": name, "nickname": None, "html_url": None, "source_url": None}
    return {"license_url": f"https://gitlab.com/{one.path}/-/blob/main/LICENSE", "license": shown}


def _gitlab_commit(one: Repository, moment: str) -> dict[str, Any]:
    sha = hashlib.sha256(one.path.encode()).hexdigest()[:40]
    date = millis(moment, keep_offset=True)
    return {
        "id": sha,
        "short_id": sha[:8],
        "created_at": date,
        "parent_ids": [],
        "title": "A change",
        "message": "A change\n",
        "author_name": "Ada Example",
        "author_email": "ada@example.com",
        "authored_date": date,
        "committer_name": "Ada Example",
        "committer_email": "ada@example.com",
        "committed_date": date,
        "trailers": {},
        "extended_trailers": {},
        "web_url": f"https://gitlab.com/{one.path}/-/commit/{sha}",
    }


def _gitlab_release(tag: str, date: str) -> dict[str, Any]:
    shown = {"name": tag, "tag_name": tag, "description": "", "created_at": millis(date), "released_at": millis(date)}
    return shown | {"upcoming_release": False, "assets": {"count": 0, "sources": [], "links": []}}


def _forgejo(world: World, request: Request, path: str, rest: list[str]) -> Answer:
    one = world.forgejo.find(path)
    if one is None:
        return _forgejo_missing()
    if one.path.casefold() != path.casefold():
        return Answer(307, {"Location": request.target.replace(path, one.path, 1)})
    return _forgejo_part(world, request, one, rest)


def _forgejo_part(world: World, request: Request, one: Repository, rest: list[str]) -> Answer:
    """A repository itself, or what the rest of the path names of it."""
    match rest:
        case []:
            return as_json(_forgejo_repository(world, one))
        case ["commits"] if one.last_commit is None:
            return as_json({"message": "Git Repository is empty.", "url": "https://codeberg.org/api/swagger"}, 409)
        case ["commits"]:
            return as_json([_forgejo_commit(one, str(one.last_commit), stats=request.query.get("stat") != "false")])
        case ["releases", "latest"] if one.latest_release:
            return as_json(_forgejo_release(one, *one.latest_release))
    return _forgejo_missing()


def _forgejo_missing() -> Answer:
    message = "The target couldn't be found."
    return as_json({"errors": [], "message": message, "url": "https://codeberg.org/api/swagger"}, 404)


def _forgejo_repository(world: World, one: Repository) -> dict[str, Any]:
    url = f"https://codeberg.org/{one.path}"
    shown: dict[str, Any] = {
        "id": one.id,
        "owner": {"id": 1, "login": one.owner, "username": one.owner, "full_name": ""},
        "name": one.name,
        "full_name": one.path,
        "description": one.description,
        "empty": one.last_commit is None,
        "private": False,
        "fork": one.fork,
        "template": False,
        "parent": None,
        "mirror": False,
        "language": "Python",
        "html_url": url,
        "url": f"https://codeberg.org/api/v1/repos/{one.path}",
        "clone_url": f"{url}.git",
        "website": one.homepage,
        "stars_count": one.stars,
        "forks_count": one.forks,
        "watchers_count": 1,
        "open_issues_count": one.open_issues,
        "open_pr_counter": 0,
        "release_counter": 1 if one.latest_release else 0,
        "default_branch": "main",
        "archived": one.archived,
        "created_at": zulu(one.created),
        "updated_at": zulu(one.pushed or one.created),
        "archived_at": zulu(one.pushed or one.created) if one.archived else "1970-01-01T00:00:00Z",
        "internal": False,
        "topics": list(one.topics),
    }
    if world.forgejo_licenses:
        shown["licenses"] = [one.license] if one.license else None
    if one.parent:
        owner, _, name = one.parent.rpartition("/")
        shown["parent"] = _forgejo_repository(world, world.forgejo.find(one.parent) or Repository(owner, name))
    return shown


def _forgejo_commit(one: Repository, moment: str, *, stats: bool) -> dict[str, Any]:
    sha = hashlib.sha256(one.path.encode()).hexdigest()[:40]
    person = {"name": "Ada Example", "email": "ada@example.com", "date": moment}
    shown: dict[str, Any] = {
        "url": f"https://codeberg.org/api/v1/repos/{one.path}/git/commits/{sha}",
        "sha": sha,
        "created": moment,
        "html_url": f"https://codeberg.org/{one.path}/commit/{sha}",
        "commit": {"author": person, "committer": person, "message": "A change\n"},
        "author": None,
        "committer": None,
        "parents": [],
        "files": None,
        "stats": None,
    }
    return shown | ({"stats": {"total": 1, "additions": 1, "deletions": 0}} if stats else {})


def _forgejo_release(one: Repository, tag: str, date: str) -> dict[str, Any]:
    url = f"https://codeberg.org/{one.path}/releases/tag/{tag}"
    shown = {"id": 1, "tag_name": tag, "target_commitish": "main", "name": tag, "body": "", "html_url": url}
    moments = {"created_at": zulu(date), "published_at": zulu(date)}
    return shown | moments | {"draft": False, "prerelease": False, "assets": []}


def _package(world: World, request: Request, name: str) -> Answer:
    if name != normalised(name):
        return Answer(301, {"Location": f"/pypi/{normalised(name)}/json"})
    package = world.packages.get(name)
    if package is None:
        return as_json({"message": "Not Found"}, 404)
    made = as_json(_index_json(package), headers={"X-PyPI-Last-Serial": str(package.serial)})
    if not world.validators:
        return made
    etag = f'"{hashlib.sha256(made.body).hexdigest()[:22]}"'
    validators = {"ETag": etag, "Cache-Control": "max-age=900, public"}
    known = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if known & {etag, "*"}:
        return Answer(304, validators)
    return Answer(200, made.headers | validators, made.body)


def _index_json(package: Package) -> dict[str, Any]:
    releases = {version: [_file(package, version, file) for file in files] for version, files in package.files.items()}
    shown = {
        "info": _info(package) | package.info,
        "last_serial": package.serial,
        "releases": releases,
        "urls": releases.get(package.version, []),
        "vulnerabilities": package.vulnerabilities,
        "ownership": {"roles": [{"role": "Owner", "user": "ada"}], "organization": None},
    }
    return shown | package.extra


def _info(package: Package) -> dict[str, Any]:
    page = f"https://index.example/project/{package.name}/"
    return {
        "author": "",
        "author_email": "Ada Example <ada@example.com>",
        "bugtrack_url": None,
        "classifiers": package.classifiers,
        "description": "",
        "description_content_type": "text/markdown",
        "docs_url": None,
        "download_url": "",
        "downloads": {"last_day": -1, "last_month": -1, "last_week": -1},
        "dynamic": None,
        "home_page": "",
        "keywords": "",
        "license": package.license,
        "license_expression": package.license_expression,
        "license_files": None,
        "maintainer": "",
        "maintainer_email": "",
        "name": package.name,
        "package_url": page,
        "platform": None,
        "project_url": page,
        "project_urls": package.project_urls,
        "provides_extra": package.provides_extra,
        "release_url": f"{page}{package.version}/",
        "requires_dist": package.requires_dist,
        "requires_python": package.requires_python,
        "summary": package.summary,
        "version": package.version,
        "yanked": package.yanked,
        "yanked_reason": package.yanked_reason,
    }


def _file(package: Package, version: str, file: File) -> dict[str, Any]:
    stem = f"{package.name.replace('-', '_')}-{version}"
    filename = f"{stem}.tar.gz" if file.kind == "sdist" else f"{stem}-py3-none-any.whl"
    digest = hashlib.sha256(filename.encode()).hexdigest()
    return {
        "comment_text": "",
        "core-metadata": False,
        "digests": {"blake2b_256": digest, "md5": digest[:32], "sha256": digest},
        "downloads": -1,
        "filename": filename,
        "has_sig": False,
        "md5_digest": digest[:32],
        "packagetype": file.kind,
        "python_version": "source" if file.kind == "sdist" else "py3",
        "requires_python": file.requires_python or package.requires_python,
        "size": 4661,
        "upload_time": file.uploaded[:19],
        "upload_time_iso_8601": file.uploaded,
        "url": f"https://files.example/packages/{digest[:2]}/{digest[2:4]}/{digest[4:]}/{filename}",
        "yanked": file.yanked,
        "yanked_reason": file.yanked_reason,
    }


def _downloads(world: World, request: Request) -> Answer:
    """Counts of the projects whose names the request says, in its query or in its body, as JSON, SQL or a form."""
    said = [*request.query.values(), request.text, unquote(request.text.replace("+", " "))]
    with contextlib.suppress(ValueError):
        said += _texts(request.json())
    named = set(NAME.findall(" ".join(said)))
    rows = [{"project": name, world.count_column: count} for name, count in world.downloads.items() if name in named]
    return as_json({"data": rows})


def _texts(value: Any) -> Iterator[str]:
    """Every text within a JSON document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)
