import assert from "node:assert/strict";
import { join } from "node:path";
import { withDirectory } from "../../tests/processes/with_directory.ts";
import type { QueuedRecord } from "../http/record_buffer.ts";
import type { Report } from "../http/report.ts";
import { until } from "../http/testing/until.ts";
import { SpoolBuffer } from "./spool_buffer.ts";

const LEASE_MS = 200;

interface Bench {
  readonly buffer: SpoolBuffer;
  readonly reports: Report[];
  found: number;
}

function open(
  directory: string,
  { maxRecords = 100, maxChars = 1_000_000, maxBytes = 1e9 } = {},
): Bench {
  const reports: Report[] = [];
  const bench = {
    reports,
    found: 0,
    buffer: new SpoolBuffer(directory, { maxBytes, leaseMs: LEASE_MS }, {
      maxRecords,
      maxChars,
      report: (report) => reports.push(report),
      onFound: () => bench.found++,
    }),
  };
  return bench;
}

function record(name: string | number): QueuedRecord {
  return { kind: "events", json: `{"event_id":"${name}"}`, micros: 1 };
}

/** Takes and settles whatever there is, as a client does. */
async function drain({ buffer }: Bench): Promise<string[]> {
  const names: string[] = [];
  while (buffer.size > 0) {
    await buffer.load();
    const taken = buffer.take(7, 1_000_000);
    names.push(...taken.map(({ json }) => JSON.parse(json).event_id));
    buffer.settle(taken);
  }
  return names;
}

/** All files under a directory. */
function files(directory: string): string[] {
  return [...Deno.readDirSync(directory)].flatMap(({ name, isDirectory }) =>
    isDirectory ? files(join(directory, name)) : [join(directory, name)]
  );
}

function onlyEntry(directory: string): string {
  const [entry] = Deno.readDirSync(directory);
  return entry?.name ?? "";
}

function numbers(count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(index));
}

/** A client that dies: its files stay as they are, and nobody touches them. */
function die(directory: string, names: string[], tail = ""): void {
  const home = join(directory, crypto.randomUUID());
  Deno.mkdirSync(home, { recursive: true });
  const lines = names.map((name) => `e1 {"event_id":"${name}"}\n`);
  Deno.writeTextFileSync(join(home, "00000001.ndjson"), lines.join("") + tail);
}

Deno.test("SpoolBuffer has each record on the disk when push() returns, until it is settled", async () => {
  await withDirectory(async (directory) => {
    const bench = open(directory);
    for (const name of numbers(20)) {
      bench.buffer.push(record(name));
      const [path = ""] = files(directory);
      assert.ok(Deno.readTextFileSync(path).endsWith(`"${name}"}\n`));
    }
    assert.deepEqual(await drain(bench), numbers(20));
    assert.equal(bench.buffer.pending, 0);
    assert.deepEqual(files(directory).map((p) => Deno.statSync(p).size), [0]);
    assert.equal(bench.buffer.release(), 0);
    assert.deepEqual(files(directory), []);
  });
});

Deno.test("SpoolBuffer keeps what memory has no room for on the disk, in its order", async () => {
  await withDirectory(async (directory) => {
    const bench = open(directory, { maxRecords: 10 });
    for (const name of numbers(95)) {
      assert.equal(bench.buffer.push(record(name)), 0);
    }
    assert.equal(bench.buffer.size, 95);
    assert.ok(bench.buffer.chars <= 10 * record(99).json.length);
    const first = bench.buffer.take(5, 1_000_000);
    bench.buffer.putBack(first);
    assert.equal(bench.buffer.size, 95);
    assert.deepEqual(await drain(bench), numbers(95));
    bench.buffer.release();
    assert.deepEqual(files(directory), []);
  });
});

Deno.test("SpoolBuffer drops the oldest that are on the disk alone when that is full", async () => {
  await withDirectory(async (directory) => {
    const bench = open(directory, { maxRecords: 10, maxBytes: 2_000 });
    let dropped = 0;
    for (const name of numbers(500)) dropped += bench.buffer.push(record(name));
    assert.ok(dropped > 300);
    const bytes = files(directory).map((path) => Deno.statSync(path).size);
    assert.ok(bytes.reduce((sum, size) => sum + size, 0) <= 2_100);
    const names = await drain(bench);
    assert.equal(names.length + dropped, 500);
    assert.deepEqual(names.slice(0, 10), numbers(10));
    assert.equal(names.at(-1), "499");
    bench.buffer.release();
  });
});

Deno.test("SpoolBuffer sends what a client left that was released, at once", async () => {
  await withDirectory(async (directory) => {
    const first = open(directory, { maxRecords: 10 });
    for (const name of numbers(35)) first.buffer.push(record(name));
    const taken = first.buffer.take(5, 1_000_000);
    first.buffer.putBack(taken);
    assert.equal(first.buffer.release(), 0);
    assert.equal(first.buffer.kept, 35);
    assert.equal(first.buffer.pending, 0);
    const second = open(directory, { maxRecords: 10 });
    await until(() => second.found === 1);
    assert.equal(second.buffer.size, 35);
    assert.deepEqual(await drain(second), numbers(35));
    second.buffer.release();
    assert.deepEqual([...Deno.readDirSync(directory)], []);
  });
});

Deno.test("SpoolBuffer sends what a dead client left, after its lease, and reports a torn line", async () => {
  await withDirectory(async (directory) => {
    die(directory, numbers(3), 'e1 {"event_id":"torn');
    die(directory, [], 'no record\ne1 {"half":\nz1 {}\n');
    const start = performance.now();
    const bench = open(directory);
    const names: string[] = [];
    await until(() => bench.buffer.size === 3 + 3);
    assert.ok(performance.now() - start >= LEASE_MS);
    names.push(...await drain(bench));
    assert.deepEqual(names.sort(), numbers(3));
    assert.deepEqual(
      bench.reports.map(({ code, count }) => [code, count]).sort(),
      [["spool_damaged", 1], ["spool_damaged", 3]],
    );
    bench.buffer.release();
    assert.deepEqual([...Deno.readDirSync(directory)], []);
  });
});

Deno.test("SpoolBuffer leaves the files of a living client alone, however long", async () => {
  await withDirectory(async (directory) => {
    const living = open(directory);
    for (const name of numbers(3)) living.buffer.push(record(name));
    const other = open(directory);
    await new Promise((resolve) => setTimeout(resolve, LEASE_MS * 4));
    assert.equal(other.found, 0);
    other.buffer.release();
    assert.deepEqual(await drain(living), numbers(3));
    living.buffer.release();
  });
});

Deno.test("SpoolBuffer takes what a client left that died while it took over", async () => {
  await withDirectory(async (directory) => {
    die(directory, numbers(2));
    const name = onlyEntry(directory);
    const outer = join(directory, crypto.randomUUID());
    Deno.mkdirSync(outer);
    Deno.renameSync(join(directory, name), join(outer, name));
    const bench = open(directory);
    await until(() => bench.found === 1);
    assert.deepEqual(await drain(bench), numbers(2));
    bench.buffer.release();
    assert.deepEqual([...Deno.readDirSync(directory)], []);
  });
});

Deno.test("SpoolBuffer moves on when its directory is taken, and loses nothing", async () => {
  await withDirectory(async (directory) => {
    const slow = open(directory, { maxRecords: 4 });
    for (const name of numbers(9)) slow.buffer.push(record(name));
    const name = onlyEntry(directory);
    const taken = join(directory, `stolen-${name}`);
    Deno.renameSync(join(directory, name), taken);
    await until(() => slow.buffer.kept === 5);
    assert.equal(slow.buffer.size, 4);
    slow.buffer.push(record("late"));
    // The others are the new owner's.
    assert.deepEqual(await drain(slow), ["0", "1", "2", "3", "late"]);
    const text = files(taken).map((path) => Deno.readTextFileSync(path));
    for (const n of numbers(9)) assert.match(text.join(""), RegExp(`"${n}"`));
    slow.buffer.release();
  });
});

Deno.test("SpoolBuffer falls back to memory where the disk takes nothing, and says so once", async () => {
  await withDirectory(async (directory) => {
    const path = join(directory, "file");
    Deno.writeTextFileSync(path, "not a directory");
    const bench = open(path, { maxRecords: 5 });
    const dropped = numbers(8).map((name) => bench.buffer.push(record(name)));
    assert.deepEqual(dropped, [0, 0, 0, 0, 0, 1, 1, 1]);
    assert.deepEqual(bench.reports.map(({ code }) => code), ["spool_failed"]);
    assert.deepEqual(await drain(bench), numbers(5));
    bench.buffer.push(record("left"));
    assert.equal(bench.buffer.release(), 1);
  });
});
