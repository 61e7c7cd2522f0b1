"""The pipeline of Awesome ASGI, from YAML files to a README and a site.

    data/**.yml ── catalogue.load ── catalogue.rules ──┬── view ── render ── render.files ── MkDocs
    data/facts/*.json ── facts.store ──────────────────┘

    servers, frameworks … ─── lab ────┤
    forges, package index ── enrich ──┤
    every link of an entry ── links ──┘
    topics, other lists ── discover ── data/facts/candidates.json

Verbs run and are imported by nobody: ``check``, ``build``, ``enrich``, ``links``, ``new``, ``suggest``, ``preview``,
``report``, ``discover``, ``subject``; and ``needs``, before anything is installed.

Stages are folders, and each may import only what stands to its left, verbs excepted:

- ``catalogue``: what an entry is. Models, vocabularies, loading with line numbers, rules.
- ``facts``: what machines observed about repositories and packages: asking, judging the answers, keeping them.
- ``view``: what follows from entries and facts on a given date: activity, groups, order.
- ``render``: text. README, pages, tables; and the one function that makes the disk match.
- ``intake``: what people propose: from an address or a filled-in form to the text of one entry.
- ``lab``: what ASGI software does, measured; a world of its own, whose results are facts. ``lab.__main__`` is a verb.
- ``command``: what verbs share: which repository, which of its entries. Imports the catalogue only.

The clock, the environment, ``print`` and ``exit`` appear in verbs only. ``tests/test_architecture.py`` holds this.
"""
