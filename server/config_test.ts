import assert from "node:assert/strict";
import { readConfig, requireKeys } from "./config.ts";

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
    exposed: false,
    trustedProxies: 0,
    ratePerKey: 500,
    ratePerAddress: 1000,
    maxBodyBytes: 8_388_608,
    maxRecords: 5000,
    bodyTimeoutMs: 30_000,
    maxRequests: 1000,
    maxRequestsPerClient: 250,
    retentionDays: 0,
    log: "errors",
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
      MODELAB_TRUSTED_PROXIES: "1",
      MODELAB_RATE_PER_KEY: "0",
      MODELAB_RATE_PER_ADDRESS: "10",
      MODELAB_MAX_BODY_BYTES: "1024",
      MODELAB_MAX_RECORDS: "10",
      MODELAB_BODY_TIMEOUT_MS: "1000",
      MODELAB_MAX_REQUESTS: "20",
      MODELAB_MAX_REQUESTS_PER_CLIENT: "5",
      MODELAB_RETENTION_DAYS: "30",
      MODELAB_LOG: "requests",
    }),
    {
      host: "0.0.0.0",
      port: 0,
      kvPath: "./data/modelab.kv",
      apiKey: "write",
      readKey: "read",
      exposed: true,
      trustedProxies: 1,
      ratePerKey: 0,
      ratePerAddress: 10,
      maxBodyBytes: 1024,
      maxRecords: 10,
      bodyTimeoutMs: 1000,
      maxRequests: 20,
      maxRequestsPerClient: 5,
      retentionDays: 30,
      log: "requests",
    },
  );
});

Deno.test("requireKeys() refuses to be reached by others without keys", () => {
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
    assert.throws(() => requireKeys(config(variables), false), {
      name: "ConfigError",
      message,
    });
    requireKeys(config(variables), true);
  }
  const both = { MODELAB_API_KEY: "write", MODELAB_READ_KEY: "read" };
  requireKeys(config({ MODELAB_HOST: "0.0.0.0", ...both }), false);
});

Deno.test("requireKeys() needs no keys on loopback", () => {
  for (const host of ["localhost", "127.0.0.1", "127.1.2.3", "::1"]) {
    requireKeys(config({ MODELAB_HOST: host }), false);
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
        { MODELAB_MAX_BODY_BYTES: "1e9" },
        "MODELAB_MAX_BODY_BYTES must be an integer from 1024 to 67108864, got 1e9",
      ],
      [
        { MODELAB_RETENTION_DAYS: "2" },
        "MODELAB_RETENTION_DAYS must be 0, or an integer from 3 to 36500, got 2",
      ],
      [
        { MODELAB_LOG: "all" },
        "MODELAB_LOG must be errors or requests, got all",
      ],
      [
        { MODELAB_KV_PATH: "http://" },
        "MODELAB_KV_PATH must be a file, or an http or https URL, got http://",
      ],
      [
        { MODELAB_KV_PATH: "redis://cache:6379" },
        "MODELAB_KV_PATH must be a file, or an http or https URL, got redis://cache:6379",
      ],
      [
        { MODELAB_API_KEY: "two words" },
        "MODELAB_API_KEY must be of printable ASCII characters without spaces, got something else",
      ],
    ] as const
  ) assert.throws(() => config(variables), { name: "ConfigError", message });
});
