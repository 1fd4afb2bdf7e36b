import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MemorySource } from '../../testing/memory-source.js';
import type { IndexSource } from '../index-file/source.js';
import { unitVectors } from '../../testing/random.js';
import { binaryCodes } from './binary-codes.js';
import { CHECKED_ROWS, readCodesFile, writeCodesFile } from './codes-file.js';
import { type ReadRows, rowReader } from './row-reader.js';
import { quantise, ROWS_BEGIN, writeVectorFile } from './vector-file.js';

const ROWS = 120_003;
const DIMENSIONS = 16;
const BLOCK = CHECKED_ROWS * DIMENSIONS;
const few = unitVectors(50, DIMENSIONS, 1);
const vectors = Array.from({ length: ROWS }, (_, row) => few[(row * 7) % 50]!);
const quantised = quantise(vectors);
const codes = readCodesFile(writeCodesFile(binaryCodes(vectors), quantised), 'codes.bin');
const rowOf = (row: number): Int8Array =>
  quantised.components.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS);

describe('rowReader', () => {
  let source: MemorySource;
  let told: (string | undefined)[];
  let readRows: ReadRows;
  const open = (from: IndexSource = source): ReadRows =>
    rowReader(from, 'vectors.bin', codes, (reason) => told.push(reason));
  beforeEach(async () => {
    source = new MemorySource();
    await source.add('vectors.bin', writeVectorFile(quantised));
    told = [];
    readRows = open();
  });

  afterEach(() => void vi.useRealTimers());

  it('reads the rows that are asked for, the last ones too', async () => {
    const wanted = [5000, 0, 7, 8, ROWS - 1, 6001];
    const read = await readRows(wanted);
    expect([...read.keys()]).toEqual(wanted);
    for (const row of wanted) expect(read.get(row)).toEqual(rowOf(row));
    expect(told).toEqual([undefined]);
  });

  it('reads neighbours in one range, and no byte of the file that lies far from them', async () => {
    await readRows([16, 17, 40, 9000]);
    expect(source.reads).toEqual([]);
    expect(source.ranges).toEqual([
      [ROWS_BEGIN + 2 * BLOCK, ROWS_BEGIN + 6 * BLOCK],
      [ROWS_BEGIN + 1125 * BLOCK, ROWS_BEGIN + 1126 * BLOCK],
    ]);
  });

  it('keeps what it has read, also while it is on its way', async () => {
    const [one, other] = await Promise.all([readRows([100, 200]), readRows([200, 100])]);
    expect(one.get(200)).toEqual(other.get(200));
    await readRows([100, 101]);
    expect(source.ranges).toHaveLength(1);
  });

  it('asks for no more than 48 ranges, and leaves out the rows that are wanted least', async () => {
    const wanted = Array.from({ length: 55 }, (_, at) => ((at * 37) % 55) * 2100);
    const read = await readRows(wanted);
    expect(source.ranges).toHaveLength(48);
    expect([...read.keys()]).toEqual(wanted.slice(0, 48));
  });

  it('leaves out rows whose bytes are wrong, and names the file and the rows', async () => {
    source.files.get('vectors.bin')![ROWS_BEGIN + 8 * DIMENSIONS]! ^= 1;
    const read = await readRows([9, 9000]);
    expect([...read.keys()]).toEqual([9000]);
    expect(told.at(-1)).toMatch(/vectors\.bin .*rows 8 to 15 .*CRC-32/);
  });

  it('asks a host that gives nothing once and says why, and again after half a minute', async () => {
    vi.useFakeTimers();
    const bytes = source.files.get('vectors.bin')!;
    source.files.delete('vectors.bin');
    expect((await readRows([1, 9000, 50_000])).size).toBe(0);
    await readRows([100_000]);
    expect(source.ranges).toHaveLength(1);
    expect(told.at(-1)).toMatch(/vectors\.bin could not be read/);
    source.files.set('vectors.bin', bytes);
    vi.advanceTimersByTime(30_000);
    expect((await readRows([1])).get(1)).toEqual(rowOf(1));
    expect(told.at(-1)).toBeUndefined();
  });

  it('waits two seconds for rows, gives what has come, and has the others for a later query', async () => {
    await readRows([0]);
    vi.useFakeTimers();
    const readRange = source.readRange.bind(source);
    let arrive: () => void = () => undefined;
    source.readRange = async (...range) => {
      if (range[1] > 100_000 * DIMENSIONS) await new Promise<void>((resolve) => (arrive = resolve));
      return readRange(...range);
    };
    const early = readRows([0, 50_000, 110_000]);
    await vi.advanceTimersByTimeAsync(2000);
    expect([...(await early).keys()]).toEqual([0, 50_000]);
    expect(told.at(-1)).toMatch(/vectors\.bin takes longer than 2 s/);
    arrive();
    expect((await readRows([110_000])).get(110_000)).toEqual(rowOf(110_000));
  });

  it('says so where a source has whole files only, and does not read those', async () => {
    const whole = { where: 'memory:/', read: source.read.bind(source), url: source.url.bind(source) };
    expect((await open(whole)([1])).size).toBe(0);
    expect(told.at(-1)).toMatch(/memory:\/ cannot be read in parts/);
    expect(source.reads).toEqual([]);
  });
});
