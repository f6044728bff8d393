import { assign, init, reset } from "@modelab/sdk";
import { forceVariant, MemoryStorage } from "@modelab/sdk/testing";
import assert from "node:assert/strict";
import { InvalidFlagError } from "../../engine/modelab_error.ts";
import { FlagNotFoundError, NotInitializedError } from "../errors.ts";
import { Modelab } from "../modelab.ts";

const flags = [{
  name: "tone",
  variants: [{ name: "formal", config: { model: "m1" } }, { name: "casual" }],
  rolloutPct: 50,
}] as const;

Deno.test("MemoryStorage holds each record as it would be sent, and sends nothing", async () => {
  const storage = new MemoryStorage();
  const modelab = new Modelab({
    server: "http://lab.example",
    fetch: () => Promise.reject(new Error("asked the network")),
    onError() {},
    storage,
    flags,
    overrides: { tone: "formal" },
  });
  const assignment = modelab.assign("tone", { userId: "u", sessionId: "s" });
  await assignment?.run(() =>
    Promise.resolve({ usage: { prompt_tokens: 3, completion_tokens: 4 } })
  );
  assignment?.markCustomEvent("rated", { by: "user" }, 4);
  await modelab.flush();
  const [decision] = storage.assignments;
  assert.deepEqual(
    { ...decision, assigned_at: "" },
    {
      assignment_id: assignment?.assignmentId,
      flag_name: "tone",
      variant_name: "formal",
      user_id: "u",
      session_id: "s",
      config_json: { model: "m1" },
      flag_json: {
        rollout_pct: 50,
        variants: [["formal", 50], ["casual", 50]],
      },
      overridden: true,
      assigned_at: "",
    },
  );
  assert.match(decision?.assigned_at ?? "", /^\d{4}-.*Z$/);
  assert.deepEqual(
    storage.executions.map((call) => [call.model, call.input_tokens]),
    [["m1", 3]],
  );
  assert.deepEqual(
    storage.events.map(({ event_name, value }) => [event_name, value]),
    [["rated", 4]],
  );
  assert.equal(modelab.stats().sent, 3);
  storage.clear();
  assert.equal(storage.assignments.length, 0);
  await modelab.shutdown();
});

Deno.test("forceVariant() gives a variant to everybody until it is released", () => {
  const storage = new MemoryStorage();
  const modelab = new Modelab({ server: null, storage, flags });
  const users = Array.from({ length: 20 }, (_, i) => ({ userId: `u${i}` }));
  const variants = () => [
    ...new Set(users.map((user) => modelab.assign("tone", user)?.variantName)),
  ];
  const before = variants();
  const forced = forceVariant("tone", "casual", modelab);
  assert.deepEqual(variants(), ["casual"]);
  forced.release();
  assert.deepEqual(variants(), before);
  assert.ok(before.includes(undefined), "nobody is outside the rollout");
});

Deno.test("forceVariant() takes the client of init(), and needs one", async () => {
  assert.throws(() => forceVariant("tone", "casual"), NotInitializedError);
  init({ server: null, flags });
  {
    using _ = forceVariant("tone", "casual");
    assert.equal(assign("tone", { userId: "u" })?.variantName, "casual");
  }
  assert.throws(() => forceVariant("tone", "loud"), InvalidFlagError);
  assert.throws(() => forceVariant("other", "a"), FlagNotFoundError);
  const modelab = new Modelab({ server: null, flags });
  // @ts-expect-error The client's flag has no such variant.
  assert.throws(() => forceVariant("tone", "loud", modelab), InvalidFlagError);
  await reset();
});

Deno.test("a client without a server makes no request", async () => {
  const asked = globalThis.fetch;
  globalThis.fetch = () => assert.fail("asked the network");
  try {
    const modelab = init({ server: null, flags, onError() {} });
    modelab.assign("tone", { userId: "u" })?.markSuccess();
    await modelab.flush();
    assert.equal(await modelab.evaluate("tone"), null);
    await reset();
  } finally {
    globalThis.fetch = asked;
  }
});
