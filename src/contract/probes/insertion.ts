import { call, chainProbe, type Probe } from '../probe.ts';
import { nextCursorOf } from '../run-view.ts';

/** Two pages with a new session between them; only sent where the caller can make the server start one. */
export const INSERTION_PROBE: Probe = {
  ...chainProbe(
    ['walk/insertion', 'POST {"limit":2}; a session starts; POST {"limit":2,"cursor":<first>}'],
    { bound: 2, live: false, repeat: true, needs: ['page/first'] },
    (view, done) => {
      const message = { limit: Math.min(2, view.settings.pageLimit) };
      if (done.length === 0) return call(view.settings, message);
      const cursor = nextCursorOf(done[0]);
      return cursor === undefined ? undefined : call(view.settings, { ...message, cursor });
    },
  ),
  insertsBefore: 1,
};
