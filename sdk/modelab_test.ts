import assert from "node:assert/strict";
import { InvalidFlagError, ModelabError } from "../engine/modelab_error.ts";
import { FlagNotFoundError } from "./errors.ts";
import { callAnything, lab } from "./testing/lab.ts";

Deno.test("assign() returns the user's variant with a config of its own", async () => {
  const { modelab } = lab();
  const context = { userId: "user_123", sessionId: "s" };
  const first = modelab.assign("tone", context);
  const second = modelab.assign("tone", context);
  assert.ok(first !== null && second !== null);
  assert.equal(first.flagName, "tone");
  assert.equal(first.variantName, second.variantName);
  assert.equal(
    first.config["model"],
    first.variantName === "formal" ? "m1" : "m2",
  );
  assert.notEqual(first.config, second.config);
  assert.notEqual(first.assignmentId, second.assignmentId);
  assert.equal(first.context, context);
  await modelab.shutdown();
});

Deno.test("assign() returns null when the user is outside the rollout", async () => {
  const { modelab } = lab();
  assert.equal(modelab.assign("off", { userId: "user_123" }), null);
  assert.equal(modelab.stats().queued, 0);
  await modelab.shutdown();
});

Deno.test("assign() throws for a flag that was not given", async () => {
  const { modelab } = lab();
  assert.throws(
    () => modelab.assign("other", { userId: "u" }),
    (error) =>
      error instanceof FlagNotFoundError && error.flagName === "other" &&
      error instanceof ModelabError,
  );
  await modelab.shutdown();
});

Deno.test("assign() returns null and reports when there is no user id", () => {
  const { modelab, reports } = lab({ server: null });
  for (const context of [undefined, null, {}, { userId: null }]) {
    assert.equal(callAnything(modelab, "assign", "tone", context), null);
  }
  assert.deepEqual(
    reports.map(({ code }) => code),
    new Array(4).fill("invalid_context"),
  );
});

Deno.test("assign() does not throw what a getter of its context throws", async () => {
  const { modelab, reports, sent } = lab();
  const broken = {
    get userId(): string {
      throw new Error("no");
    },
  };
  assert.equal(modelab.assign("tone", broken), null);
  const assignment = modelab.assign("tone", {
    userId: "u",
    get sessionId(): string {
      throw new Error("no");
    },
  });
  assert.ok(assignment !== null);
  assert.deepEqual(
    reports.map(({ code }) => code),
    ["invalid_context", "record_altered"],
  );
  assert.equal(modelab.stats().altered, 1);
  assert.equal((await sent()).assignments[0]?.["session_id"], "");
});

Deno.test("assign() reads a number as its digits, as Python does", () => {
  const { modelab } = lab({ server: null });
  for (let id = 0; id < 20; id++) {
    assert.equal(
      callAnything(modelab, "assign", "tone", { userId: id }).variantName,
      modelab.assign("tone", { userId: String(id) })?.variantName,
    );
  }
});

Deno.test("evaluate() sends what waits, then asks with the read key", async () => {
  const name = "a/b ?#%😀";
  const evaluation = { flag_name: name, variants: [{ variant_name: "a" }] };
  const { modelab, requests } = lab({
    apiKey: "write",
    readKey: "read",
    flags: [{ name, variants: [{ name: "a" }] }],
  }, ({ method }) =>
    Response.json(
      method === "GET"
        ? evaluation
        : { accepted: 1, duplicates: 0, rejected: [] },
    ));
  modelab.assign(name, { userId: "u" });
  assert.deepEqual(await modelab.evaluate(name), evaluation);
  assert.deepEqual(
    requests.map(({ method, url, headers }) => [
      method,
      url,
      headers.get("X-API-Key"),
    ]),
    [
      ["POST", "http://lab.example/api/v1/ingest", "write"],
      [
        "GET",
        "http://lab.example/api/v1/flags/a%2Fb%20%3F%23%25%F0%9F%98%80",
        "read",
      ],
    ],
  );
  await modelab.shutdown();
});

Deno.test("evaluate() returns null and reports why when there is no answer", async () => {
  const cases: readonly [Response | Error, string][] = [
    [new Response(null, { status: 404 }), "evaluation_empty"],
    [new Response(null, { status: 500 }), "evaluation_failed"],
    [new Response(null, { status: 401 }), "evaluation_failed"],
    [new Response("<html>"), "evaluation_failed"],
    [Response.json({ flag_name: "tone" }), "evaluation_failed"],
    [Response.json({ flag_name: "tone", variants: [1] }), "evaluation_failed"],
    [new TypeError("refused"), "evaluation_failed"],
  ];
  for (const [answer, code] of cases) {
    const { modelab, reports } = lab({}, () => {
      if (answer instanceof Error) throw answer;
      return answer;
    });
    assert.equal(await modelab.evaluate("tone"), null);
    assert.deepEqual(reports.map((report) => report.code), [code]);
    await modelab.shutdown();
  }
});

Deno.test("evaluate() rejects for a flag that was not given", async () => {
  const { modelab } = lab({ server: null });
  await assert.rejects(modelab.evaluate("other"), FlagNotFoundError);
});

Deno.test("a client without a server decides and counts, and sends nothing", async () => {
  const { modelab, requests, reports } = lab({ server: null });
  const assignment = modelab.assign("tone", { userId: "u" });
  assignment?.markSuccess();
  await modelab.flush();
  assert.equal(await modelab.evaluate("tone"), null);
  await modelab.shutdown();
  assert.equal(requests.length, 0);
  assert.equal(modelab.stats().dropped, 2);
  assert.deepEqual(reports.map(({ code }) => code), ["evaluation_failed"]);
});

Deno.test("a client refuses an invalid flag", () => {
  assert.throws(
    () => lab({ flags: [{ name: "tone", variants: [] }] }),
    InvalidFlagError,
  );
});

Deno.test("a client warns about settings that do not do what they say", () => {
  const loop: Record<string, unknown> = {};
  loop["self"] = loop;
  const { reports } = lab({
    server: null,
    flags: [
      {
        name: "tone",
        variants: [{ name: "a" }, { name: "b" }],
        rolloutPct: 0.5,
      },
      { name: "tone", variants: [{ name: "a", config: loop }] },
    ],
  });
  assert.deepEqual(
    reports.map(({ code, message }) => [code, message.slice(0, 50)]),
    [
      ["flag_setting", 'Flag "tone": rolloutPct 0.5 and weights 50/50 give'],
      ["flag_setting", 'Flag "tone": the config of variant "a" cannot be s'],
      ["flag_setting", 'Flag "tone" is defined more than once; the last de'],
    ],
  );
});

Deno.test("an option that there is not is reported", () => {
  const options = { batchsize: 5, apikey: "k", batchSize: 5 };
  const { reports } = lab({ server: null, ...options });
  assert.deepEqual(
    reports.map(({ code, message }) => [code, message]),
    ["batchsize", "apikey"].map((name) => [
      "option_unknown",
      `There is no option "${name}": it does nothing`,
    ]),
  );
});

Deno.test("an onError that throws does no harm", async () => {
  const { modelab } = lab({
    onError: () => {
      throw new Error("no");
    },
  }, () => {
    throw new Error("down");
  });
  modelab.assign("tone", { userId: "u" })?.record(null, {
    metadata: { big: 1n },
  });
  await modelab.shutdown();
  assert.equal(modelab.stats().dropped, 2);
});

Deno.test("peek() decides as assign() does, and records nothing", async () => {
  const { modelab, requests } = lab();
  for (let id = 0; id < 20; id++) {
    const peeked = modelab.peek("tone", { userId: `u${id}` });
    const assigned = lab({ server: null }).modelab
      .assign("tone", { userId: `u${id}` });
    assert.deepEqual(peeked, {
      flagName: "tone",
      variantName: assigned?.variantName,
      config: { ...assigned?.config },
      overridden: false,
    });
  }
  assert.equal(modelab.peek("off", { userId: "u" }), null);
  assert.throws(() => modelab.peek("x", { userId: "u" }), FlagNotFoundError);
  assert.equal(modelab.stats().queued, 0);
  await modelab.shutdown();
  assert.equal(requests.length, 0);
});

Deno.test("an override gives its variant to everybody, and marks the records", async () => {
  const { modelab, sent } = lab({ overrides: { tone: "casual", off: "a" } });
  for (let id = 0; id < 10; id++) {
    const context = { userId: `u${id}` };
    assert.equal(modelab.peek("tone", context)?.overridden, true);
    assert.equal(modelab.assign("tone", context)?.variantName, "casual");
    assert.equal(modelab.assign("off", context)?.variantName, "a");
  }
  modelab.override("tone", null);
  modelab.override("off", null);
  assert.equal(modelab.assign("tone", { userId: "u" })?.overridden, false);
  assert.equal(modelab.assign("off", { userId: "u" }), null);
  const { assignments } = await sent();
  assert.deepEqual(
    assignments.map((record) => record["overridden"]),
    [...new Array(20).fill(true), undefined],
  );
});

Deno.test("an override of what there is not throws", async () => {
  assert.throws(
    () => lab({ overrides: { tone: "loud" } }),
    (error) =>
      error instanceof InvalidFlagError &&
      error.message === 'Cannot override flag "tone": the variant must be ' +
          'one of "formal", "casual", got "loud"',
  );
  assert.throws(() => lab({ overrides: { x: "a" } }), FlagNotFoundError);
  const { modelab } = lab();
  assert.throws(() => modelab.override("tone", "loud"), InvalidFlagError);
  await modelab.shutdown();
});

Deno.test("MODELAB_OVERRIDES forces variants, and says so", () => {
  const read = (value: string) => {
    Deno.env.set("MODELAB_OVERRIDES", value);
    try {
      return lab({ server: null });
    } finally {
      Deno.env.delete("MODELAB_OVERRIDES");
    }
  };
  const { modelab, reports } = read("tone=casual,other=x,off=y");
  const variants = new Set(
    Array.from(
      { length: 20 },
      (_, id) => modelab.assign("tone", { userId: `u${id}` })?.variantName,
    ),
  );
  assert.deepEqual([...variants], ["casual"]);
  assert.deepEqual(reports.map(({ code, message }) => `${code}: ${message}`), [
    'flag_setting: MODELAB_OVERRIDES gives variant "casual" of flag "tone" ' +
    "to everybody; no figure counts that",
    'flag_setting: MODELAB_OVERRIDES is ignored: Flag not found: "other"',
    'flag_setting: MODELAB_OVERRIDES is ignored: Cannot override flag "off": ' +
    'the variant must be one of "a", got "y"',
  ]);
  const [wrong] = read("tone").reports;
  assert.match(wrong?.message ?? "", /must be flag=variant.*got "tone"/);
  assert.deepEqual(read("").reports, []);
});

Deno.test("MODELAB_OVERRIDES is not read where that is not permitted", async () => {
  const { stdout, stderr, code } = await new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      `import { Modelab } from ${
        JSON.stringify(new URL("./modelab.ts", import.meta.url).href)
      };
const { state } = await Deno.permissions.revoke({ name: "env" });
const modelab = new Modelab({
  server: null,
  flags: [{ name: "tone", variants: [{ name: "a" }, { name: "b" }] }],
});
console.log(state, modelab.peek("tone", { userId: "u" })?.overridden);`,
    ],
    env: { MODELAB_OVERRIDES: "tone=b", NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  assert.equal(code, 0, decoder.decode(stderr));
  assert.equal(decoder.decode(stdout).trim(), "prompt false");
});
