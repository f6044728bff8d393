import assert from "node:assert/strict";
import { ModelabError } from "../engine/modelab_error.ts";
import { prepareOptions } from "./init_options.ts";

/** What JavaScript callers can send. */
function prepareAnything(options: unknown): unknown {
  return Reflect.apply(prepareOptions, undefined, [options]);
}

Deno.test("prepareOptions() delivers 50 records or after 5 s, and asks with the apiKey", () => {
  const { connection, delivery, flags } = prepareOptions({
    server: "https://lab.example/base//",
    apiKey: "secret",
  });
  assert.equal(connection?.server, "https://lab.example/base");
  assert.equal(connection?.readKey, "secret");
  assert.equal(connection?.requestTimeoutMs, 10_000);
  assert.deepEqual(delivery, {
    batchSize: 50,
    batchBytes: 1_000_000,
    intervalMs: 5_000,
    maxQueue: 10_000,
    flushTimeoutMs: 5_000,
    backoffMs: 500,
    spool: undefined,
    waitUntil: undefined,
  });
  assert.deepEqual(flags, []);
});

Deno.test("prepareOptions() has no connection without a server", () => {
  assert.equal(prepareOptions({ server: null }).connection, null);
});

Deno.test("prepareOptions() says which option is wrong and what arrived", () => {
  const cases: readonly [unknown, RegExp][] = [
    [
      { server: "localhost:8100" },
      /server must be an http or https URL .*, got "localhost:8100"/,
    ],
    [{ server: "" }, /server must be .*, got ""/],
    [{ server: undefined }, /server must be .*, got undefined/],
    [{ server: "http://u:p@host" }, /server must be .*, got "http:\/\/host…"/],
    [{ server: "http://host?x=1" }, /server must be /],
    [{ server: null, batchSize: 0 }, /batchSize must be .* 1 to 5000, got 0/],
    [{ server: null, maxQueue: "9" }, /maxQueue must be .*, got "9"/],
    [{ server: null, flushIntervalMs: NaN }, /flushIntervalMs .*, got NaN/],
    [{ server: null, flags: {} }, /flags must be a list, got an object/],
    [{ server: null, apiKey: 7 }, /apiKey must be text, got number/],
    [{ server: null, onError: 7 }, /onError must be a function, got 7/],
    [{ server: null, onDrop: 7 }, /onDrop must be a function, got 7/],
    [{ server: null, logger: {} }, /logger.warn must be .*, got undefined/],
    [{ server: null, logger: 7 }, /logger.warn must be .*, got undefined/],
    [
      { server: null, spool: "./x" },
      /spool.open must be .*fileSpool.*, got un/,
    ],
    [{ server: null, prices: {} }, /prices must be .*priceTable.*, got an obj/],
    [{ server: null, overrides: [] }, /overrides must be .*, got a list of 0/],
    [{ server: null, batchBytes: 1 }, /batchBytes must be .*, got 1/],
    [undefined, /options must be an object, got undefined/],
  ];
  for (const [options, message] of cases) {
    assert.throws(() => prepareAnything(options), (error) => {
      assert.ok(error instanceof ModelabError);
      assert.match(error.message, message);
      return true;
    });
  }
});

Deno.test("prepareOptions() keeps keys and passwords out of its messages", () => {
  for (
    const options of [
      { server: "http://user:hunter2@host" },
      { server: null, apiKey: "hunter2\n" },
      { server: null, readKey: "hunter2 é" },
    ]
  ) {
    assert.throws(() => prepareOptions(options), (error) => {
      assert.ok(error instanceof ModelabError);
      assert.doesNotMatch(error.message, /hunter2/);
      return true;
    });
  }
});
