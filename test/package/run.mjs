// Packs the project as it would be published and uses it as a stranger would: from an empty folder.
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAX_INSTALL_BYTES = 12_000_000;
const project = fileURLToPath(new URL('../../', import.meta.url));
const here = fileURLToPath(new URL('./', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'formal-mock-package-'));

try {
  const tarball = pack();
  install(tarball);
  const help = run('npx', ['formal-mock', '--help']);
  check(/serve/.test(help) && /Usage/.test(help), 'formal-mock --help names its commands', help);
  say(run(process.execPath, ['use-package.mjs']).trim());
  checkTypes();
  checkSize();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function pack() {
  const [packed] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: project }));
  say(`packed ${packed.filename}: ${packed.files.length} files, ${kilobytes(packed.unpackedSize)}`);
  return packed.filename;
}

function install(tarball) {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  run('npm', ['install', '--no-audit', '--no-fund', `./${tarball}`]);
  copyFileSync(join(here, 'use-package.mjs'), join(folder, 'use-package.mjs'));
}

function checkTypes() {
  copyFileSync(join(here, 'consumer.mts.txt'), join(folder, 'consumer.mts'));
  const compiler = join(project, 'node_modules', 'typescript', 'bin', 'tsc');
  const flags = '--noEmit --strict --skipLibCheck --module nodenext --target es2023 --types node';
  const typeRoots = join(project, 'node_modules', '@types');
  run(process.execPath, [compiler, ...flags.split(' '), '--typeRoots', typeRoots, 'consumer.mts']);
  say('a TypeScript consumer compiles, and its mistakes do not');
}

function checkSize() {
  const modules = join(folder, 'node_modules');
  const bytes = readdirSync(modules, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
  const { packages } = JSON.parse(readFileSync(join(modules, '.package-lock.json'), 'utf8'));
  say(`installed ${Object.keys(packages).length} packages, ${kilobytes(bytes)}`);
  check(
    bytes <= MAX_INSTALL_BYTES,
    `the installation is at most ${kilobytes(MAX_INSTALL_BYTES)}`,
    kilobytes(bytes),
  );
}

/** Runs a program without the variables that npm gives its scripts: a stranger's shell has none of them. */
function run(program, args, options = {}) {
  const inherited =
    /^(npm_(config_(local_prefix|package|call|yes)|package|lifecycle|command|execpath)|INIT_CWD|FORMAL|PORT$)/;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !inherited.test(name)));
  try {
    return execFileSync(program, args, { cwd: folder, env, encoding: 'utf8', stdio: 'pipe', ...options });
  } catch (error) {
    throw new Error(`${program} ${args.join(' ')} failed:\n${error.stdout}${error.stderr}`, { cause: error });
  }
}

function check(isTrue, fact, found) {
  if (!isTrue) throw new Error(`not so: ${fact}\n${found}`);
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

function kilobytes(bytes) {
  return `${Math.round(bytes / 1000)} kB`;
}
