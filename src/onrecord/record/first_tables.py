"""The tables, indexes and views of the first step, as `migrations` makes them; later steps have changed some.

In: nothing. Out: SQL. It keeps to what PostgreSQL has too (BLOB is its BYTEA, INTEGER PRIMARY KEY its identity,
WITHOUT ROWID is left out there). Never edited: a record that was made by it must be known by it.
"""

from __future__ import annotations

TABLES = (
    """
    CREATE TABLE migrations (
      number INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      applied_at TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE originals (          -- the bytes that were read, once for each content
      sha256 TEXT PRIMARY KEY,
      size_bytes INTEGER NOT NULL,    -- before packing
      packed BLOB NOT NULL            -- zlib
    )
    """,
    """
    CREATE TABLE pages (              -- one version of one page: (id, sha256)
      page INTEGER PRIMARY KEY,
      id TEXT NOT NULL,               -- what the input calls it
      sha256 TEXT NOT NULL REFERENCES originals (sha256),
      is_current INTEGER NOT NULL,    -- 1 for the version of this id that was added last
      copy_group INTEGER,             -- pages with the same number are copies of one article
      media_type TEXT NOT NULL,
      path TEXT,
      url TEXT,                       -- it was fetched from; articles.url is what it says of itself
      fetched_at TEXT,
      declared_encoding TEXT,
      given TEXT,                     -- JSON: what a corpus line states about its text
      added_at TEXT NOT NULL,
      UNIQUE (id, sha256)
    )
    """,
    "CREATE UNIQUE INDEX pages_current ON pages (id) WHERE is_current = 1",
    "CREATE INDEX pages_sha256 ON pages (sha256)",
    "CREATE INDEX pages_copy_group ON pages (copy_group) WHERE copy_group IS NOT NULL",
    """
    CREATE TABLE articles (           -- what the page says of itself, in the reading on record
      page INTEGER PRIMARY KEY REFERENCES pages (page) ON DELETE CASCADE,
      title TEXT,
      publisher TEXT,
      credited_to TEXT,
      authors TEXT NOT NULL,          -- JSON list
      language TEXT,
      read_language INTEGER NOT NULL, -- 0: no statements are read in this language yet
      url TEXT,
      published TEXT,                 -- ISO 8601, as precise as it is known
      published_day TEXT,             -- its first possible day
      n_statements INTEGER NOT NULL,  -- less those a user withdrew
      copy_published TEXT,            -- JSON: when a dated copy says that it was published
      details TEXT NOT NULL,          -- JSON: titles, evidence of published and modified
      reader_version TEXT NOT NULL,
      reader_weights TEXT NOT NULL,   -- JSON: room -> sha256
      read_at TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE texts (              -- apart from articles, so that these are read fast
      page INTEGER PRIMARY KEY REFERENCES pages (page) ON DELETE CASCADE,
      text TEXT NOT NULL,
      encoding TEXT NOT NULL,
      encoding_from TEXT NOT NULL,
      zones TEXT NOT NULL,            -- JSON: [kind, start, end, score], ...
      runs BLOB NOT NULL              -- zlib of JSON; rows.pack_runs says how
    )
    """,
    """
    CREATE TABLE paragraphs (         -- of current pages; their words stand in paragraph_words
      paragraph INTEGER PRIMARY KEY,
      page INTEGER NOT NULL REFERENCES pages (page) ON DELETE CASCADE,
      zone TEXT,                      -- innermost zone at its start
      text_start INTEGER NOT NULL,
      text_end INTEGER NOT NULL
    )
    """,
    "CREATE INDEX paragraphs_page ON paragraphs (page)",
    """
    CREATE TABLE decisions (          -- what a user decided; hangs on bytes and names, not on readings
      decision INTEGER PRIMARY KEY,
      kind TEXT NOT NULL,             -- merge, split, not_a_statement, speaker
      made_at TEXT NOT NULL,
      note TEXT,
      sha256 TEXT,                    -- of the original; it may have left the record
      byte_start INTEGER,
      byte_end INTEGER,
      statement_id TEXT,              -- the statement's id when it was decided
      name TEXT,                      -- merge, split: the name that is merged or split
      name_kind TEXT,
      into_names TEXT,                -- JSON list: the name or names it goes to
      into_kind TEXT,
      quotation TEXT,                 -- the words it was about, for a person
      unplaced TEXT,                  -- why the last reading has no place for it; NULL: it has one
      undone_at TEXT
    )
    """,
    "CREATE INDEX decisions_sha256 ON decisions (sha256)",
    """
    CREATE TABLE statements (
      statement INTEGER PRIMARY KEY,
      page INTEGER NOT NULL REFERENCES pages (page) ON DELETE CASCADE,
      position INTEGER NOT NULL,      -- in its reading, from 0
      id TEXT NOT NULL,               -- 16 hex digits, the same in every reading of the same bytes
      parent TEXT,                    -- id of the statement it is nested in
      kind TEXT NOT NULL,             -- direct, mixed, indirect
      zone TEXT,                      -- innermost zone at the start of its content
      source TEXT NOT NULL,           -- the words that name the speaker; '' if none do
      cue TEXT NOT NULL,
      content TEXT NOT NULL,          -- its pieces as they stand in the text, a space between two
      text_start INTEGER NOT NULL,    -- from the first piece of the content to the last
      text_end INTEGER NOT NULL,
      byte_start INTEGER,
      byte_end INTEGER,
      spans TEXT NOT NULL,            -- JSON: [content, cue, source] and what `rows` adds
      score REAL NOT NULL,
      speaker TEXT NOT NULL,          -- JSON, as read; `rows` says in which form, as for the next three
      addressee TEXT,
      occasion TEXT,
      said TEXT,
      said_on TEXT,                   -- as it holds now: of a dated copy too
      said_until TEXT,
      day TEXT,                       -- said_on, else the article's day: for order and filters
      last_day TEXT,                  -- of a range or a month; NULL: day
      withdrawn_by INTEGER REFERENCES decisions (decision) ON DELETE SET NULL, -- "not a statement"
      opened_by INTEGER REFERENCES decisions (decision) ON DELETE SET NULL,  -- "speaker not known"
      is_current INTEGER NOT NULL,    -- 1: its page is current and it is not withdrawn
      UNIQUE (page, position)
    )
    """,
    "CREATE INDEX statements_id ON statements (id)",
    "CREATE INDEX statements_day ON statements (day, statement) WHERE is_current = 1",
    "CREATE INDEX statements_past ON statements (statement) WHERE is_current = 0",
    """
    CREATE TABLE settings (           -- day and occasion of a statement as a dated copy gives them
      statement INTEGER PRIMARY KEY REFERENCES statements (statement) ON DELETE CASCADE,
      occasion TEXT,                  -- JSON
      said TEXT                       -- JSON
    )
    """,
    """
    CREATE TABLE speakers (           -- one name; `canonical` is the speaker that it names
      speaker INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      kind TEXT NOT NULL,
      key TEXT NOT NULL,              -- the name's words, folded
      scope TEXT NOT NULL,            -- '' or the hash's start of the one content whose "a spokesman" it is
      authority TEXT NOT NULL,        -- an authority's identifier, or ''
      core TEXT NOT NULL,             -- a person's first and last name if only initials stand between, or ''
      canonical INTEGER NOT NULL,     -- its own number, or the speaker it was merged into
      UNIQUE (key, kind, scope, authority)
    )
    """,
    "CREATE INDEX speakers_canonical ON speakers (canonical)",
    "CREATE INDEX speakers_core ON speakers (core) WHERE core <> ''",
    "CREATE INDEX speakers_authority ON speakers (authority) WHERE authority <> ''",
    """
    CREATE TABLE statement_speakers ( -- joint speakers have several rows; unresolved ones none
      statement INTEGER NOT NULL REFERENCES statements (statement) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      speaker INTEGER NOT NULL REFERENCES speakers (speaker),
      decision INTEGER REFERENCES decisions (decision) ON DELETE SET NULL,  -- the user said so
      PRIMARY KEY (statement, position)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX statement_speakers_speaker ON statement_speakers (speaker, statement)",
    """
    CREATE TABLE sketches (
      page INTEGER PRIMARY KEY REFERENCES pages (page) ON DELETE CASCADE,
      n_words INTEGER NOT NULL,
      minhash BLOB NOT NULL,          -- 32-bit values, little end first
      bands TEXT NOT NULL             -- JSON list
    )
    """,
    """
    CREATE TABLE bands (              -- of current pages; sketches.bands says which to take out
      band INTEGER NOT NULL,          -- 64 bits of the key's sha256
      page INTEGER NOT NULL,
      PRIMARY KEY (band, page)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE copy_links (
      a INTEGER NOT NULL REFERENCES pages (page) ON DELETE CASCADE,
      b INTEGER NOT NULL REFERENCES pages (page) ON DELETE CASCADE,
      kind TEXT NOT NULL,             -- exact, edited, shortened, updated
      overlap REAL NOT NULL,
      PRIMARY KEY (a, b)
    )
    """,
    "CREATE INDEX copy_links_b ON copy_links (b)",
    """
    CREATE TABLE utterances (
      utterance INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,        -- 16 hex digits, made from its members' ids
      speaker INTEGER REFERENCES speakers (speaker),
      said_on TEXT,
      said_until TEXT,
      n_reports INTEGER NOT NULL,
      n_independent INTEGER NOT NULL  -- copies collapsed
    )
    """,
    "CREATE INDEX utterances_speaker ON utterances (speaker)",
    """
    CREATE TABLE reports (            -- a statement reports at most one utterance
      statement INTEGER PRIMARY KEY REFERENCES statements (statement) ON DELETE CASCADE,
      utterance INTEGER NOT NULL REFERENCES utterances (utterance) ON DELETE CASCADE,
      position INTEGER NOT NULL,      -- in order of time, from 0
      variant TEXT NOT NULL           -- how its words differ from the utterance's first report
    )
    """,
    "CREATE INDEX reports_utterance ON reports (utterance, position)",
    """
    CREATE TABLE ungrouped (          -- statements that wait to be grouped into utterances
      statement INTEGER PRIMARY KEY REFERENCES statements (statement) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE rejections (         -- pages that were turned away
      rejection INTEGER PRIMARY KEY,
      id TEXT NOT NULL,
      path TEXT,
      room TEXT NOT NULL,
      reason TEXT NOT NULL,
      rejected_at TEXT NOT NULL,      -- the last time
      UNIQUE (id, room, reason)
    )
    """,
    """
    CREATE TABLE removals (           -- pages that were taken out, and why
      removal INTEGER PRIMARY KEY,
      id TEXT NOT NULL,
      sha256 TEXT NOT NULL,
      title TEXT,
      n_statements INTEGER NOT NULL,
      original_removed INTEGER NOT NULL,  -- 0: another page shares it
      why TEXT NOT NULL,
      removed_at TEXT NOT NULL
    )
    """,
)

VIEWS = (
    """
    CREATE VIEW articles_view AS
    SELECT
      p.id, a.title, a.publisher, a.published, a.authors, a.credited_to, a.language, a.n_statements,
      p.copy_group, p.is_current, coalesce(a.url, p.url) AS url, p.path, p.sha256, o.size_bytes,
      p.added_at, a.reader_version, t.text
    FROM pages p
    JOIN articles a ON a.page = p.page
    JOIN texts t ON t.page = p.page
    JOIN originals o ON o.sha256 = p.sha256
    """,
    """
    CREATE VIEW statements_view AS
    SELECT
      (SELECT group_concat(c.name, ' and ')
         FROM statement_speakers ss
         JOIN speakers n ON n.speaker = ss.speaker
         JOIN speakers c ON c.speaker = n.canonical
        WHERE ss.statement = s.statement) AS speaker,
      s.source, s.cue, s.content AS quotation, s.kind, s.said_on, s.said_until,
      a.publisher, a.published, a.title, p.id AS page_id, s.id AS statement_id, s.parent, s.zone,
      s.score, u.id AS utterance_id, s.text_start, s.text_end, s.byte_start, s.byte_end, p.sha256
    FROM statements s
    JOIN pages p ON p.page = s.page
    JOIN articles a ON a.page = s.page
    LEFT JOIN reports r ON r.statement = s.statement
    LEFT JOIN utterances u ON u.utterance = r.utterance
    WHERE s.is_current = 1
    """,
    """
    CREATE VIEW speakers_view AS
    SELECT
      c.name, c.kind, c.authority, count(DISTINCT s.statement) AS n_statements,
      count(DISTINCT s.page) AS n_articles, min(s.day) AS first_day, max(s.day) AS last_day
    FROM speakers c
    JOIN speakers n ON n.canonical = c.speaker
    JOIN statement_speakers ss ON ss.speaker = n.speaker
    JOIN statements s ON s.statement = ss.statement AND s.is_current = 1
    GROUP BY c.speaker, c.name, c.kind, c.authority
    """,
    """
    CREATE VIEW copies_view AS
    SELECT
      l.kind, l.overlap, pa.id AS a_id, aa.publisher AS a_publisher, aa.published AS a_published,
      aa.title AS a_title, pb.id AS b_id, ab.publisher AS b_publisher, ab.published AS b_published,
      ab.title AS b_title
    FROM copy_links l
    JOIN pages pa ON pa.page = l.a
    JOIN articles aa ON aa.page = l.a
    JOIN pages pb ON pb.page = l.b
    JOIN articles ab ON ab.page = l.b
    """,
    """
    CREATE VIEW utterances_view AS
    SELECT
      u.id AS utterance_id, sp.name AS speaker, u.said_on, u.n_reports, u.n_independent,
      r.position, r.variant, s.content AS quotation, a.publisher, a.published, p.id AS page_id,
      s.id AS statement_id
    FROM utterances u
    JOIN reports r ON r.utterance = u.utterance
    JOIN statements s ON s.statement = r.statement
    JOIN pages p ON p.page = s.page
    JOIN articles a ON a.page = s.page
    LEFT JOIN speakers sp ON sp.speaker = u.speaker
    """,
)
