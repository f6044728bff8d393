import assert from "node:assert/strict";
import { readConfig } from "./config.ts";

function config(variables: { [name: string]: string }) {
  return readConfig((name) => variables[name]);
}

Deno.test("readConfig() listens on loopback when it is told nothing", () => {
  assert.deepEqual(config({}), {
    host: "127.0.0.1",
    port: 8100,
    kvPath: "./data/modelab.kv",
    apiKey: null,
    readKey: null,
  });
});

Deno.test("readConfig() takes what it is told, and empty as nothing", () => {
  assert.deepEqual(
    config({
      MODELAB_HOST: "0.0.0.0",
      MODELAB_PORT: "0",
      MODELAB_KV_PATH: "",
      MODELAB_API_KEY: "write",
      MODELAB_READ_KEY: "read",
    }),
    {
      host: "0.0.0.0",
      port: 0,
      kvPath: "./data/modelab.kv",
      apiKey: "write",
      readKey: "read",
    },
  );
});

Deno.test("readConfig() refuses to be reached by others without both keys", () => {
  const message = /^MODELAB_API_KEY and MODELAB_READ_KEY must both be set/;
  for (
    const variables of [
      { MODELAB_HOST: "0.0.0.0" },
      { MODELAB_HOST: "::" },
      { MODELAB_HOST: "127.0.0.1.example.com" },
      { MODELAB_HOST: "127.999.1.1" },
      { MODELAB_HOST: "10.0.0.1", MODELAB_API_KEY: "write" },
      { MODELAB_HOST: "10.0.0.1", MODELAB_READ_KEY: "read" },
      { DENO_DEPLOYMENT_ID: "x" },
    ]
  ) {
    assert.throws(() => config(variables), { name: "ConfigError", message });
  }
});

Deno.test("readConfig() needs no keys on loopback", () => {
  for (const host of ["localhost", "127.0.0.1", "127.1.2.3", "::1"]) {
    assert.equal(config({ MODELAB_HOST: host }).host, host);
  }
});

Deno.test("readConfig() uses the deployment's database where there is one", () => {
  const keys = { MODELAB_API_KEY: "write", MODELAB_READ_KEY: "read" };
  assert.equal(config({ DENO_DEPLOYMENT_ID: "x", ...keys }).kvPath, null);
});

Deno.test("readConfig() says which variable is wrong, and how", () => {
  const port = (text: string): string =>
    `MODELAB_PORT must be an integer from 0 to 65535, got ${text}`;
  for (
    const [variables, message] of [
      [{ MODELAB_PORT: "65536" }, port("65536")],
      [{ MODELAB_PORT: "http" }, port("http")],
      [{ MODELAB_PORT: "-1" }, port("-1")],
      [
        { MODELAB_KV_PATH: "http://" },
        "MODELAB_KV_PATH must be a file or a URL, got http://",
      ],
      [
        { MODELAB_API_KEY: "two words" },
        "MODELAB_API_KEY must be of printable ASCII characters without spaces, got something else",
      ],
    ] as const
  ) assert.throws(() => config(variables), { name: "ConfigError", message });
});
