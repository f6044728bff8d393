import assert from "node:assert/strict";
import {
  assign,
  evaluate,
  FlagNotFoundError,
  flush,
  init,
  InvalidFlagError,
  NotInitializedError,
  reset,
  shutdown,
  stats,
} from "../mod.ts";

const flags = [{ name: "tone", variants: [{ name: "formal" }] }];

Deno.test("assign() and evaluate() throw before init() and after reset()", async () => {
  const uninitialised = async (): Promise<void> => {
    assert.throws(() => assign("tone", { userId: "u" }), NotInitializedError);
    assert.throws(() => stats(), NotInitializedError);
    await assert.rejects(evaluate("tone"), NotInitializedError);
  };
  await reset();
  await uninitialised();
  init({ server: null, flags });
  assert.equal(assign("tone", { userId: "u" })?.variantName, "formal");
  await reset();
  await uninitialised();
});

Deno.test("flush() and shutdown() without init() have nothing to do", async () => {
  await reset();
  await flush();
  await shutdown();
});

Deno.test("init() with an invalid flag leaves the client that was there", async () => {
  init({ server: null, flags });
  assert.throws(
    () => init({ server: null, flags: [{ name: "x", variants: [] }] }),
    InvalidFlagError,
  );
  assert.ok(assign("tone", { userId: "u" }) !== null);
  await reset();
});

Deno.test("init() again replaces the flags, and what waited is still sent", async () => {
  let posts = 0;
  const fetch = (): Promise<Response> => {
    posts++;
    return Promise.resolve(
      Response.json({ accepted: 1, duplicates: 0, rejected: [] }),
    );
  };
  init({ server: "http://lab.example", flags, fetch });
  assign("tone", { userId: "u" });
  init({
    server: null,
    flags: [{ ...flags[0], name: "other", variants: [{ name: "a" }] }],
  });
  assert.throws(() => assign("tone", { userId: "u" }), FlagNotFoundError);
  assert.equal(assign("other", { userId: "u" })?.variantName, "a");
  while (posts === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  await reset();
});

Deno.test("after shutdown() decisions go on, and nothing is sent", async () => {
  init({ server: "http://lab.example", flags, onError: () => {} });
  await shutdown();
  assert.equal(assign("tone", { userId: "u" })?.variantName, "formal");
  assert.equal(stats().dropped, 1);
  await reset();
});
