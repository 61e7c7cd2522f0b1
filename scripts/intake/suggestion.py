"""From the answers of a form to the new text of one file. Pure: reading and writing is the verb's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from scripts.catalogue.document import Value
from scripts.catalogue.load import Catalogue, Listing
from scripts.catalogue.problems import shown, suggestion
from scripts.facts.models import RepositoryFacts
from scripts.intake.answers import Answers
from scripts.intake.draft import Desk, Draft, Finding, Verdict, free_slug, judge
from scripts.intake.edit import edited
from scripts.intake.fields import choices, split
from scripts.intake.questions import CORRECTION, ENDING, PUBLICATION, kind_of
from scripts.intake.similar import Likeness, Newcomer, likenesses
from scripts.intake.target import Target, normalised, read_target

_VERBS = {CORRECTION: "Correct", ENDING: "Mark as ended:"}
_BRANCHES = {CORRECTION: "correct", ENDING: "ended"}
NOWHERE = PurePosixPath()
GONE = "The catalogue itself has a problem. A maintainer has to look at it first."
UNCHANGED = "The entry says this already. Write what it should say instead."
THERE = "To change what it says, choose the form “Correct an entry”."
CHANGED = "If something has changed since, say what in a comment here: a person reads it."
SOURCELESS = "Name a page that shows it, so that somebody can check the correction."


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``slug``, ``path`` and ``text`` are set where it can be taken up; they are made of checked parts only."""

    form: str
    findings: tuple[Finding, ...] = ()
    slug: str = ""
    path: PurePosixPath = NOWHERE
    text: str = ""
    before: str = ""
    notes: tuple[str, ...] = ()
    verdict: Verdict = field(default_factory=lambda: Verdict(()))

    @property
    def title(self) -> str:
        """Of a commit or pull request: the slug, since a name is anybody's text."""
        return f"{_VERBS.get(self.form, 'Add')} {self.slug}"

    @property
    def branch(self) -> str:
        return f"suggest/{_BRANCHES.get(self.form, 'add')}-{self.slug}"


def suggested(answers: Answers, desk: Desk, read: Callable[[str], str]) -> Suggestion:
    """The suggestion, or the findings that stand in its way. ``read`` gives the text of a file of the repository."""
    if answers.form.id in {CORRECTION, ENDING}:
        return _change(answers, desk, read)
    return _addition(answers, desk)


def _addition(answers: Answers, desk: Desk) -> Suggestion:
    values = {key: _tidy(value) for key, value in answers.values.items()}
    is_publication = answers.form.id == PUBLICATION
    kind = "publication" if is_publication else kind_of(str(values.get("category", "")), desk.vocabularies)
    required = [question for question in answers.form.questions if question.required and question.key not in values]
    if kind is None or required:
        missing = (Finding(question.key, f"There is no answer. {question.help}") for question in required)
        return Suggestion(answers.form.id, (*missing,))
    values |= {"added": desk.today.isoformat()}
    name = str(values["title" if is_publication else "name"])
    _mend(values)
    slug = free_slug(str(values.get("package") or name) if not is_publication else name, kind, desk)
    draft = Draft(kind, slug, values)
    path = draft.path(desk.vocabularies)
    verdict = judge(desk, path, kind, draft.text)
    same: list[Likeness] = []
    if verdict.catalogue is not None:
        same = likenesses(newcomer(draft), desk.catalogue.listings, desk.facts, desk.decisions)
    findings = [*verdict.findings, *(Finding("", f"{one.text} {THERE}") for one in same if one.certain)]
    findings += [Finding("", f"{one.text} {CHANGED}") for one in same if one.declined]
    if findings:
        return Suggestion(answers.form.id, tuple(findings))
    notes = tuple(one.text for one in same)
    return Suggestion(answers.form.id, (), slug, path, draft.text, "", notes, verdict)


def newcomer(draft: Draft, seen: RepositoryFacts | None = None) -> Newcomer:
    """What of a draft, and of what its forge says, is compared with what is there."""
    fields = draft.fields

    def text(key: str) -> str:
        value = fields.get(key, "")
        return value if isinstance(value, str) else ""

    formerly = fields.get("formerly", [])
    return Newcomer(
        text("name") or text("title"),
        draft.slug,
        text("repository"),
        text("package"),
        text("url"),
        tuple(str(name) for name in formerly if "/" in str(name)) if isinstance(formerly, list) else (),
        (seen.parent or "") if seen else "",
        (seen.id or "") if seen else "",
        component=bool(text("part_of")),
    )


def _tidy(value: Value) -> Value:
    """One line for each text, as an input field would have kept it."""
    if isinstance(value, str):
        return " ".join(value.split())
    return [_tidy(item) for item in value] if isinstance(value, list) else value


def _mend(values: dict[str, Value]) -> None:
    """What everybody means who pastes a page of a repository, or a name as a project spells it."""
    repository, package = values.get("repository"), values.get("package")
    given = read_target(repository, "") if isinstance(repository, str) else ""
    if isinstance(given, Target) and given.repository:
        values["repository"] = given.repository
    if isinstance(package, str):
        values["package"] = normalised(package)


def _change(answers: Answers, desk: Desk, read: Callable[[str], str]) -> Suggestion:
    said = answers.values.get("entry", "")
    listing = _entry(str(said), desk.catalogue)
    if listing is None:
        slugs = [one.slug for one in desk.catalogue.listings]
        advice = suggestion(str(said), slugs) if said else "Write its name."
        return Suggestion(answers.form.id, (Finding("entry", f"`{shown(str(said))}` is no entry. {advice}"),))
    changes = _corrections(answers.values) if answers.form.id == CORRECTION else _ending(answers)
    if isinstance(changes, Finding):
        return Suggestion(answers.form.id, (changes,))
    before = after = read(listing.path)
    document = listing.document
    for key, value in changes.items():
        path = PurePosixPath(listing.path)
        meant = _listed(listing, key, _meant(key, listing.kind, value, desk))
        after = edited(after, document, listing.kind, key, meant)
        verdict = judge(desk, path, listing.kind, after)
        here = verdict.catalogue.listings[-1].document if verdict.catalogue else None
        if here is None:
            return Suggestion(answers.form.id, verdict.findings)
        document = here
    if verdict.findings:
        return Suggestion(answers.form.id, verdict.findings)
    if after == before:
        return Suggestion(answers.form.id, (Finding("value", UNCHANGED),))
    return Suggestion(answers.form.id, (), listing.slug, PurePosixPath(listing.path), after, before, (), verdict)


def _entry(said: str, catalogue: Catalogue) -> Listing | None:
    """The entry of a slug, of a path, of the address of a page, or of a name."""
    last = said.strip().rstrip("/").rpartition("/")[2].removesuffix(".yml").casefold()
    by_slug = {listing.slug: listing for listing in catalogue.listings}
    names = {_name(listing).casefold(): listing for listing in catalogue.listings}
    return by_slug.get(last) or names.get(said.strip().casefold())


def _name(listing: Listing) -> str:
    return str(getattr(listing.entry, "name", "") or getattr(listing.entry, "title", ""))


def _corrections(values: Mapping[str, Value]) -> dict[str, Value] | Finding:
    if "field" not in values:
        return Finding("field", "There is no answer. Choose what is wrong.")
    if "source" not in values:
        return Finding("source", SOURCELESS)
    return {str(values["field"]): _tidy(values.get("value", ""))}


def _ending(answers: Answers) -> dict[str, Value] | Finding:
    values = answers.values
    missing = next((q for q in answers.form.questions if q.required and q.key not in values), None)
    if missing:
        return Finding(missing.key, f"There is no answer. {missing.help}")
    status = {key: _tidy(values[key]) for key in ("state", "since", "reason", "source") if key in values}
    successor = {"succeeded_by": _tidy(values["succeeded_by"])} if "succeeded_by" in values else {}
    return {**successor, "status": status}


def _meant(key: str, kind: str, value: Value, desk: Desk) -> Value:
    """Ids for the titles of categories, tags and the like, as pages show them."""
    known = choices(key, kind, desk.vocabularies) if isinstance(value, str) and value else {}
    ids = {title.casefold(): id_ for id_, title in known.items()}
    if not ids or not isinstance(value, str):
        return value
    return ", ".join(ids.get(part.casefold(), part) for part in split(value.rpartition(": ")[2]))


def _listed(listing: Listing, key: str, value: Value) -> Value:
    """A list where the model has one, as people write it: with commas."""
    names = {field.alias or name: name for name, field in type(listing.entry).model_fields.items()}
    is_list = isinstance(getattr(listing.entry, names.get(key, ""), None), tuple)
    if is_list and isinstance(value, str):
        return [*split(value)]
    return value
