import assert from "node:assert/strict";
import fc from "fast-check";
import type { QueuedRecord } from "./record_buffer.ts";
import { recordQueue } from "./record_queue.ts";

function record(name: string | number): QueuedRecord {
  return { kind: "events", json: `{"event_id":"${name}"}`, micros: 0 };
}

function names(records: readonly QueuedRecord[]): string[] {
  return records.map(({ json }) => JSON.parse(json).event_id);
}

Deno.test("RecordQueue gives records in the order in which they came", () => {
  const queue = recordQueue(10, 1_000);
  for (const name of ["a", "b", "c"]) queue.push(record(name));
  assert.deepEqual(names(queue.take(2, 1_000)), ["a", "b"]);
  assert.deepEqual(names(queue.take(2, 1_000)), ["c"]);
  assert.deepEqual(queue.take(2, 1_000), []);
});

Deno.test("RecordQueue drops the oldest when it is full", () => {
  const queue = recordQueue(2, 1_000);
  assert.equal(queue.push(record("a")), 0);
  assert.equal(queue.push(record("b")), 0);
  assert.equal(queue.push(record("c")), 1);
  assert.deepEqual(names(queue.take(9, 1_000)), ["b", "c"]);
});

Deno.test("RecordQueue drops the oldest when what it holds is too long", () => {
  const { length } = record("a").json;
  const queue = recordQueue(10, 2 * length);
  for (const name of ["a", "b", "c"]) queue.push(record(name));
  assert.deepEqual(names(queue.take(9, 1_000)), ["b", "c"]);
});

Deno.test("RecordQueue takes one record that is longer than a batch may be", () => {
  const queue = recordQueue(10, 1_000);
  queue.push(record("long"));
  queue.push(record("b"));
  assert.deepEqual(names(queue.take(9, 5)), ["long"]);
});

Deno.test("RecordQueue puts records back before those that came meanwhile", () => {
  const queue = recordQueue(3, 1_000);
  queue.push(record("a"));
  queue.push(record("b"));
  const taken = queue.take(2, 1_000);
  queue.push(record("c"));
  assert.equal(queue.push(record("d")), 1);
  assert.equal(queue.putBack(taken), 0);
  assert.deepEqual(names(queue.take(9, 1_000)), ["a", "b", "d"]);
});

Deno.test("RecordQueue makes text of records once they must wait for long, until some are settled", () => {
  let made = 0;
  const late = (name: string): QueuedRecord => ({
    kind: "events",
    get json() {
      made++;
      return `{"event_id":"${name}"}`;
    },
    chars: 16,
    micros: 0,
  });
  const queue = recordQueue(10, 1_000);
  queue.push(late("a"));
  queue.push(late("b"));
  assert.equal(made, 0);
  const taken = queue.take(1, 1_000);
  made = 0;
  queue.putBack(taken);
  queue.push(late("c"));
  assert.equal(made, 3);
  assert.equal(queue.chars, 3 * '{"event_id":"a"}'.length);
  const all = queue.take(9, 1_000);
  assert.deepEqual([names(all), made], [["a", "b", "c"], 3]);
  queue.settle(all);
  queue.push(late("d"));
  assert.equal(made, 3);
});

Deno.test("RecordQueue counts a record by what it kept of it, however long it was said to be", () => {
  const queue = recordQueue(100, 10_000);
  const said = (chars: number): QueuedRecord => ({
    kind: "events",
    json: '{"event_id":"e"}',
    chars,
    micros: 0,
  });
  for (const chars of [5, 50]) {
    queue.push(said(chars));
    queue.putBack(queue.take(1, 1_000));
    for (let i = 0; i < 20; i++) queue.push(said(chars));
    queue.settle(queue.take(99, 10_000));
    assert.deepEqual([queue.size, queue.chars], [0, 0]);
  }
});

Deno.test("RecordQueue loses nothing that it does not count, whatever is done", () => {
  const step = fc.oneof(
    fc.record({ do: fc.constant("push"), n: fc.integer({ min: 1, max: 900 }) }),
    fc.record({ do: fc.constant("take"), n: fc.integer({ min: 1, max: 900 }) }),
    fc.record({ do: fc.constant("back"), n: fc.constant(0) }),
    fc.record({ do: fc.constant("clear"), n: fc.constant(0) }),
  );
  fc.assert(fc.property(fc.array(step), (steps) => {
    const queue = recordQueue(1_500, 1_000_000);
    let next = 0;
    let out = 0;
    let dropped = 0;
    let taken: QueuedRecord[] = [];
    for (const { do: action, n } of steps) {
      if (action === "push") {
        for (let i = 0; i < n; i++) dropped += queue.push(record(next++));
      } else if (action === "take") {
        queue.settle(taken);
        out += taken.length;
        taken = queue.take(n, 1_000_000);
      } else if (action === "back") {
        dropped += queue.putBack(taken);
        taken = [];
      } else dropped += queue.release();
      assert.equal(queue.size + taken.length, queue.pending);
      assert.equal(queue.pending + out + dropped, next);
      assert.ok(queue.pending <= 1_500);
    }
    const rest = names(queue.take(9_999, 1_000_000)).map(Number);
    assert.deepEqual(rest, [...rest].sort((a, b) => a - b));
  }));
});
