"""The conversation of ``new``: asks what is missing or uncertain, and says why it cannot take an answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from scripts.catalogue.document import Value
from scripts.catalogue.models import MODELS
from scripts.catalogue.problems import shown, suggestion
from scripts.intake.draft import Desk
from scripts.intake.fields import choices, fault, infos, is_list, nested, split
from scripts.intake.words import Words
from scripts.intake.write import keys

# What is asked for though no model requires it: most entries should say it.
WORTH_ASKING = {
    "middleware": ("works_with",),
    "library": ("works_with",),
    "publication": ("authors", "published", "language"),
}
MOST_SHOWN = 12
OPTIONAL = "Enter leaves it out"


@dataclass(slots=True)
class Interview:
    """``read`` shows a prompt and returns a line, or raises EOFError. ``fields`` fills up."""

    read: Callable[[str], str]
    say: Callable[[str], None]
    desk: Desk
    words: Sequence[Words]
    kind: str = ""
    fields: dict[str, Value] = field(default_factory=dict)

    def choose_kind(self, likely: str) -> None:
        """Asks which kind it is."""
        kinds = self.desk.vocabularies.kinds
        self.say("\nWhat is it?")
        for id_, kind in kinds.items():
            self.say(f"  {id_:<12} {kind.description}")
        while self.kind not in kinds:
            said = self.read(f"Kind{f' [{likely}]' if likely else ''}: ").strip().casefold() or likely
            known = {**{kind.folder: id_ for id_, kind in kinds.items()}, **{id_: id_ for id_ in kinds}}
            self.kind = known.get(said, "")
            if not self.kind:
                self.say(f"`{shown(said)}` is no kind. {suggestion(said, kinds)}")

    def missing(self) -> list[str]:
        """The keys to ask for, in the order of the file."""
        model = infos(MODELS[self.kind])
        wanted = {key for key, info in model.items() if info.is_required()} | {*WORTH_ASKING.get(self.kind, ())}
        if self.kind != "publication" and "part_of" not in self.fields:
            wanted.add("repository")
        return [key for key in keys(self.kind) if key in wanted and key not in self.fields]

    def ask(self, key: str, likely: Sequence[str] = ()) -> None:
        """Asks for one field until the answer can be taken. An optional one may be left out."""
        info = infos(MODELS[self.kind])[key]
        if nested(info):
            self._ask_inside(key)
            return
        required = info.is_required() or key == "repository"
        self.say(f"\n{info.description}")
        if key in {"description", "summary"}:
            self._quote()
        self._offer(key, likely)
        default = likely[0] if likely else ""
        hint = default or ("" if required else OPTIONAL)
        while True:
            said = self.read(f"{key}{f' [{hint}]' if hint else ''}: ").strip() or default
            if not said and not required:
                self.fields.pop(key, None)
                return
            if not said:
                self.say("This one is needed.")
                continue
            value: Value = [*split(said)] if is_list(info) else said
            if wrong := fault(key, self.kind, value, self.desk.vocabularies, self.words):
                self.say(wrong)
                continue
            self.fields[key] = value
            return

    def confirm(self, question: str) -> bool:
        """A question whose answer is no unless it is yes."""
        return self.read(f"{question} [y/N] ").strip().casefold() in {"y", "yes"}

    def _ask_inside(self, key: str) -> None:
        """Each part of a mapping; Enter leaves a part out."""
        model = nested(infos(MODELS[self.kind])[key])
        found: dict[str, Value] = {}
        for name, info in infos(model).items() if model else ():
            self.say(f"\n{info.description}")
            if said := self.read(f"{key} {name}: ").strip():
                found[name] = [*split(said)] if is_list(info) else said
        if not found:
            self.fields.pop(key, None)
        elif wrong := fault(key, self.kind, found, self.desk.vocabularies, self.words):
            self.say(wrong)
        else:
            self.fields[key] = found

    def _quote(self) -> None:
        """The project's own words, as help and not as a proposal."""
        for words in self.words:
            if words.summary:
                self.say(f"  It says of itself ({words.source}): {words.summary}")
        if self.words:
            self.say("  Write a sentence of your own; theirs is not taken.")

    def _offer(self, key: str, likely: Sequence[str]) -> None:
        """The choices, the likely ones first; of very many, their ids only."""
        known = choices(key, self.kind, self.desk.vocabularies)
        first = [*(id_ for id_ in likely if id_ in known), *(id_ for id_ in known if id_ not in likely)]
        if len(known) > MOST_SHOWN:
            self.say(f"  {', '.join(first)}")
            return
        for id_ in first:
            self.say(f"  {id_:<26} {known[id_] if known[id_] != id_ else ''}".rstrip())
