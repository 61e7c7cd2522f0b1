"""The table of fields in CONTRIBUTING.md, from the models."""

from pydantic.fields import FieldInfo

from scripts.catalogue.models import Claims, Entry, Publication, Software, Status
from scripts.render.markdown import escape, table

REGION = "fields"
SECTIONS: tuple[tuple[str, type[Entry] | type[Status] | type[Claims]], ...] = (
    ("Software", Software),
    ("`status`", Status),
    ("`claims`, of servers and frameworks", Claims),
    ("Publications", Publication),
)


def fields_region() -> str:
    """A table for software, those for its parts, and one for publications."""
    return "\n".join(
        f"### {title}\n\n{table(('Key', 'Needed', 'Meaning', 'Example'), [*map(_cells, _fields(model))])}"
        for title, model in SECTIONS
    )


def _fields(model: type[Entry] | type[Status] | type[Claims]) -> list[tuple[str, FieldInfo]]:
    return [(field.alias or name, field) for name, field in model.model_fields.items()]


def _cells(named: tuple[str, FieldInfo]) -> tuple[str, str, str, str]:
    name, field = named
    example = field.examples[0] if field.examples else ""
    shown = f"[{', '.join(map(str, example))}]" if isinstance(example, list) else str(example)
    description = "`".join(
        part if index % 2 else escape(part) for index, part in enumerate((field.description or "").split("`"))
    )
    return f"`{name}`", "yes" if field.is_required() else "", description, f"`{shown}`" if shown else ""
