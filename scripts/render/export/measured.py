"""What the lab measured, as exported: what has security weight is held back here as on pages."""

from collections.abc import Iterator

from scripts.render import places
from scripts.render.export import models
from scripts.render.site import Site
from scripts.view.lab import Subject
from scripts.view.rows import View


def measured(slug: str, view: View) -> tuple[models.Measurement, ...]:
    """The measurements of an entry, defaults first."""
    return tuple(_measurement(one) for _, several in view.lab.of_entry(slug) for one in several)


def lab_text(view: View, site: Site) -> str:
    """Everything measured, one measurement a line."""
    lab = models.LabFile(
        version=models.VERSION,
        as_of=view.as_of,
        license=models.LICENSE,
        url=site.of(places.LAB_INDEX),
        probes=tuple(_probes(view)),
        measurements=(),
    )
    found = (_measurement(one) for sheet in view.lab.sheets.values() for one in sheet.subjects)
    lines = ",\n".join(one.model_dump_json(by_alias=True) for one in found)
    return f'{lab.model_dump_json(by_alias=True, exclude={"measurements"})[:-1]},"measurements":[\n{lines}\n]}}\n'


def _probes(view: View) -> Iterator[models.Probe]:
    for sheet in view.lab.sheets.values():
        for probe, asked in sheet.probes.items():
            yield models.Probe(
                kind=sheet.kind,
                id=probe,
                title=asked.title,
                level=asked.level,
                how=asked.how,
                source=asked.source or None,
                url=asked.url or None,
                claim=asked.claim,
                sensitive=asked.sensitive,
            )


def _measurement(subject: Subject) -> models.Measurement:
    record = subject.record
    return models.Measurement(
        kind=subject.kind,
        subject=record.subject,
        entry=record.entry,
        title=record.title,
        default=record.default,
        version=record.version or None,
        requirements=record.requirements,
        options=record.options,
        installed=dict(sorted(record.installed.items())),
        python=record.python or None,
        platform=record.platform or None,
        measured=record.measured,
        error=record.error or None,
        results={
            probe: models.Result(
                result=cell.result,
                detail=cell.detail,
                level=cell.level,
                flaky=cell.flaky,
                disputed=cell.dispute.source if cell.dispute else None,
            )
            for probe, cell in sorted(subject.cells.items())
        },
    )
