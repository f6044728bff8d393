import assert from "node:assert/strict";
import { isLocked, whileLocked } from "./while_locked.ts";

const locked = (): Error => new Error("database is locked (code 5)");

Deno.test("whileLocked() tries again until the lock is gone", async () => {
  let attempts = 0;
  const result = await whileLocked(() => {
    if (++attempts < 5) throw locked();
    return Promise.resolve("done");
  });
  assert.deepEqual([result, attempts], ["done", 5]);
});

Deno.test("whileLocked() tries nothing else again", async () => {
  let attempts = 0;
  const task = (): Promise<never> => {
    attempts++;
    return Promise.reject(new Error("disk I/O error"));
  };
  await assert.rejects(whileLocked(task), /disk I\/O/);
  assert.equal(attempts, 1);
  assert.ok(!isLocked("database is locked"));
});

Deno.test("whileLocked() gives up in the end, and says why", async () => {
  const { random } = Math;
  Math.random = () => 0;
  try {
    let attempts = 0;
    const task = (): Promise<never> => {
      attempts++;
      return Promise.reject(locked());
    };
    await assert.rejects(whileLocked(task), /database is locked/);
    assert.equal(attempts, 200);
  } finally {
    Math.random = random;
  }
});
