import { describe, expect, it } from 'vitest';
import { readScenario, readScenarioFile } from '../../test/determinism/fixture-world.ts';
import { resolveScenario } from './resolve-scenario.ts';
import type { ScenarioFile } from './scenario.ts';

describe('resolveScenario', () => {
  it('replaces stated members as a whole and inherits the others through the chain', () => {
    const startup = readScenario('startup');
    const files: Record<string, ScenarioFile> = {
      quiet: { name: 'quiet', extends: 'startup', scale: 0.5 },
      silent: { name: 'silent', extends: 'quiet', natives: [] },
    };
    const load = (name: string): ScenarioFile => files[name] ?? readScenarioFile(name);
    expect(resolveScenario({ name: 'mine', extends: 'silent' }, load)).toEqual({
      ...startup,
      name: 'mine',
      scale: 0.5,
      natives: [],
    });
  });

  it('names the unknown scenario a file extends', () => {
    expect(() => resolveScenario({ name: 'mine', extends: 'nowhere' }, () => undefined)).toThrow(
      'scenario mine: extends the unknown scenario nowhere',
    );
  });

  it('refuses a circle', () => {
    const load = (name: string): ScenarioFile => ({ name, extends: name === 'a' ? 'b' : 'a' });
    expect(() => resolveScenario({ name: 'mine', extends: 'a' }, load)).toThrow('extends itself through a');
  });

  it('names every missing member', () => {
    const { zones, flows, ...rest } = readScenario('startup');
    expect([zones.length, flows.length]).not.toContain(0);
    expect(() => resolveScenario(rest, () => undefined)).toThrow('scenario startup: zones, flows missing');
  });
});
