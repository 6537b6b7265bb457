import { describe, expect, test } from 'vitest';
import { REQUEST_DEFECTS } from './servers/defects-requests.ts';
import { judgeDefect, missedBy } from './servers/judge-defect.ts';

describe.each(['mock', 'any'] as const)('for the audience %s', (audience) => {
  test.for(REQUEST_DEFECTS)('$name is caught', async (defect) => {
    const report = await judgeDefect(defect, audience);
    const { missed, caught } = missedBy(defect, report);
    expect(missed, `caught by ${caught.join(', ')}`).toEqual([]);
    expect(report.outcomes.filter(({ status }) => status === 'error')).toEqual([]);
  });
});
