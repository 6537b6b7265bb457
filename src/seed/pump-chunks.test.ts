import { describe, expect, it } from 'vitest';
import type { EncodedChunk } from './arena-pool.ts';
import { createMeter, pumpChunks } from './pump-chunks.ts';

function countedChunks(count: number) {
  const state = { made: 0, released: 0, closed: false };
  function* chunks(): Generator<EncodedChunk> {
    try {
      for (; state.made < count; ) {
        state.made += 1;
        const release = (): void => {
          state.released += 1;
        };
        yield { bytes: new Uint8Array(1), rows: 1, reached: state.made, release };
      }
    } finally {
      state.closed = true;
    }
  }
  return { state, chunks: chunks() };
}

describe('pumpChunks', () => {
  it('writes every chunk in order and releases it afterwards', async () => {
    const { state, chunks } = countedChunks(5);
    const written: number[] = [];
    const write = async ({ reached }: EncodedChunk): Promise<void> => {
      expect(state.released).toBe(written.length);
      written.push(reached);
    };
    await pumpChunks(chunks, write, undefined);
    expect(written).toEqual([1, 2, 3, 4, 5]);
    expect(state.released).toBe(5);
  });

  it('makes only one chunk while a slow reader has another', async () => {
    const { state, chunks } = countedChunks(100);
    const readers: (() => void)[] = [];
    const write = (): Promise<void> => new Promise((resolve) => void readers.push(resolve));
    const done = pumpChunks(chunks, write, undefined);
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    expect([state.made, readers.length]).toEqual([2, 1]);
    for (let read = 0; read < 100; read += 1) {
      while (readers.length === 0) await new Promise((resolve) => setImmediate(resolve));
      readers.pop()?.();
    }
    await done;
    expect(state.released).toBe(100);
  });

  it('stops at a failed write, passes the failure on and closes the source', async () => {
    const { state, chunks } = countedChunks(100);
    const failure = new Error('no room');
    const write = async (): Promise<void> => {
      if (state.made >= 3) throw failure;
    };
    await expect(pumpChunks(chunks, write, undefined)).rejects.toBe(failure);
    expect(state.closed).toBe(true);
    expect(state.made).toBeLessThan(6);
  });

  it('stops when it is aborted', async () => {
    const { state, chunks } = countedChunks(100);
    const controller = new AbortController();
    const write = async ({ reached }: EncodedChunk): Promise<void> => {
      if (reached === 3) controller.abort('enough');
    };
    await expect(pumpChunks(chunks, write, controller.signal)).rejects.toMatchObject({
      code: 'ERR_INTERRUPTED',
      message: 'interrupted: enough',
    });
    expect(state.made).toBeLessThan(6);
  });
});

it('a meter adds up rows and bytes and passes on what was seen', () => {
  const seen: unknown[] = [];
  const meter = createMeter(10, { onProgress: (progress) => seen.push(progress) });
  meter.count({ rows: 2, bytes: 100, seen: 4 });
  meter.count({ rows: 3, bytes: 50, seen: 10 });
  expect(seen).toEqual([
    { rows: 2, bytes: 100, seen: 4, total: 10 },
    { rows: 5, bytes: 150, seen: 10, total: 10 },
  ]);
});
