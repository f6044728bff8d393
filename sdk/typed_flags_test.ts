import assert from "node:assert/strict";
import type { Flag } from "../engine/flag.ts";
import type { JsonObject } from "../engine/records.ts";
import { init, reset } from "./default_client.ts";
import { Modelab } from "./modelab.ts";

// What is to be seen here is that this compiles, and that a line which is
// expected to be an error is one.

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends
  (<T>() => T extends B ? 1 : 2) ? true : false;

function isType<Expected>() {
  return <Actual>(_: Actual, __: Equal<Actual, Expected>): void => {};
}

const user = { userId: "user_123" };

const REPLY = {
  name: "reply",
  variants: [
    { name: "plain" },
    { name: "long", config: { maxTokens: 900, stop: ["\n"] } },
  ],
} as const;

function client() {
  return new Modelab({
    server: null,
    flags: [
      {
        name: "summarizer",
        variants: [
          { name: "control", config: { model: "small", temperature: 0 } },
          { name: "treatment", config: { model: "large" } },
        ],
      },
      REPLY,
    ],
  });
}

Deno.test("a client knows the names of its flags and their variants", () => {
  const modelab = client();
  const assignment = modelab.assign("summarizer", user);
  isType<"control" | "treatment" | undefined>()(assignment?.variantName, true);
  isType<"plain" | "long" | undefined>()(
    modelab.peek("reply", user)?.variantName,
    true,
  );
  // @ts-expect-error No flag has this name.
  assert.throws(() => modelab.assign("sumarizer", user));
  // @ts-expect-error No flag has this name.
  assert.throws(() => modelab.peek("sumarizer", user));
  modelab.override("reply", "long");
  // @ts-expect-error It is a variant of another flag.
  assert.throws(() => modelab.override("reply", "control"));
  // @ts-expect-error No variant has this name.
  if (assignment?.variantName === "contrl") assert.fail();
});

Deno.test("a client knows each config's type", () => {
  const modelab = client();
  const assignment = modelab.assign("summarizer", user);
  isType<"small" | "large" | undefined>()(assignment?.config.model, true);
  // What one variant has and another has not may be undefined.
  isType<0 | undefined>()(assignment?.config.temperature, true);
  // @ts-expect-error No variant's config has this.
  assert.equal(assignment?.config.topP, undefined);
  const reply = modelab.peek("reply", user);
  if (reply !== null) {
    isType<["\n"] | undefined>()(reply.config.stop, true);
    isType<900 | undefined>()(reply.config.maxTokens, true);
  }
  // As providers want them: arrays that are not read-only.
  const stop: string[] | undefined = reply?.config.stop;
  const maxTokens: number | undefined = reply?.config.maxTokens;
  assert.equal(stop === undefined, maxTokens === undefined);
});

Deno.test("init() gives a client that knows the flags, and types its overrides", async () => {
  const modelab = init({
    server: null,
    flags: [{ name: "tone", variants: [{ name: "a" }, { name: "b" }] }],
    overrides: { tone: "b" },
  });
  isType<"a" | "b" | undefined>()(
    modelab.assign("tone", user)?.variantName,
    true,
  );
  assert.throws(() =>
    init({
      server: null,
      flags: [{ name: "tone", variants: [{ name: "a" }, { name: "b" }] }],
      // @ts-expect-error No variant has this name.
      overrides: { tone: "c" },
    })
  );
  await reset();
});

Deno.test("a flag without configs has empty ones", () => {
  const modelab = new Modelab({
    server: null,
    flags: [{ name: "tone", variants: [{ name: "a" }] }],
  });
  const assignment = modelab.assign("tone", user);
  assert.equal(
    assignment?.run(({ ...config }) => Object.keys(config).length),
    0,
  );
});

Deno.test("flags whose names are not known to TypeScript take any name", () => {
  const flags: Flag[] = [{ name: "tone", variants: [{ name: "a" }] }];
  const modelab = new Modelab({ server: null, flags });
  const assignment = modelab.assign("tone", user);
  isType<string | undefined>()(assignment?.variantName, true);
  isType<JsonObject | undefined>()(assignment?.config, true);
  const some: Modelab = client();
  assert.equal(some.peek("reply", user)?.flagName, "reply");
});
