import { expect, test } from 'vitest';
import { ACCESS_DEFECTS } from './servers/defects-access.ts';
import { judgeDefect, missedBy, observationOf } from './servers/judge-defect.ts';

const honest = await judgeDefect({ name: 'honest', deep: true, steps: () => ({}) });

test.for(ACCESS_DEFECTS)('$name is caught', async (defect) => {
  const report = await judgeDefect(defect);
  const { missed, caught } = missedBy(defect, report);
  expect(missed, `caught by ${caught.join(', ')}`).toEqual([]);
  for (const id of defect.observes ?? [])
    expect(observationOf(report, id)).not.toBe(observationOf(honest, id));
  expect(report.outcomes.filter(({ status }) => status === 'error')).toEqual([]);
});
