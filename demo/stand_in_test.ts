import assert from "node:assert/strict";
import { readUsage } from "../engine/usage.ts";
import { askModel } from "./chat_client.ts";
import { PROCESSING_HEADER } from "./chat_wire.ts";
import type { ChatRequest } from "./chat_wire.ts";
import { MODELS } from "./models.ts";
import { standIn } from "./stand_in.ts";

function requestOf(body: unknown, path = "/v1/chat/completions"): Request {
  return new Request(`http://127.0.0.1${path}`, {
    method: "POST",
    body: JSON.stringify(body),
  });
}

function chat(seed: number): ChatRequest {
  return {
    model: "reply-large",
    seed,
    messages: [{ role: "user", content: "Hello?" }],
  };
}

Deno.test("the stand-in answers in a form from which the SDK reads every token", async () => {
  const response = await standIn(requestOf(chat(3)));
  assert.equal(response.status, 200);
  assert.match(response.headers.get(PROCESSING_HEADER) ?? "", /^[1-9]\d*$/);
  const usage = readUsage(await response.json());
  const { promptTokens, completionTokens } = MODELS["reply-large"];
  assert.ok((usage.inputTokens ?? 0) >= promptTokens.least);
  assert.ok((usage.outputTokens ?? 0) >= completionTokens.least);
  assert.equal(usage.cacheReadTokens, 1024);
  assert.equal(usage.reasoningTokens, 0);
  assert.equal(usage.responseModel, "reply-large");
});

Deno.test("the stand-in gives the same answer to the same request", async () => {
  const answers = await Promise.all(
    [1, 1, 2].map(async (seed) => {
      const response = await standIn(requestOf(chat(seed)));
      const { usage } = await response.json();
      return [response.headers.get(PROCESSING_HEADER), usage];
    }),
  );
  assert.deepEqual(answers[0], answers[1]);
  assert.notDeepEqual(answers[0], answers[2]);
});

Deno.test("the stand-in fails as often as its model says, and the app sees why", async () => {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    standIn,
  );
  const provider = `http://127.0.0.1:${server.addr.port}`;
  const replies = [];
  for (let seed = 0; seed < 1000; seed++) {
    replies.push(await askModel(provider, chat(seed)));
  }
  await server.shutdown();
  const failed = replies.filter(({ error }) => error !== null);
  assert.ok(Math.abs(failed.length / 1000 - 0.02) < 0.01, `${failed.length}`);
  assert.ok(failed.every((reply) => reply.completion === null));
  const errors = new Set(failed.map(({ error }) => error?.slice(0, 3)));
  assert.deepEqual([...errors].sort(), ["429", "500"]);
});

Deno.test("the stand-in refuses what no provider would take", async () => {
  for (
    const [body, path, status] of [
      [chat(1), "/v1/other", 404],
      [{ ...chat(1), model: "__proto__" }, undefined, 404],
      [{ ...chat(1), seed: "1" }, undefined, 400],
      [{ ...chat(1), messages: null }, undefined, 400],
      [null, undefined, 404],
    ] as const
  ) {
    const response = await standIn(requestOf(body, path));
    assert.equal(response.status, status);
    assert.equal(typeof (await response.json()).error.message, "string");
  }
});
