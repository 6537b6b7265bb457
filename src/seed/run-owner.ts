/** A run that writes files, told apart from every other one: of this moment, and of those that are long gone. */
export interface RunOwner {
  /** `PID-START`, digits on both sides: it is part of the names of unfinished files. */
  readonly id: string;
  /** True while the run of an id (not this one's) is there. */
  isRunning(id: string): boolean;
}

/** An unfinished file of a run. */
export interface UnfinishedFile {
  /** The name it would have got. */
  readonly file: string;
  readonly ownerId: string;
}

/** The name of a file while a run writes it. */
export function unfinishedName(file: string, ownerId: string): string {
  return `${file}.${ownerId}.tmp`;
}

/** Reads a name that {@link unfinishedName} made; undefined for any other. */
export function parseUnfinishedName(name: string): UnfinishedFile | undefined {
  const [, file, ownerId] = /^(.+)\.(\d+-\d+)\.tmp$/.exec(name) ?? [];
  return file === undefined || ownerId === undefined ? undefined : { file, ownerId };
}
