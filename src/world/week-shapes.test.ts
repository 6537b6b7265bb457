import { describe, expect, it } from 'vitest';
import { createWeekShape, WEEK_SHAPES } from './week-shapes.ts';

describe.each(WEEK_SHAPES)('week of shape %s', (shape) => {
  it('has 168 hours, none negative, whose mean is 1', () => {
    const hours = [...createWeekShape(shape)];
    expect(hours).toHaveLength(168);
    expect(Math.min(...hours)).toBeGreaterThanOrEqual(0);
    expect(hours.reduce((sum, hour) => sum + hour, 0) / 168).toBeCloseTo(1, 12);
  });
});
