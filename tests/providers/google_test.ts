import { GoogleGenAI } from "@google/genai";
import assert from "node:assert/strict";
import { partsOf, runRecorded, usageOf } from "./run_recorded.ts";
import { type Route, withStandIn } from "./stand_in.ts";

const content = (text: string) => ({
  candidates: [{
    content: { role: "model", parts: [{ text }] },
    index: 0,
  }],
  modelVersion: "gemini-2.5-flash-001",
  responseId: "r-1",
});
const usageMetadata = {
  promptTokenCount: 90,
  toolUsePromptTokenCount: 10,
  candidatesTokenCount: 20,
  thoughtsTokenCount: 30,
  cachedContentTokenCount: 60,
  totalTokenCount: 150,
};
const read = {
  input_tokens: 100,
  output_tokens: 50,
  cache_read_tokens: 60,
  reasoning_tokens: 30,
  response_model: "gemini-2.5-flash-001",
};
const route: Route = {
  plain: { json: { ...content("Hello!"), usageMetadata } },
  stream: {
    sse: [
      {
        ...content("Hel"),
        usageMetadata: { promptTokenCount: 90, candidatesTokenCount: 1 },
      },
      { ...content("lo!"), usageMetadata },
    ],
  },
  isStream: (path) => path.includes("streamGenerateContent"),
};
const request = { model: "gemini-2.5-flash", contents: "Hi" };
const models = (url: string) =>
  new GoogleGenAI({ apiKey: "key", httpOptions: { baseUrl: url } }).models;

Deno.test("run() reads Gemini, whose thoughts are outside the candidates", async () => {
  await withStandIn(route, async (url) => {
    const { value, execution } = await runRecorded(
      () => models(url).generateContent(request),
      (reply) => reply,
    );
    assert.equal(value.text, "Hello!");
    assert.deepEqual(usageOf(execution), read);
  });
});

Deno.test("run() hands Gemini's generator through", async () => {
  await withStandIn(route, async (url) => {
    const call = () => models(url).generateContentStream(request);
    const plain = await partsOf(await call());
    const { value, execution } = await runRecorded(
      call,
      async (reply) => await partsOf(await reply),
    );
    assert.deepEqual(value, plain);
    assert.deepEqual(usageOf(execution), read);
    assert.equal(typeof execution["ttft_ms"], "number");
    const left = await runRecorded(call, async (reply) => {
      for await (const _ of await reply) break;
    });
    assert.equal(left.execution["aborted"], true);
  });
});
