import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { callAnything, lab } from "./testing/lab.ts";

const reply = { usage: { prompt_tokens: 3, completion_tokens: 4 } };

/** An assignment, and what was recorded under it. */
function setUp() {
  const { modelab, sent, reports } = lab();
  const assignment = modelab.assign("tone", { userId: "u" });
  assert.ok(assignment !== null);
  return {
    assignment,
    reports,
    executions: async () => (await sent()).executions,
  };
}

Deno.test("run() gives the config to its call, and gives its value back", async () => {
  const { assignment, executions } = setUp();
  const value = assignment.run((config) => {
    assert.equal(config, assignment.config);
    return reply;
  });
  assert.equal(value, reply);
  const promised = assignment.run(() => Promise.resolve(reply));
  assert.ok(promised instanceof Promise);
  assert.equal(await promised, reply);
  const records = await executions();
  assert.deepEqual(records.map((record) => record["input_tokens"]), [3, 3]);
  assert.deepEqual(
    records.map((record) => record["model"]),
    [assignment.config["model"], assignment.config["model"]],
  );
  assert.ok(records.every((record) => Number(record["latency_ms"]) >= 0));
});

Deno.test("run() says what it needs when it is given no function", async () => {
  const { assignment, executions } = setUp();
  assert.throws(() => callAnything(assignment, "run"), {
    name: "ModelabError",
    message: "Cannot run: the call must be a function of the variant's " +
      "config, got undefined",
  });
  assignment.run(() => reply);
  assert.equal((await executions()).length, 1);
});

Deno.test("run() records what its call throws, and throws it on", async () => {
  const { assignment, executions } = setUp();
  const error = new Error("broken");
  assert.throws(() =>
    assignment.run(() => {
      throw error;
    }), (caught) => caught === error);
  await assert.rejects(
    assignment.run(() => Promise.reject(error)),
    (caught) => caught === error,
  );
  await assert.rejects(assignment.run(() => Promise.reject(undefined)));
  const abort = new DOMException("stopped", "AbortError");
  await assert.rejects(assignment.run(() => Promise.reject(abort)));
  const records = await executions();
  assert.deepEqual(
    records.map(({ error, aborted }) => [error, aborted]),
    [
      ["Error: broken", undefined],
      ["Error: broken", undefined],
      ["unknown error", undefined],
      // Whoever left is no fault of the model.
      [null, true],
    ],
  );
});

Deno.test("run() records a fetch() that the provider refused as an error, and says what to give back", async () => {
  const { assignment, executions, reports } = setUp();
  const refused = new Response("{}", { status: 429 });
  assert.equal(await assignment.run(() => Promise.resolve(refused)), refused);
  await assignment.run(() => Promise.resolve(new Response("{}")));
  const records = await executions();
  assert.deepEqual(records.map(({ error }) => error), ["status 429", null]);
  assert.match(
    String(reports[0]?.message),
    /gave no known token counts, but Response .*when its parsed body is given/,
  );
});

Deno.test("run() leaves a rejection that nobody handles unhandled", async () => {
  const { assignment, executions } = setUp();
  const { promise, resolve } = Promise.withResolvers<unknown>();
  addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    resolve(event.reason);
  }, { once: true });
  void assignment.run(() => Promise.reject("nobody listens"));
  assert.equal(await promise, "nobody listens");
  assert.equal((await executions())[0]?.["error"], "nobody listens");
});

Deno.test("run() keeps what belongs to a promise, and to one of another class", async () => {
  const { assignment, executions } = setUp();
  const tagged = assignment.run(() =>
    Object.assign(Promise.resolve(reply), { tag: 7 })
  );
  assert.equal(tagged.tag, 7);
  assert.equal(await tagged, reply);
  let asked = 0;
  const lazy = {
    then(onValue: (value: typeof reply) => unknown) {
      asked++;
      return Promise.resolve(onValue(reply));
    },
  };
  const same = assignment.run(() => lazy);
  assert.equal(same, lazy);
  assert.equal(asked, 0, "asked before the host asked");
  assert.equal(await same, reply);
  assert.equal(asked, 1);
  const frozen = Object.freeze({ ...lazy });
  assert.equal(await assignment.run(() => frozen), reply);
  assert.equal((await executions()).length, 3);
});

Deno.test("run() takes steps and whatever else is known; that wins over what was read", async () => {
  const { assignment, executions } = setUp();
  await assignment.run(() => Promise.resolve(reply), {
    step: "plan",
    model: "m-9",
    outputTokens: 40,
    metadata: { tier: "pro" },
  });
  await assignment.run(() => Promise.resolve(reply), { step: "write" });
  const records = await executions();
  assert.deepEqual(
    records.map(({ step, output_tokens }) => [step, output_tokens]),
    [["plan", 40], ["write", 4]],
  );
  assert.equal(records[0]?.["model"], "m-9");
  assert.deepEqual(records[0]?.["metadata_json"], { tier: "pro" });
});

Deno.test("run() hands a bare ReadableStream's parts through as they are, one by one", async () => {
  const { assignment, executions } = setUp();
  const chunks = ["a", "b", "c"].map((text) => new TextEncoder().encode(text));
  let pulled = 0;
  const source = () =>
    new ReadableStream<Uint8Array>({
      pull(controller) {
        const chunk = chunks[pulled++];
        if (chunk === undefined) controller.close();
        else controller.enqueue(chunk);
      },
    }, { highWaterMark: 0 });
  const stream = assignment.run(source);
  assert.ok(stream instanceof ReadableStream);
  assert.equal(pulled, 0, "read ahead of its reader");
  const seen: Uint8Array[] = [];
  for await (const chunk of stream) {
    seen.push(chunk);
    assert.equal(pulled, seen.length, "read ahead of its reader");
  }
  assert.deepEqual(seen.map((chunk, i) => chunk === chunks[i]), [
    true,
    true,
    true,
  ]);
  pulled = 0;
  const body = new Response(assignment.run(source));
  assert.equal(await body.text(), "abc");
  pulled = 0;
  await assignment.run(source).cancel("enough");
  const records = await executions();
  assert.deepEqual(records.map(({ aborted }) => aborted), [
    undefined,
    undefined,
    true,
  ]);
});

Deno.test("run() records a bare stream's error, and lets it through", async () => {
  const { assignment, executions } = setUp();
  const error = new Error("connection lost");
  const stream = assignment.run(() =>
    new ReadableStream({
      pull(controller) {
        controller.error(error);
      },
    })
  );
  await assert.rejects(Array.fromAsync(stream), (caught) => caught === error);
  assert.equal((await executions())[0]?.["error"], "Error: connection lost");
});

Deno.test("run() follows generators, with their values in both directions", async () => {
  const { assignment, executions } = setUp();
  async function* talk(): AsyncGenerator<number, string, number> {
    const first = yield 1;
    const second = yield first + 1;
    await Promise.resolve();
    return `${second}`;
  }
  const generator = talk();
  const same = assignment.run(() => generator);
  assert.equal(same, generator);
  assert.deepEqual(await same.next(), { done: false, value: 1 });
  assert.deepEqual(await same.next(5), { done: false, value: 6 });
  assert.deepEqual(await same.next(7), { done: true, value: "7" });
  const thrown = assignment.run(talk);
  await thrown.next();
  await assert.rejects(thrown.throw(new Error("no")), /no/);
  const records = await executions();
  assert.deepEqual(records.map(({ error }) => error), [null, "Error: no"]);
});

Deno.test("run() follows an iterator that has no return()", async () => {
  const { assignment, executions } = setUp();
  const source = () => ({
    [Symbol.asyncIterator]: () => ({
      next: () => Promise.resolve({ done: false as const, value: reply }),
    }),
  });
  for await (const part of assignment.run(source)) {
    assert.equal(part, reply);
    break;
  }
  const [record] = await executions();
  assert.equal(record?.["aborted"], true);
  assert.equal(record?.["input_tokens"], 3);
});

Deno.test("run() follows Node's streams by their events", async () => {
  const { assignment, executions } = setUp();
  const stream = assignment.run(() => Readable.from([reply, "end"]));
  assert.ok(stream instanceof Readable);
  assert.deepEqual(await stream.toArray(), [reply, "end"]);
  const gone = assignment.run(() => Readable.from(["a", "b"]));
  gone.destroy();
  await new Promise((resolve) => gone.once("close", resolve));
  const records = await executions();
  assert.deepEqual(records.map(({ aborted }) => aborted), [undefined, true]);
});

Deno.test("run() survives values that throw when they are looked at", async () => {
  const { assignment, executions } = setUp();
  const throwing = new Proxy({}, {
    get() {
      throw new Error("no");
    },
    getPrototypeOf() {
      throw new Error("no");
    },
    defineProperty() {
      throw new Error("no");
    },
  });
  assert.equal(assignment.run(() => throwing), throwing);
  const frozen = Object.freeze({
    async *[Symbol.asyncIterator]() {
      yield await Promise.resolve(1);
    },
  });
  assert.deepEqual(await Array.fromAsync(assignment.run(() => frozen)), [1]);
  for (const value of [undefined, null, 0, "text", 5n, Symbol("s")]) {
    assert.equal(assignment.run(() => value), value);
  }
  assert.equal((await executions()).length, 8);
});
