import type { Client } from 'pg';
import type { World } from '../world/world.ts';
import { CREATE_LOAD_TABLE, MERGE_LOAD_TABLE } from './copy-format.ts';
import { type CopyFrom, copyRows } from './copy-rows.ts';
import { invalidOption } from './invalid-option.ts';
import { loadOptional } from './optional-package.ts';
import { assertTables } from './postgres-tables.ts';
import { assertRunning, type RunControl } from './pump-chunks.ts';
import { referenceTables } from './reference-tables.ts';
import { refreshOpenRows } from './refresh-open-rows.ts';
import type { RowSelection, Shard } from './row-selection.ts';
import { SQL_DIALECTS } from './sql-dialect.ts';
import { insertTable, schemaSql } from './sql-statements.ts';
import { errorReason, postgresError, redactUrl } from './target-error.ts';

/** What is loaded into PostgreSQL. */
export interface PostgresLoad extends RunControl {
  readonly selection: RowSelection;
  readonly shard: Shard;
  /** Makes every row from the session itself; needed when fixtures lie over the world. */
  readonly exact: boolean;
  /**
   * The same world with a lower edge at or before an instant (ms since 1970), for sessions that were open when an earlier
   * load left them; default is the selection's world.
   */
  readonly reachBack?: (from: number) => Promise<World>;
}

/** What a load came to. */
export interface PostgresOutcome {
  /** Sessions sent. */
  readonly rows: number;
  /** Sessions of the table that are new or differ from before, in the selection or not; 0 when nothing was new. */
  readonly changed: number;
}

/**
 * Loads one shard of a selection, and the small tables, into the database at `url` (`postgres://…`) in one transaction:
 * tables are made where they are missing, rows go by COPY into a temporary table and from there to
 * `sessions` by id. Loading again changes nothing but sessions that have changed; the first shard also looks after those
 * that are open in the table and not in the selection. Tables are found and made by the connection's search path
 * (`?options=-csearch_path%3Ddemo`). Throws KitError `ERR_OPTION_INVALID`, `ERR_PACKAGE_MISSING`, `ERR_UNREACHABLE`,
 * `ERR_TARGET_REFUSED`, `ERR_OUTPUT` (its disk is full) or `ERR_INTERRUPTED`; each leaves the database as it was.
 */
export async function seedPostgres(url: string, load: PostgresLoad): Promise<PostgresOutcome> {
  const packages = await loadPackages();
  const client = createClient(packages.Client, url);
  const target = redactUrl(url);
  // A connection lost between two statements is met by the next statement.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await loadInTransaction(client, packages.copyFrom, { ...load, target });
  } catch (error) {
    throw postgresError(target, error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function createClient(ClientClass: typeof Client, url: string): Client {
  try {
    return new ClientClass({ connectionString: url, application_name: 'formal-mock' });
  } catch (error) {
    throw invalidOption('--to', 'postgres://[USER[:PASSWORD]@]HOST[:PORT]/DATABASE', errorReason(error));
  }
}

async function loadPackages(): Promise<{ Client: typeof Client; copyFrom: CopyFrom }> {
  const names = { feature: '--to postgres://', packages: 'pg pg-copy-streams' };
  const pg = await loadOptional(() => import('pg'), names);
  const copy = await loadOptional(() => import('pg-copy-streams'), names);
  return { Client: pg.default.Client, copyFrom: copy.from };
}

async function loadInTransaction(
  client: Client,
  copyFrom: CopyFrom,
  load: PostgresLoad & { readonly target: string },
): Promise<PostgresOutcome> {
  const { postgres } = SQL_DIALECTS;
  await client.query("SET client_encoding = 'UTF8'; SET standard_conforming_strings = on; BEGIN");
  // Two loads at once would both try to make the tables.
  await client.query("SELECT pg_advisory_xact_lock(hashtext('formal-mock seed'))");
  await client.query('SET LOCAL client_min_messages = warning');
  await client.query(schemaSql(postgres));
  await assertTables(client, load.target);
  if (load.shard.index === 1) {
    for (const table of referenceTables(load.selection.world)) {
      const statement = insertTable(postgres, table);
      if (statement !== '') await client.query(statement);
    }
  }
  await client.query(CREATE_LOAD_TABLE);
  const rows = await copyRows(client, copyFrom, load);
  assertRunning(load.signal);
  const merged = await client.query(MERGE_LOAD_TABLE);
  const refreshed = load.shard.index === 1 ? await refreshOpenRows(client, copyFrom, load) : 0;
  await client.query('COMMIT');
  return { rows, changed: (merged.rowCount ?? 0) + refreshed };
}
