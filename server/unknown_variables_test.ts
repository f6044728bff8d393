import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { variableNames } from "./permissions.ts";
import { unknownVariables } from "./unknown_variables.ts";

Deno.test("a variable that nothing reads is told with the name that it may be meant to have", () => {
  const known = variableNames();
  for (
    const [name, nearest] of [
      ["MODELAB_PROT", "MODELAB_PORT"],
      ["MODELAB_KV_PAHT", "MODELAB_KV_PATH"],
      ["MODELAB_APIKEY", "MODELAB_API_KEY"],
      ["MODELAB_READ_KEYS", "MODELAB_READ_KEY"],
      ["MODELAB_TRUSTED_PROXY", "MODELAB_TRUSTED_PROXIES"],
      ["MODELAB_MAX_RECORD", "MODELAB_MAX_RECORDS"],
    ] as const
  ) {
    assert.deepEqual(unknownVariables([name], known), [
      `${name} is set, and nothing reads it: is it to be ${nearest}?`,
    ]);
  }
  assert.deepEqual(unknownVariables(["MODELAB_SOMETHING_ELSE"], known), [
    "MODELAB_SOMETHING_ELSE is set, and nothing reads it",
  ]);
});

Deno.test("nothing is said of variables that the server or another program reads", () => {
  const elsewhere = [
    "MODELAB_OVERRIDES",
    "MODELAB_PYTHON_SEED",
    "MODELAB_TEST_KV_URL",
  ];
  const known = variableNames();
  assert.deepEqual(unknownVariables([...known, ...elsewhere], known), []);
});

Deno.test("whoever starts the server with a misspelt variable is told", async () => {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--no-prompt",
      "--allow-env=MODELAB_*,DENO_DEPLOYMENT_ID",
      `--allow-run=${Deno.execPath()}`,
      fileURLToPath(import.meta.resolve("./launch.ts")),
      "serve",
      "--print",
    ],
    env: { MODELAB_PROT: "9000", MODELAB_OVERRIDES: "{}", NO_COLOR: "1" },
  }).output();
  const [said, warned] = [stdout, stderr].map((bytes) =>
    new TextDecoder().decode(bytes)
  );
  assert.ok(success, warned);
  assert.match(said ?? "", /^deno run /);
  const told = (warned ?? "").split("\n").filter((line) =>
    /MODELAB_(PROT|OVERRIDES)\b/.test(line)
  );
  assert.deepEqual(told, [
    "modelab warns: MODELAB_PROT is set, and nothing reads it: is it to be MODELAB_PORT?",
  ]);
});
