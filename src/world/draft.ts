import type { BucketPlanner } from './bucket-plan.ts';
import type { Cast } from './cast.ts';
import { hashText, mix } from './hash.ts';
import type { IncidentCalendar } from './incident-calendar.ts';
import type { ScenarioShares } from './scenario.ts';
import type { SessionIds } from './session-id.ts';
import type { CronJob, Stream } from './streams.ts';

/** What a world's chunks are made from. */
export interface Recipe {
  readonly worldKey: number;
  readonly bucketMs: number;
  readonly planner: BucketPlanner;
  readonly streams: readonly Stream[];
  readonly crons: readonly CronJob[];
  readonly incidents: IncidentCalendar;
  readonly cast: Cast;
  readonly ids: SessionIds;
  readonly shares: ScenarioShares;
  /** Users above this number are natives: nobody stands behind them. */
  readonly lastFormalUser: number;
}

/** Columns of rows in order of emission; only the first rows of a draft mean anything. */
export interface DraftColumns {
  readonly offset: Uint32Array;
  readonly duration: Float64Array;
  readonly user: Uint16Array;
  readonly endUser: Uint16Array;
  readonly resource: Uint16Array;
  /** Emission numbers in world order, and working space to find it. */
  readonly order: Uint32Array;
  readonly ends: Uint32Array;
}

/** The rows of one bucket in order of emission. */
export interface Draft extends DraftColumns {
  readonly bucket: number;
  readonly rows: number;
  readonly rowsKey: number;
  readonly from: number;
  readonly spanMs: number;
  readonly lastFormalUser: number;
  /** Emission numbers of children, each followed by its parent's. */
  readonly families: number[];
  /** Client addresses by emission number, where they do not follow from the user. */
  readonly clients: Map<number, number>;
}

type RowField =
  | 'start'
  | 'cluster'
  | 'actor'
  | 'propagated'
  | 'endUser'
  | 'resource'
  | 'duration'
  | 'forgotten'
  | 'quiet'
  | 'family'
  | 'connector'
  | 'sidecar'
  | 'client';

/** The fields a row's draws are made for. */
export const ROW_FIELDS: Readonly<Record<RowField, number>> = {
  start: hashText('start'),
  cluster: hashText('cluster'),
  actor: hashText('actor'),
  propagated: hashText('propagated'),
  endUser: hashText('end user'),
  resource: hashText('resource'),
  duration: hashText('duration'),
  forgotten: hashText('forgotten'),
  quiet: hashText('quiet'),
  family: hashText('family'),
  connector: hashText('connector'),
  sidecar: hashText('sidecar'),
  client: hashText('client'),
};

/** The key of a row's draws. */
export function rowKeyOf(rowsKey: number, emission: number): number {
  return mix(rowsKey + Math.imul(emission + 1, 0x9e3779b1));
}

/** Columns with room for so many rows. */
export function createDraftColumns(rows: number): DraftColumns {
  return {
    offset: new Uint32Array(rows),
    duration: new Float64Array(rows),
    user: new Uint16Array(rows),
    endUser: new Uint16Array(rows),
    resource: new Uint16Array(rows),
    order: new Uint32Array(rows),
    ends: new Uint32Array(rows + 1),
  };
}
