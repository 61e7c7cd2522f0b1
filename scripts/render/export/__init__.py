"""The catalogue for programs: JSON, CSV, SQLite, feeds, badges, and what describes them.

    view ── entries ── models ──┬── documents (catalogue.json, one file an entry, schemas) ── openapi
                                ├── spreadsheet (CSV), database (SQLite)
                                └── feeds, badges, texts (llms.txt, opensearch.xml)

``models`` defines the shape once; everything else is made of them. ``exports`` names every file.
"""
