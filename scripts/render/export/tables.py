"""The tables of the database. What does not change within version 1 are their names, keys and columns."""

USER_VERSION = 1  # PRAGMA user_version: the version of these tables
TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE kinds (id TEXT PRIMARY KEY, title TEXT NOT NULL, description TEXT NOT NULL);
CREATE TABLE categories (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL REFERENCES kinds (id),
    title TEXT NOT NULL,
    description TEXT NOT NULL
);
CREATE TABLE tags (id TEXT PRIMARY KEY, title TEXT NOT NULL, description TEXT NOT NULL);
CREATE TABLE languages (id TEXT PRIMARY KEY, title TEXT NOT NULL, description TEXT NOT NULL);
CREATE TABLE license_families (id TEXT PRIMARY KEY, title TEXT NOT NULL, description TEXT NOT NULL);
CREATE TABLE activities (id TEXT PRIMARY KEY, title TEXT NOT NULL, description TEXT NOT NULL);

-- Software and publications, to which all else refers. `tags` has the titles of the tags in one text, for the search;
-- entry_tags has them singly.
CREATE TABLE entries (
    slug TEXT PRIMARY KEY,
    kind TEXT NOT NULL REFERENCES kinds (id),
    category TEXT NOT NULL REFERENCES categories (id),
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    tags TEXT NOT NULL,
    url TEXT NOT NULL,
    added TEXT NOT NULL
);
CREATE TABLE software (
    slug TEXT PRIMARY KEY REFERENCES entries (slug),
    activity TEXT NOT NULL REFERENCES activities (id),
    activity_as_of TEXT NOT NULL,
    last_sign TEXT,
    first_sign TEXT,
    status TEXT,
    status_since TEXT,
    status_reason TEXT,
    status_source TEXT,
    package TEXT,
    import TEXT,
    link TEXT NOT NULL,
    repository TEXT,
    docs TEXT,
    homepage TEXT,
    evidence TEXT NOT NULL,
    part_of TEXT REFERENCES entries (slug),
    fork_of TEXT REFERENCES entries (slug),
    succeeded_by TEXT REFERENCES entries (slug),
    works_with_any INTEGER NOT NULL,
    license TEXT,
    license_family TEXT REFERENCES license_families (id),
    license_observed TEXT,
    license_source TEXT
);
CREATE TABLE publications (
    slug TEXT PRIMARY KEY REFERENCES entries (slug),
    link TEXT NOT NULL,
    published TEXT,
    language TEXT REFERENCES languages (id),
    event TEXT,
    level TEXT NOT NULL,
    background INTEGER NOT NULL
);
CREATE TABLE entry_tags (
    entry TEXT NOT NULL REFERENCES entries (slug),
    tag TEXT NOT NULL REFERENCES tags (id),
    PRIMARY KEY (entry, tag)
);
CREATE TABLE works_with (
    software TEXT NOT NULL REFERENCES entries (slug),
    framework TEXT NOT NULL REFERENCES entries (slug),
    PRIMARY KEY (software, framework)
);
CREATE TABLE formerly (
    software TEXT NOT NULL REFERENCES entries (slug),
    name TEXT NOT NULL,
    PRIMARY KEY (software, name)
);
CREATE TABLE authors (
    publication TEXT NOT NULL REFERENCES entries (slug),
    position INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (publication, position)
);
-- What a publication is about, among the entries; its other topics are tags.
CREATE TABLE topics (
    publication TEXT NOT NULL REFERENCES entries (slug),
    entry TEXT NOT NULL REFERENCES entries (slug),
    PRIMARY KEY (publication, entry)
);
CREATE TABLE claims (
    software TEXT NOT NULL REFERENCES entries (slug),
    protocol TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (software, protocol)
);
-- One row for each value that a machine read; lists are JSON. A component's facts are those of its `part_of`.
CREATE TABLE facts (
    software TEXT NOT NULL REFERENCES entries (slug),
    subject TEXT NOT NULL,
    name TEXT NOT NULL,
    value NOT NULL,
    observed TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (software, subject, name)
);
-- What the lab asks, what it asked, and what came out. A subject is one configuration of an entry.
CREATE TABLE probes (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    title TEXT NOT NULL,
    level TEXT NOT NULL,
    how TEXT NOT NULL,
    source TEXT,
    url TEXT,
    claim TEXT,
    PRIMARY KEY (kind, id)
);
CREATE TABLE subjects (
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    entry TEXT NOT NULL REFERENCES entries (slug),
    title TEXT NOT NULL,
    is_default INTEGER NOT NULL,
    version TEXT,
    requirements TEXT NOT NULL,
    options TEXT NOT NULL,
    python TEXT,
    platform TEXT,
    measured TEXT NOT NULL,
    error TEXT,
    PRIMARY KEY (kind, subject)
);
CREATE TABLE measured (
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    probe TEXT NOT NULL,
    result TEXT NOT NULL,
    detail TEXT NOT NULL,
    flaky INTEGER NOT NULL,
    disputed TEXT,
    version TEXT,
    measured TEXT NOT NULL,
    PRIMARY KEY (kind, subject, probe),
    FOREIGN KEY (kind, subject) REFERENCES subjects (kind, subject),
    FOREIGN KEY (kind, probe) REFERENCES probes (kind, id)
);
CREATE TABLE events (
    entry TEXT NOT NULL REFERENCES entries (slug),
    date TEXT NOT NULL,
    event TEXT NOT NULL,
    before TEXT,
    after TEXT
);
CREATE INDEX events_by_date ON events (date);
CREATE INDEX facts_by_name ON facts (subject, name);

-- What people mostly ask for, in one table.
CREATE VIEW overview AS
SELECT
    slug, kind, category, name, description, activity, last_sign, license,
    (SELECT value FROM facts WHERE software = slug AND subject = 'package' AND name = 'version') AS version,
    (SELECT value FROM facts WHERE software = slug AND subject = 'package' AND name = 'last_release') AS last_release,
    (SELECT value FROM facts WHERE software = slug AND subject = 'stars' AND name = 'count') AS stars,
    (SELECT observed FROM facts WHERE software = slug AND subject = 'stars' AND name = 'count') AS stars_observed,
    package, link, url
FROM entries JOIN software USING (slug);

CREATE VIRTUAL TABLE entries_fts USING fts5 (
    name, description, tags, content="entries", tokenize="porter unicode61 remove_diacritics 2"
);
"""
