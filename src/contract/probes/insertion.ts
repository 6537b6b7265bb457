import { call, type Probe, singleProbe } from '../probe.ts';
import { nextCursorOf } from '../run-view.ts';

/** The page after the first answer's, with a new session in between; only sent where the caller can start one. */
export const INSERTION_PROBE: Probe = {
  ...singleProbe(
    ['walk/insertion', 'a session starts; POST {"limit":1,"cursor":<of the preflight>}'],
    { live: false, repeat: true, needs: ['page/first'] },
    (view) => {
      const cursor = nextCursorOf(view.exchanges('preflight/accepted')[0]);
      return cursor === undefined ? undefined : call(view.settings, { limit: 1, cursor });
    },
  ),
  insertsBefore: 0,
};
