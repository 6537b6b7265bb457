import { type Import, importsOf, packageOf, resolveImport } from './imports.ts';
import { PACKAGE_FILES, PURE_BUILTINS, PURE_NAMES, ROOMS, type Room } from './room-table.ts';
import { isTest, type SourceFile } from './source-tree.ts';

/** The room of a path below `src/`: its first folder, or the file itself at the top. */
export function roomOf(path: string): string {
  return path.split('/')[0] ?? path;
}

/** Everything the files import that their rooms may not, one line each. */
export function importViolations(files: readonly SourceFile[]): string[] {
  return [...files.flatMap(fileViolations), ...effectViolations(files)];
}

function fileViolations(file: SourceFile): string[] {
  const name = roomOf(file.path);
  const room = isTest(file) && !file.path.includes('/') ? TEST_AT_THE_TOP : ROOMS[name];
  if (room === undefined) return [`${file.path}: ${name} is not a room of the table`];
  return importsOf(file)
    .map((found) => ({ found, reason: refusal(file, room, found) }))
    .filter(({ reason }) => reason !== undefined)
    .map(({ found, reason }) => `${file.path}:${found.line}: ${reason}`);
}

const TEST_AT_THE_TOP: Room = { rooms: ['index.ts'], packages: [], effects: [], effectFiles: 0 };

function refusal(file: SourceFile, room: Room, found: Import): string | undefined {
  const path = resolveImport(file.path, found.specifier);
  if (path !== undefined) return refusedFile(file, room, path);
  if (isTest(file)) return undefined;
  const name = packageOf(found.specifier);
  if (name.startsWith('node:')) return refusedBuiltin(room, name, found);
  if (!room.packages.includes(name)) return `the room may not use ${name}`;
  const only = PACKAGE_FILES[name];
  return only === undefined || only.test(file.path) ? undefined : `only ${only.source} may load ${name}`;
}

function refusedFile(file: SourceFile, room: Room, path: string): string | undefined {
  if (path.startsWith('..'))
    return isTest(file) || path.endsWith('.json') ? undefined : `${path} is outside src`;
  const target = roomOf(path);
  const isAllowed =
    target === roomOf(file.path) ||
    target === 'errors.ts' ||
    room.rooms.includes(target) ||
    // A test at the top of src/ tests the file it stands beside.
    (isTest(file) && target === file.path.replace('.test.ts', '.ts'));
  return isAllowed ? undefined : `the room may not import ${target}`;
}

function refusedBuiltin(room: Room, name: string, found: Import): string | undefined {
  if (!hasEffect(found) || room.effects.includes(name)) return undefined;
  return `the room may not use ${name}`;
}

function effectViolations(files: readonly SourceFile[]): string[] {
  return Object.entries(ROOMS).flatMap(([name, room]) => {
    const holders = files.filter(
      (file) => roomOf(file.path) === name && !isTest(file) && holdsEffect(file, room),
    );
    if (holders.length <= room.effectFiles) return [];
    const paths = holders.map((file) => file.path).join(', ');
    return [`${name}: ${room.effects.join(', ')} belong in ${room.effectFiles} file (found in ${paths})`];
  });
}

function holdsEffect(file: SourceFile, room: Room): boolean {
  return importsOf(file).some((found) => room.effects.includes(found.specifier) && hasEffect(found));
}

/** A built-in that is loaded, and of which more is taken than types and pure functions. */
function hasEffect({ specifier, isTypeOnly, names }: Import): boolean {
  if (isTypeOnly || PURE_BUILTINS.includes(specifier)) return false;
  const pure = PURE_NAMES[specifier] ?? [];
  return names === undefined || !names.every((name) => pure.includes(name));
}
