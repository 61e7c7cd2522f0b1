"""The table of fields in CONTRIBUTING.md, from the models."""

from pydantic.fields import FieldInfo

from scripts.catalogue.models import Entry, Publication, Software, Status
from scripts.render.markdown import escape, table

REGION = "fields"


def fields_region() -> str:
    """One table for software, one for its status, one for publications."""
    return "\n".join(
        f"### {title}\n\n{table(('Key', 'Needed', 'Meaning', 'Example'), [*map(_cells, _fields(model))])}"
        for title, model in (("Software", Software), ("`status`", Status), ("Publications", Publication))
    )


def _fields(model: type[Entry] | type[Status]) -> list[tuple[str, FieldInfo]]:
    return [(field.alias or name, field) for name, field in model.model_fields.items()]


def _cells(named: tuple[str, FieldInfo]) -> tuple[str, str, str, str]:
    name, field = named
    example = field.examples[0] if field.examples else ""
    shown = f"[{', '.join(map(str, example))}]" if isinstance(example, list) else str(example)
    description = "`".join(
        part if index % 2 else escape(part) for index, part in enumerate((field.description or "").split("`"))
    )
    return f"`{name}`", "yes" if field.is_required() else "", description, f"`{shown}`" if shown else ""
