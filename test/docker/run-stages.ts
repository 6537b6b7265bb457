import { execFileSync, execSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { PROJECT, readProjectFile } from '../house/source-tree.ts';
import { parseCopy, parseDockerignore, type Stage, textsOf } from './dockerfile.ts';

/** Environment of a clean machine: nothing of the npm or the test runner that started this test. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const inherited =
    /^(npm_(config_(local_prefix|package|call|yes)|package|lifecycle|command|execpath)|INIT_CWD|NODE|VITEST|FORMAL|PORT$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !inherited.test(name)));
}

/** Copies what a build would be sent: the project's files less what `.dockerignore` leaves out. */
export function copyContext(target: string): void {
  const isKept = parseDockerignore(readProjectFile('.dockerignore'));
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: PROJECT,
    encoding: 'utf8',
  });
  for (const path of listed.split('\n').filter((line) => line !== '' && isKept(line))) {
    const source = join(PROJECT, path);
    if (existsSync(source)) cpSync(source, join(target, path));
  }
}

/** Carries out every stage in a folder of its own below `top`; gives the working folder of the last. */
export function runStages(stages: readonly Stage[], top: string): string {
  const context = join(top, 'context');
  copyContext(context);
  let workdir = top;
  for (const stage of stages) {
    const root = join(top, 'stages', stage.name);
    workdir = join(root, textsOf(stage, 'WORKDIR')[0] ?? '/');
    mkdirSync(workdir, { recursive: true });
    for (const { keyword, text } of stage.instructions) {
      if (keyword === 'COPY') copy(text, { context, stages: join(top, 'stages'), workdir });
      if (keyword === 'RUN') execSync(text, { cwd: workdir, env: cleanEnvironment(), stdio: 'pipe' });
    }
  }
  return workdir;
}

function copy(text: string, places: { context: string; stages: string; workdir: string }): void {
  const { from, sources, destination } = parseCopy(text);
  const base = from === undefined ? places.context : join(places.stages, from);
  for (const source of sources) {
    const origin = join(base, source);
    // A file goes into a folder; of a folder, its content does.
    const isInto = destination.endsWith('/') && statSync(origin).isFile();
    const target = join(places.workdir, destination, isInto ? posix.basename(source) : '');
    mkdirSync(dirname(target), { recursive: true });
    cpSync(origin, target, { recursive: true, verbatimSymlinks: true });
  }
}

/** Bytes of all files below a folder. */
export function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
