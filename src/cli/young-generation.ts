import { setFlagsFromString } from 'node:v8';

/**
 * Keeps V8's young generation at its first size: growing, it takes tens of megabytes that short-lived pages and rows
 * fill for nothing, and typed arrays that nobody needs any more are freed late.
 */
export function keepYoungGenerationSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}
