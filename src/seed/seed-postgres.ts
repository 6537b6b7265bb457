import type { Client } from 'pg';
import { KitError } from '../errors.ts';
import { createArenaPool } from './arena-pool.ts';
import { COPY_LOAD_TABLE, COPY_STYLE, CREATE_LOAD_TABLE, MERGE_LOAD_TABLE } from './copy-format.ts';
import { encodeText } from './encode-text.ts';
import { loadOptional } from './optional-package.ts';
import { assertRunning, createMeter, pumpChunks, type RunControl } from './pump-chunks.ts';
import { referenceTables } from './reference-tables.ts';
import { type RowSelection, type Shard, shardOf } from './row-selection.ts';
import { createRowTexts } from './row-texts.ts';
import { SQL_DIALECTS } from './sql-dialect.ts';
import { insertTable, schemaSql } from './sql-statements.ts';
import { errorReason, postgresError, redactUrl } from './target-error.ts';
import type { TextWriter } from './text-format.ts';

/** What is loaded into PostgreSQL. */
export interface PostgresLoad extends RunControl {
  readonly selection: RowSelection;
  readonly shard: Shard;
  /** Makes every row from the session itself; needed when fixtures lie over the world. */
  readonly exact: boolean;
}

/** What a load came to. */
export interface PostgresOutcome {
  /** Sessions sent. */
  readonly rows: number;
  /** Sessions of the table that are new or differ from before; 0 when the same load was there already. */
  readonly changed: number;
}

/**
 * Loads one shard of a selection, and the small tables, into the database at `url` (`postgres://…`) in one transaction:
 * tables are made where they are missing, rows go by COPY into a temporary table and from there to
 * `sessions` by id. Loading again changes nothing but sessions that have changed. Tables are found and made by the
 * connection's search path (`?options=-csearch_path%3Ddemo`). Throws KitError `ERR_PACKAGE_MISSING`, `ERR_UNREACHABLE`,
 * `ERR_TARGET_REFUSED`, `ERR_OUTPUT` (its disk is full) or `ERR_INTERRUPTED`; each leaves the database as it was.
 */
export async function seedPostgres(url: string, load: PostgresLoad): Promise<PostgresOutcome> {
  const packages = await loadPackages();
  const client = new packages.Client({ connectionString: url, application_name: 'formal-mock' });
  // A connection lost between two statements is met by the next statement.
  client.on('error', () => undefined);
  const target = redactUrl(url);
  try {
    await client.connect();
  } catch (error) {
    throw new KitError('ERR_UNREACHABLE', { target, reason: errorReason(error) }, { cause: error });
  }
  try {
    return await loadInTransaction(client, packages.copyFrom, load);
  } catch (error) {
    throw postgresError(target, error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

type CopyFrom = typeof import('pg-copy-streams').from;

async function loadPackages(): Promise<{ Client: typeof Client; copyFrom: CopyFrom }> {
  const names = { feature: '--to postgres://', packages: 'pg pg-copy-streams' };
  const pg = await loadOptional(() => import('pg'), names);
  const copy = await loadOptional(() => import('pg-copy-streams'), names);
  return { Client: pg.default.Client, copyFrom: copy.from };
}

async function loadInTransaction(
  client: Client,
  copyFrom: CopyFrom,
  load: PostgresLoad,
): Promise<PostgresOutcome> {
  const { postgres } = SQL_DIALECTS;
  await client.query("SET client_encoding = 'UTF8'; SET standard_conforming_strings = on; BEGIN");
  // Two loads at once would both try to make the tables.
  await client.query("SELECT pg_advisory_xact_lock(hashtext('formal-mock seed'))");
  await client.query('SET LOCAL client_min_messages = warning');
  await client.query(schemaSql(postgres));
  if (load.shard.index === 1) {
    for (const table of referenceTables(load.selection.world)) {
      const statement = insertTable(postgres, table);
      if (statement !== '') await client.query(statement);
    }
  }
  await client.query(CREATE_LOAD_TABLE);
  const rows = await copyRows(client.query(copyFrom(COPY_LOAD_TABLE)), load);
  assertRunning(load.signal);
  const merged = await client.query(MERGE_LOAD_TABLE);
  await client.query('COMMIT');
  return { rows, changed: merged.rowCount ?? 0 };
}

async function copyRows(copy: ReturnType<CopyFrom>, load: PostgresLoad): Promise<number> {
  const { selection, shard, exact, signal } = load;
  const part = shardOf(selection, shard);
  const meter = createMeter(part.high - part.low, load);
  const finished = new Promise<void>((resolve, reject) => {
    copy.once('finish', resolve);
    copy.once('error', reject);
  });
  finished.catch(() => undefined);
  try {
    await pumpChunks(
      encodeText(copyWriter(selection, exact), { selection, part, pool: createArenaPool() }),
      async ({ bytes, rows, reached }) => {
        // The stream keeps what it is given, so it gets bytes of its own.
        const write = new Promise<void>((resolve, reject) => {
          copy.write(Buffer.from(bytes), (error) => (error ? reject(error) : resolve()));
        });
        await Promise.race([write, finished]);
        meter.count({ rows, bytes: bytes.length, seen: reached - part.low });
      },
      signal,
    );
  } catch (error) {
    copy.destroy();
    throw error;
  }
  copy.end();
  await finished;
  return meter.rows;
}

function copyWriter(selection: RowSelection, exact: boolean): TextWriter {
  return {
    head: '',
    looksBack: false,
    row: createRowTexts(selection, { exact }).flat(COPY_STYLE),
    between: () => '',
    after: '\n',
    tail: () => '',
  };
}
