import assert from "node:assert/strict";

// A process of its own, whose engine can be told to collect what is dropped.
const HOST = `
import { Modelab } from ${
  JSON.stringify(new URL("../modelab.ts", import.meta.url).href)
};
import { MemoryStorage } from ${
  JSON.stringify(new URL("../test_kit/memory_storage.ts", import.meta.url).href)
};
const storage = new MemoryStorage();
const lab = new Modelab({
  server: null,
  storage,
  flags: [{ name: "tone", variants: [{ name: "a" }] }],
});
const assignment = lab.assign("tone", { userId: "u" });
const readable = () => new ReadableStream({
  async pull(controller) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    controller.enqueue({ choices: [{ delta: { content: "x" } }] });
    if (++parts > 9) controller.close();
  },
}, { highWaterMark: 0 });
let parts = 0;
const iterable = () => ({
  async *[Symbol.asyncIterator]() {
    for (let i = 0; i < 10; i++) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      yield { choices: [{ delta: { content: "x" } }] };
    }
  },
});
const collect = async () => {
  for (let turn = 0; turn < 5; turn++) {
    gc();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
};
const calls = {
  readable,
  iterable,
  generator: () => iterable()[Symbol.asyncIterator](),
  inner: () => ({ stream: iterable() }),
};
for (const [step, call] of Object.entries(calls)) {
  // Never read.
  (() => void assignment.run(call, { step: step + " dropped" }))();
  // Read on, while nothing but the reading holds on to it.
  parts = 0;
  const read = (async () => {
    const stream = assignment.run(call, { step: step + " read" });
    for await (const _ of stream.stream ?? stream) await collect();
  })();
  await read;
}
for (let turn = 0; turn < 200 && storage.executions.length < 8; turn++) {
  await collect();
}
console.log(JSON.stringify(
  storage.executions.map(({ step, aborted, latency_ms }) => [
    step,
    aborted ?? false,
    latency_ms === null,
  ]).sort(),
));
`;

Deno.test("a stream that is dropped unread is recorded as broken off, and one that is read is not", async () => {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--v8-flags=--expose-gc", HOST],
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  assert.ok(success, decoder.decode(stderr));
  assert.deepEqual(
    JSON.parse(decoder.decode(stdout)),
    ["generator", "inner", "iterable", "readable"].flatMap((step) => [
      [`${step} dropped`, true, true],
      [`${step} read`, false, false],
    ]),
  );
});
