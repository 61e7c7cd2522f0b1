"""One run of ``new``: from what was found and given to a draft without a problem, or to the reasons why there is none.

Speaks and listens through functions that it is given.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from textwrap import indent

from scripts.catalogue.document import Value
from scripts.catalogue.models import MODELS
from scripts.intake.draft import Desk, Draft, Finding, Verdict, judge
from scripts.intake.fields import SENTENCES, echo, infos
from scripts.intake.gathered import Gathered
from scripts.intake.interview import Interview
from scripts.intake.looks import looks
from scripts.intake.propose import likely, proposals, slug_for
from scripts.intake.questions import kind_of
from scripts.intake.similar import likenesses
from scripts.intake.suggestion import newcomer
from scripts.intake.target import Target
from scripts.render.site import Site

INDENT = "    "
HOMES = {"repository", "package", "formerly", "fork_of"}  # of a component, its parent says them
PART = "If it is a part of what is there, say so with --part-of and --import."
ROUNDS = 20  # of mending; whoever needs more has left the keyboard
MOST_LIKELY = 3


@dataclass(frozen=True, slots=True)
class Options:
    """What the person said beforehand. Empty texts were not said."""

    kind: str
    slug: str
    fields: Mapping[str, Value]
    yes: bool = False
    anyway: bool = False


@dataclass(slots=True)
class Session:
    """``read`` raises EOFError when nobody answers."""

    desk: Desk
    target: Target
    gathered: Gathered
    options: Options
    read: Callable[[str], str]
    say: Callable[[str], None]
    site: Site
    talk: Interview = field(init=False)

    def __post_init__(self) -> None:
        self.talk = Interview(self.read, self.say, self.desk, self.gathered.words, fields=dict(self.options.fields))

    def draft(self) -> Draft | None:
        """The draft that the person wants to have written; None, with the reasons said, if there is none."""
        for note in self.gathered.notes:
            self.say(note)
        self._settle_kind()
        if not self.talk.kind:
            return None
        self._propose()
        if not self._accept_likenesses():
            return None
        if not self.options.yes:
            self._ask_for_what_is_missing()
        elif "category" in self.talk.missing() and (guesses := self._guesses()):
            self.say(f"\nThe category is most likely: {', '.join(guesses)}.")
        return self._mended()

    def _settle_kind(self) -> None:
        """By flag, by the flag of the category, or by asking."""
        category = self.talk.fields.get("category", "")
        known = self.options.kind or (kind_of(category, self.desk.vocabularies) if isinstance(category, str) else None)
        self.talk.kind = known or ""
        if known:
            return
        guesses = likely(self.gathered, self.target, self.desk, None)
        guess = "publication" if self.target.page else guesses[0].kind if guesses else ""
        if self.options.yes:
            hint = f" It is most likely: {guess}." if guess else ""
            self.say(f"The kind is missing. Say it with --kind: {', '.join(MODELS)}.{hint}")
        else:
            self.talk.choose_kind(guess)

    def _propose(self) -> None:
        """Takes over what was found for fields that were not given, and says why."""
        found = proposals(self.target, self.gathered, self.desk, self.talk.kind)
        known = infos(MODELS[self.talk.kind])
        parents = HOMES if "part_of" in self.talk.fields else set()
        taken = [one for one in found if one.key in known and one.key not in {*self.talk.fields, *parents}]
        if taken:
            self.say("\nFound:")
        for one in taken:
            self.talk.fields[one.key] = one.value
            value = ", ".join(map(str, one.value)) if isinstance(one.value, list) else one.value
            self.say(f"  {one.key:<12} {value}  ({one.because})")
        for seen in (self.gathered.package, self.gathered.repository):
            if seen and seen.license:
                self.say(
                    f"  {'license':<12} {seen.license}  ({seen.source}; machines know it, the entry leaves it out)"
                )
                break
        if self.gathered.repository and self.gathered.repository.archived and "status" not in self.talk.fields:
            self.say("The forge says that the repository is archived: the entry should say so with `status`.")

    def _accept_likenesses(self) -> bool:
        """Whether there is no reason to stop: the same entry, or something declined that nobody insists on."""
        former = tuple(name for name in (self.gathered.moved_from,) if name)
        draft = Draft(self.talk.kind, "", {**self.talk.fields, "formerly": [*self._former(), *former]})
        desk, seen = self.desk, self.gathered.repository
        found = likenesses(newcomer(draft, seen), desk.catalogue.listings, desk.facts, desk.decisions)
        if found:
            self.say("\nHave a look, it may be there already:")
        for one in found:
            self.say(f"  {one.text}")
        if any(one.certain for one in found):
            self.say(PART)
            return False
        declined = any(one.declined for one in found)
        if not declined or self.options.anyway:
            return True
        if self.options.yes:
            self.say("If something has changed since, say so with --anyway.")
            return False
        return self.talk.confirm("Has something changed since, so that it should be proposed again?")

    def _former(self) -> list[str]:
        value = self.talk.fields.get("formerly", [])
        return [str(name) for name in value] if isinstance(value, list) else []

    def _ask_for_what_is_missing(self) -> None:
        for key in self.talk.missing():
            self.talk.ask(key, self._guesses() if key == "category" else ())

    def _guesses(self) -> tuple[str, ...]:
        found = likely(self.gathered, self.target, self.desk, self.talk.kind)
        return tuple(guess.category for guess in found[:MOST_LIKELY])

    def _slug(self) -> str:
        fields = self.talk.fields
        package = "" if self.talk.kind == "publication" or "part_of" in fields else str(fields.get("package", ""))
        return self.options.slug or slug_for(
            str(fields.get("name") or fields.get("title") or ""), package, self.talk.kind, self.desk
        )

    def _mended(self) -> Draft | None:
        """Shows and mends until nothing is wrong and the person agrees."""
        for round_ in range(ROUNDS):
            draft = Draft(self.talk.kind, self._slug(), dict(self.talk.fields))
            verdict = self._judged(draft)
            if verdict.findings:
                self.say("\nThis stands in the way:")
                for finding in verdict.findings:
                    self.say(f"  {finding.text}")
                if self.options.yes or not self._mend(verdict.findings):
                    return None
                continue
            self._show(draft, verdict, whole=round_ == 0)
            if self.options.yes:
                return draft
            answer = self.read("\nWrite it? [Y]es, [n]o, or the name of a field to change: ").strip().casefold()
            if answer in {"", "y", "yes"}:
                return draft
            if answer in {"n", "no"}:
                return None
            if answer in infos(MODELS[self.talk.kind]):
                self.talk.ask(answer)
            else:
                self.say(f"These can be changed: {', '.join(infos(MODELS[self.talk.kind]))}.")
        return None

    def _judged(self, draft: Draft) -> Verdict:
        facts = self.gathered.added_to(self.desk.facts)
        desk = Desk(self.desk.catalogue, self.desk.vocabularies, facts, self.desk.decisions, self.desk.today)
        verdict = judge(desk, draft.path(self.desk.vocabularies), draft.kind, draft.text)
        own = [
            Finding(key, f"`{key}` {echoed}.")
            for key in SENTENCES
            if isinstance(said := draft.fields.get(key), str) and (echoed := echo(said, self.gathered.words))
        ]
        taken = next((one for one in self.desk.catalogue.listings if one.slug == draft.slug), None)
        if taken:
            own.append(Finding("", f"`{draft.slug}` is the name of {taken.path} already. Choose another with --slug."))
        told = {finding.field for finding in verdict.findings}
        more = tuple(finding for finding in own if not finding.field or finding.field not in told)
        return Verdict((*verdict.findings, *more), verdict.catalogue, verdict.sound)

    def _mend(self, findings: tuple[Finding, ...]) -> bool:
        """Asks again for the fields that are wrong. Whether there was one that can be asked for."""
        known = infos(MODELS[self.talk.kind])
        fields = [field for field in dict.fromkeys(finding.field for finding in findings) if field in known]
        for key in fields or self.talk.missing():
            self.talk.ask(key)
        return bool(fields)

    def _show(self, draft: Draft, verdict: Verdict, *, whole: bool) -> None:
        self.say(f"\nThe file {draft.path(self.desk.vocabularies)}:\n\n{indent(draft.text, INDENT)}")
        shown = looks(verdict, self.gathered.added_to(self.desk.facts), draft.slug, self.site)
        if shown is None:
            self.say("Other entries have problems, so that no page can be shown: `make check` names them.")
            return
        self.say(f"Its line in the README:\n\n{INDENT}{shown.line}")
        if whole:
            self.say(f"\nIts page:\n\n{indent(shown.page, INDENT)}")
