import { describe, expect, test } from 'vitest';
import { VALUE_DEFECTS } from './servers/defects-values.ts';
import { judgeDefect, missedBy } from './servers/judge-defect.ts';

describe.each(['mock', 'any'] as const)('for the audience %s', (audience) => {
  test.for(VALUE_DEFECTS)('$name is caught', async (defect) => {
    const report = await judgeDefect(defect, audience);
    const { missed, caught } = missedBy(defect, report);
    expect(missed, `caught by ${caught.join(', ')}`).toEqual([]);
    expect(report.outcomes.filter(({ status }) => status === 'error')).toEqual([]);
  });
});
