import assert from "node:assert/strict";
import { ErrorCode, OpenFeature, type Provider } from "@openfeature/server-sdk";
import { lab } from "../testing/lab.ts";
import { ModelabProvider, type ModelabProviderOptions } from "./provider.ts";

// The numbers are those of the OpenFeature specification, version 0.8.

const flags = [
  { name: "text", variants: [{ name: "a", config: { value: "gpt" } }] },
  { name: "number", variants: [{ name: "a", config: { value: 0.2 } }] },
  { name: "switch", variants: [{ name: "off", config: { value: false } }] },
  {
    name: "object",
    variants: [{ name: "a", config: { value: { model: "m", stop: ["x"] } } }],
  },
  { name: "whole", variants: [{ name: "a", config: { model: "m" } }] },
  {
    name: "split",
    variants: [
      { name: "one", config: { value: "1" } },
      { name: "two", config: { value: "2" } },
    ],
  },
  { name: "nobody", variants: [{ name: "a" }], rolloutPct: 0 },
  { name: "few", variants: [{ name: "a" }], rolloutPct: 0.01 },
] as const;

const context = { targetingKey: "user_123", sessionId: "s1", plan: "pro" };
let domains = 0;

/** A client of OpenFeature, and the modelab client behind it. */
async function open(options: ModelabProviderOptions = {}) {
  const bench = lab({ flags, overrides: { split: "two" } });
  const provider = new ModelabProvider(bench.modelab, options);
  // The types of the package itself: a provider that did not fit would not compile.
  const typed: Provider = provider;
  const domain = `domain-${domains++}`;
  await OpenFeature.setProviderAndWait(domain, typed);
  return { ...bench, provider, client: OpenFeature.getClient(domain) };
}

Deno.test("2.1.1: the provider's metadata has its name", async () => {
  const { client } = await open();
  assert.equal(client.metadata.providerMetadata.name, "modelab");
});

Deno.test("2.2.2.1, 2.2.3: each type's method gives the value of the config", async () => {
  const { client } = await open();
  assert.equal(await client.getStringValue("text", "", context), "gpt");
  assert.equal(await client.getNumberValue("number", 1, context), 0.2);
  assert.equal(await client.getBooleanValue("switch", true, context), false);
  assert.deepEqual(await client.getObjectValue("object", {}, context), {
    model: "m",
    stop: ["x"],
  });
  assert.deepEqual(await client.getObjectValue("whole", {}, context), {
    model: "m",
  });
});

Deno.test("2.2.4 to 2.2.6, 2.2.9, 2.3.2: the details have variant, reason and metadata, and no error", async () => {
  const { client, provider } = await open();
  const details = await client.getStringDetails("text", "", context);
  const { assignmentId } = provider.assignment("text", "user_123") ?? {};
  assert.ok(assignmentId !== undefined);
  assert.deepEqual(details, {
    flagKey: "text",
    value: "gpt",
    variant: "a",
    reason: "SPLIT",
    flagMetadata: { assignmentId, overridden: false },
  });
});

Deno.test("2.2.5: a variant that was forced is STATIC", async () => {
  const { client } = await open();
  const details = await client.getStringDetails("split", "", context);
  assert.deepEqual([details.value, details.variant, details.reason], [
    "2",
    "two",
    "STATIC",
  ]);
  assert.equal(details.flagMetadata["overridden"], true);
});

Deno.test("2.2.5: a user outside the rollout gets the default, and is not recorded", async () => {
  const { client, modelab } = await open();
  const details = await client.getStringDetails("few", "mine", context);
  assert.deepEqual(details, {
    flagKey: "few",
    value: "mine",
    reason: "DEFAULT",
    flagMetadata: {},
  });
  assert.equal(modelab.stats().queued, 0);
});

Deno.test("2.2.5: a flag that lets nobody in is DISABLED, unless it is overridden", async () => {
  const { client, modelab } = await open();
  const details = await client.getStringDetails("nobody", "mine", context);
  assert.deepEqual(details, {
    flagKey: "nobody",
    value: "mine",
    reason: "DISABLED",
    flagMetadata: {},
  });
  assert.equal(modelab.stats().queued, 0);
  modelab.override("nobody", "a");
  const { reason } = await client.getObjectDetails("nobody", {}, context);
  assert.equal(reason, "STATIC");
});

Deno.test("2.2.7, 2.3.3: an error has a code and a message, gives the default, and records nothing", async () => {
  const { client, modelab } = await open();
  const cases = [
    [await client.getStringDetails("none", "mine", context), "FLAG_NOT_FOUND"],
    [await client.getStringDetails("number", "mine", context), "TYPE_MISMATCH"],
    [await client.getStringDetails("whole", "mine", context), "TYPE_MISMATCH"],
    [await client.getStringDetails("text", "mine"), "TARGETING_KEY_MISSING"],
    [
      await client.getStringDetails("text", "mine", { targetingKey: "" }),
      "TARGETING_KEY_MISSING",
    ],
  ] as const;
  for (const [details, code] of cases) {
    assert.equal(details.value, "mine");
    assert.equal(details.reason, "ERROR");
    assert.equal(details.errorCode, ErrorCode[code]);
    assert.ok((details.errorMessage ?? "").length > 10);
  }
  assert.equal(modelab.stats().queued, 0);
});

Deno.test("2.2.1, 3.1.1: the targeting key is the user, and sessionId the session", async () => {
  const { client, sent } = await open();
  await client.getStringValue("text", "", context);
  const { assignments: [record] } = await sent();
  assert.equal(record?.["user_id"], "user_123");
  assert.equal(record?.["session_id"], "s1");
  assert.equal(record?.["flag_name"], "text");
});

Deno.test("2.7.1: tracking events mark the user's assignments, or one flag's", async () => {
  const { client, sent } = await open();
  await client.getStringValue("text", "", context);
  await client.getNumberValue("number", 0, context);
  client.track("success", context);
  client.track("failure", context, {
    flagKey: "number",
    value: 3,
    why: "slow",
  });
  client.track("rated", context, { value: 4, flagKey: "text", stars: true });
  const { events } = await sent();
  assert.deepEqual(
    events.map(({ flag_name, event_type, event_name, payload_json, value }) => [
      flag_name,
      event_type,
      event_name,
      payload_json,
      value,
    ]),
    [
      ["text", "success", "", {}, undefined],
      ["number", "success", "", {}, undefined],
      ["number", "failure", "", { value: 3, why: "slow" }, undefined],
      ["text", "custom", "rated", { stars: true }, 4],
    ],
  );
});

Deno.test("2.7.1: a tracking event without an assignment is told, and throws nothing", async () => {
  const untracked: string[] = [];
  const { client, modelab } = await open({
    maxUsers: 2,
    onUntracked: (name, user) => untracked.push(`${name} ${user}`),
  });
  for (const targetingKey of ["first", "second", "third"]) {
    await client.getStringValue("text", "", { targetingKey });
  }
  for (const targetingKey of ["first", "second", "never"]) {
    client.track("success", { targetingKey });
  }
  client.track("success");
  assert.deepEqual(untracked, ["success first", "success never", "success "]);
  assert.equal(modelab.stats().queued, 4);
});

Deno.test("2.5.1, 2.7: closing sends what waits, and leaves the client to its maker", async () => {
  const { client, modelab } = await open();
  await client.getStringValue("text", "", context);
  client.track("success", context);
  assert.equal(modelab.stats().queued, 2);
  await OpenFeature.close();
  assert.equal(modelab.stats().queued, 0);
  assert.ok(modelab.assign("text", { userId: "u" }) !== null);
  assert.equal(modelab.stats().queued, 1);
  await modelab.shutdown();
});
