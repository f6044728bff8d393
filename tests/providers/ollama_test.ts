import assert from "node:assert/strict";
import { Ollama } from "ollama";
import { partsOf, runRecorded, usageOf } from "./run_recorded.ts";
import { type Route, withStandIn } from "./stand_in.ts";

const part = (content: string) => ({
  model: "llama3.2",
  created_at: "2026-01-01T00:00:00Z",
  message: { role: "assistant", content },
  done: false,
});
const end = {
  ...part(""),
  done: true,
  done_reason: "stop",
  total_duration: 5_000_000,
  load_duration: 1_000_000,
  prompt_eval_count: 100,
  prompt_eval_duration: 1_000_000,
  eval_count: 50,
  eval_duration: 3_000_000,
};
const read = {
  input_tokens: 100,
  output_tokens: 50,
  response_model: "llama3.2",
};
const route: Route = {
  plain: {
    json: { ...end, message: { role: "assistant", content: "Hello!" } },
  },
  stream: { lines: [part("Hel"), part("lo!"), end] },
};
const request = {
  model: "llama3.2",
  messages: [{ role: "user", content: "Hi" }],
};

Deno.test("run() reads Ollama", async () => {
  await withStandIn(route, async (host) => {
    const { execution } = await runRecorded(
      () => new Ollama({ host }).chat({ ...request, stream: false }),
      (reply) => reply,
    );
    assert.deepEqual(usageOf(execution), read);
  });
});

Deno.test("run() leaves unknown what Ollama leaves out when its cache serves", async () => {
  const { prompt_eval_count: _, ...cached } = end;
  await withStandIn({ ...route, plain: { json: cached } }, async (host) => {
    const { execution } = await runRecorded(
      () => new Ollama({ host }).chat({ ...request, stream: false }),
      (reply) => reply,
    );
    assert.equal(execution["input_tokens"], null);
    assert.equal(execution["output_tokens"], 50);
  });
});

Deno.test("run() hands Ollama's stream through", async () => {
  await withStandIn(route, async (host) => {
    const call = () => new Ollama({ host }).chat({ ...request, stream: true });
    const plain = await partsOf(await call());
    const { value, execution } = await runRecorded(
      call,
      async (reply) => await partsOf(await reply),
    );
    assert.deepEqual(value, plain);
    assert.deepEqual(usageOf(execution), read);
    assert.equal(typeof execution["ttft_ms"], "number");
    const stopped = await runRecorded(call, async (reply) => {
      const stream = await reply;
      for await (const _ of stream) break;
    });
    assert.equal(stopped.execution["aborted"], true);
  });
});
