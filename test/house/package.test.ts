import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { PROJECT, readProjectFile } from './source-tree.ts';

/** What the package exports, by entry: a name more or less is a decision, made here and in the README. */
const PUBLIC_NAMES: Readonly<Record<string, readonly string[]>> = {
  '.': [
    'DEFAULT_SETTINGS',
    'KitError',
    'STRICT_SETTINGS',
    'createMock',
    'createWorld',
    'listSessions',
    'pageToSessions',
    'startMock',
  ],
  './query': [
    'QueryError',
    'SESSION_DEFAULT_FIELDS',
    'SESSION_FIELDS',
    'bindOrder',
    'compileQuery',
    'compileSessionQuery',
    'createPlanBinder',
    'createQueryCache',
    'createSessionComparator',
    'explainQuery',
    'formatTree',
    'parseQuery',
    'parseQueryWithPositions',
    'parseSort',
    'parseTime',
    'resolveField',
  ],
  './contract': ['EXIT', 'runContract'],
  './vitest': ['describeContract', 'toSatisfyContract'],
};
const PUBLIC_FILES = ['./openapi.yaml', './package.json'];
const MAX_PRODUCTION_PACKAGES = 91;

interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(readProjectFile('package.json'));
const locked = Object.entries<LockedPackage>(JSON.parse(readProjectFile('package-lock.json')).packages);
const installed = locked.filter(([path]) => path !== '');

describe('package.json', () => {
  test('pins every dependency to one version', () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.length).toBeGreaterThan(10);
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-r\.\d+)?$/.test(String(version)))).toEqual([]);
  });

  test('asks for the Node that the code is tested on, and is a module without side effects', () => {
    expect(manifest).toMatchObject({
      engines: { node: '>=20.19.0' },
      type: 'module',
      sideEffects: false,
      license: 'Apache-2.0',
    });
  });

  test('runs nothing when it is installed', () => {
    const hooks = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish', 'prepublishOnly'];
    expect(Object.keys(manifest.scripts).filter((name) => hooks.includes(name))).toEqual([]);
  });
});

describe('package-lock.json', () => {
  test('names no registry and holds a checksum for every package', () => {
    expect(readProjectFile('package-lock.json')).not.toMatch(/"resolved"|https?:\/\/registry/);
    expect(installed.filter(([, entry]) => !entry.integrity).map(([path]) => path)).toEqual([]);
  });

  test('holds the builds of every platform, so that npm ci works on each', () => {
    const paths = new Set(locked.map(([path]) => path));
    const missing = installed.flatMap(([path, entry]) =>
      Object.keys(entry.optionalDependencies ?? {}).filter(
        (name) => !paths.has(`node_modules/${name}`) && !paths.has(`${path}/node_modules/${name}`),
      ),
    );
    expect(missing).toEqual([]);
  });

  test('no package that users get runs an install script', () => {
    const scripts = installed.filter(([, entry]) => entry.hasInstallScript && !entry.dev);
    expect(scripts.map(([path]) => path)).toEqual([]);
  });

  test(`users get at most ${MAX_PRODUCTION_PACKAGES} packages`, () => {
    expect(installed.filter(([, entry]) => !entry.dev).length).toBeLessThanOrEqual(MAX_PRODUCTION_PACKAGES);
  });
});

describe('the published package', () => {
  test('holds the build, the fixtures, the document and the pages about it, and no tests', () => {
    const output = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: PROJECT,
      encoding: 'utf8',
    });
    const files: { path: string }[] = JSON.parse(output)[0].files;
    const paths = files.map(({ path }) => path);
    const expected =
      /^(dist\/.+\.(js|d\.ts)|dist\/openapi\.json|dist\/docs\/rapidoc\.js\.gz|fixtures\/.+|docs\/.+\.md|openapi\.yaml|README\.md|LICENSE|CHANGELOG\.md|package\.json)$/;
    expect(paths.filter((path) => !expected.test(path) || /\.test\.|\.tsbuildinfo$/.test(path))).toEqual([]);
    expect(paths).toEqual(
      expect.arrayContaining(['dist/index.js', 'dist/cli/main.js', 'openapi.yaml', 'README.md', 'LICENSE']),
    );
  });

  test('every entry of exports exists after the build', () => {
    expect(Object.keys(manifest.exports)).toEqual([...Object.keys(PUBLIC_NAMES), ...PUBLIC_FILES]);
    const targets = Object.values<string | Record<string, string>>(manifest.exports).flatMap((target) =>
      typeof target === 'string' ? [target] : Object.values(target),
    );
    expect(targets.filter((target) => !existsSync(join(PROJECT, target)))).toEqual([]);
  });

  test('the command is a program that Node runs', () => {
    const program = readFileSync(join(PROJECT, manifest.bin['formal-mock']), 'utf8');
    expect(program.split('\n')[0]).toBe('#!/usr/bin/env node');
  });

  test.each(Object.entries(PUBLIC_NAMES))(
    '%s exports exactly the names that are promised',
    async (entry, names) => {
      const target: string = manifest.exports[entry].default;
      const module: object = await import(join(PROJECT, target));
      expect(Object.keys(module).toSorted()).toEqual(names);
    },
  );
});
