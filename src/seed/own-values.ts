import { createTimestampWriter, formatDuration } from '../world/civil-time.ts';
import type { World, WorldBlock } from '../world/world.ts';

/** The values a row does not share with others, as the wire writes them. The same object for every row. */
export interface OwnValues {
  id: string;
  startTime: string;
  /** `""` while the session is open. */
  endTime: string;
  /** `""` while the session is open. */
  duration: string;
  sessionStatus: string;
  /** `""` where there is no parent. */
  parentSessionId: string;
}

/** Makes a reader of {@link OwnValues} from a world's columns, seen at `now`. */
export function createOwnReader(world: World, now: number): (block: WorldBlock, row: number) => OwnValues {
  const formatStart = createTimestampWriter();
  const formatEnd = createTimestampWriter();
  const values: OwnValues = {
    id: '',
    startTime: '',
    endTime: '',
    duration: '',
    sessionStatus: '',
    parentSessionId: '',
  };
  return (block, row) => {
    const start = block.start[row] ?? 0;
    const end = block.end[row] ?? 0;
    const parent = block.parent[row] ?? -1;
    values.id = world.idAt(block.first + row);
    values.startTime = formatStart(start);
    values.endTime = '';
    values.duration = '';
    values.parentSessionId = parent === -1 ? '' : world.idAt(parent);
    values.sessionStatus = block.quiet[row] === 1 ? 'idle' : 'active';
    if (end > now) return values;
    values.endTime = formatEnd(end);
    values.duration = formatDuration(end - start);
    values.sessionStatus = 'completed';
    return values;
  };
}
