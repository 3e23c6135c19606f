/**
 * The tables of the history and how they came to be: one step for each version, told by `user_version`. Deleting an
 * entry takes everything of it along, by triggers, so that no statement elsewhere can forget a part.
 *
 * Entries are narrow, to be listed and filtered; what is read one at a time is in `details`. The indexes for text keep
 * no copy of it (contentless): `words` finds words of URL, headers and bodies, `urls` any part of a URL.
 */
import type { DatabaseSync } from 'node:sqlite'
import { CoreError } from '../lib/core-error.ts'

const STEPS: readonly string[] = [
  `
  CREATE TABLE entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    exchange_id TEXT NOT NULL UNIQUE,
    started_at INTEGER NOT NULL,
    total_ms REAL NOT NULL,
    method TEXT NOT NULL,
    url TEXT NOT NULL,
    host TEXT NOT NULL,
    status INTEGER,
    error TEXT,
    request_bytes INTEGER NOT NULL,
    response_bytes INTEGER NOT NULL,
    node_id TEXT,
    draft_id TEXT,
    session TEXT,
    environment TEXT,
    pinned INTEGER NOT NULL DEFAULT 0,
    removal TEXT,
    removed_at INTEGER
  ) STRICT;
  CREATE INDEX entries_by_start ON entries (started_at);
  CREATE INDEX entries_by_host ON entries (host);
  CREATE INDEX entries_by_node ON entries (node_id) WHERE node_id IS NOT NULL;
  CREATE INDEX entries_by_draft ON entries (draft_id) WHERE draft_id IS NOT NULL;
  CREATE INDEX entries_removed ON entries (removed_at) WHERE removed_at IS NOT NULL;
  CREATE INDEX entries_pinned ON entries (id) WHERE pinned = 1;

  CREATE TABLE details (entry INTEGER PRIMARY KEY, content BLOB NOT NULL) STRICT;

  CREATE TABLE bodies (hash BLOB PRIMARY KEY, bytes INTEGER NOT NULL, refs INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
  CREATE TABLE entry_bodies (entry INTEGER NOT NULL, hash BLOB NOT NULL, PRIMARY KEY (entry, hash)) STRICT, WITHOUT ROWID;

  CREATE VIRTUAL TABLE words USING fts5(
    url, head, request, response, content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 2"
  );
  CREATE VIRTUAL TABLE urls USING fts5(url, content = '', contentless_delete = 1, tokenize = 'trigram');

  CREATE TRIGGER body_gained AFTER INSERT ON entry_bodies BEGIN
    UPDATE bodies SET refs = refs + 1 WHERE hash = NEW.hash;
  END;
  CREATE TRIGGER body_lost AFTER DELETE ON entry_bodies BEGIN
    UPDATE bodies SET refs = refs - 1 WHERE hash = OLD.hash;
    DELETE FROM bodies WHERE hash = OLD.hash AND refs <= 0;
  END;
  CREATE TRIGGER entry_gone AFTER DELETE ON entries BEGIN
    DELETE FROM words WHERE rowid = OLD.id;
    DELETE FROM urls WHERE rowid = OLD.id;
    DELETE FROM details WHERE entry = OLD.id;
    DELETE FROM entry_bodies WHERE entry = OLD.id;
  END;
  `,
]

/**
 * Bring a database to the version that this program knows. Two processes may try at once: the second finds it done.
 *
 * @throws {CoreError} `Unavailable` where a newer Posthaste made it
 */
export function migrate(db: DatabaseSync): void {
  if (versionOf(db) === STEPS.length) return
  db.exec('BEGIN IMMEDIATE')
  try {
    const from = versionOf(db)
    if (from > STEPS.length) {
      throw new CoreError('Unavailable', 'store', 'The history was made by a newer Posthaste, and this one cannot read it.', {
        hint: 'Start the newer one. Requests are sent all the same; they are not recorded.',
      })
    }
    for (const step of STEPS.slice(from)) db.exec(step)
    db.exec(`PRAGMA user_version = ${STEPS.length}`)
    db.exec('COMMIT')
  } catch (error) {
    db.exec('ROLLBACK')
    throw error
  }
}

function versionOf(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0)
}
