import assert from "node:assert/strict";
import fc from "fast-check";
import { parseTimestamp } from "../../engine/timestamp.ts";
import { keyWishOf } from "../../server/access_keys_api.ts";
import { keyParts } from "../../server/access/key_text.ts";
import { localPath } from "../../server/access/sign_in.ts";
import { ConfigError, readConfig } from "../../server/config.ts";
import { flagNamesFromPath, restAfterFlags } from "../../server/flag_path.ts";
import { timelineQueryOf } from "../../server/flags.ts";
import { clientAddress } from "../../server/limits/client_address.ts";
import { variableNames } from "../../server/permissions.ts";
import { parsePythonJson } from "../../server/python_json.ts";
import {
  assignmentSchema,
  eventSchema,
  executionSchema,
} from "../../server/validation/records.ts";
import { RUNS } from "./runs.ts";

const text = fc.string({ unit: "binary", maxLength: 300 });
const json = fc.jsonValue({ maxDepth: 6 });
const SCHEMAS = [assignmentSchema, executionSchema, eventSchema];

function property<T>(
  name: string,
  arbitrary: fc.Arbitrary<T>,
  check: (value: T) => void,
): void {
  Deno.test(`fuzz: ${name}`, () => {
    fc.assert(fc.property(arbitrary, check), { numRuns: RUNS });
  });
}

property(
  "parsePythonJson() reads what JSON.parse() reads, and throws SyntaxErrors alone",
  fc.oneof(text, json.map((v) => JSON.stringify(v))),
  (value) => {
    let expected: unknown;
    let valid = true;
    try {
      expected = JSON.parse(value);
    } catch {
      valid = false;
    }
    try {
      const got = parsePythonJson(value);
      if (valid) assert.deepEqual(got, expected);
    } catch (error) {
      assert.ok(error instanceof SyntaxError && !valid);
    }
  },
);

/** A record with some of its fields, right and wrong. */
const record = fc.constantFrom(...SCHEMAS).chain((schema) => {
  const properties: unknown = schema.schema["properties"];
  assert.ok(typeof properties === "object" && properties !== null);
  const names = fc.constantFrom(...Object.keys(properties));
  const value = fc.oneof(json, text, fc.integer(), fc.date().map(String));
  return fc.dictionary(fc.oneof(names, text), value).map((fields) =>
    ({ schema, fields }) as const
  );
});

property(
  "a record is taken, or refused in words",
  record,
  ({ schema, fields }) => {
    const checked = schema.check(fields);
    if (checked.ok) {
      assert.equal(typeof checked.value.assignment_id, "string");
      assert.ok(Object.keys(fields).every((name) => name in checked.value));
    } else {
      assert.match(checked.message, /^must /);
      assert.ok(checked.message.length < 1000);
    }
  },
);

property("any JSON is a record or none", json, (value) => {
  for (const schema of SCHEMAS) schema.check(value);
});

property(
  "parseTimestamp() gives microseconds from 1970 on, or null",
  fc.oneof(text, fc.date({ noInvalidDate: true }).map((d) => d.toISOString())),
  (value) => {
    const micros = parseTimestamp(value);
    assert.ok(micros === null || (Number.isInteger(micros) && micros >= 0));
  },
);

property(
  "readConfig() gives a configuration, or says what is wrong",
  fc.dictionary(
    fc.constantFrom(...variableNames()),
    fc.oneof(text, fc.integer().map(String)),
  ),
  (variables) => {
    try {
      const config = readConfig((name) => variables[name]);
      assert.ok(config.port >= 0 && config.port <= 65_535);
      assert.ok(config.maxRequests >= 1);
    } catch (error) {
      assert.ok(error instanceof ConfigError);
      assert.match(error.message, /^MODELAB_[A-Z_]+ must be/);
    }
  },
);

property(
  "keyWishOf() gives a key that can be, or says what is wrong",
  fc.oneof(
    json,
    fc.record({
      name: text,
      scopes: fc.array(fc.constantFrom("ingest", "read", "admin", "x")),
      flag_prefix: fc.option(text),
    }, { requiredKeys: [] }),
  ),
  (value) => {
    const wish = keyWishOf(value);
    if (typeof wish === "string") assert.match(wish, / must be /);
    else {
      assert.ok(wish.scopes.length > 0 && wish.name !== "");
      assert.ok(wish.flagPrefix === null || !wish.scopes.includes("admin"));
    }
  },
);

property(
  "flag names come out of any path, and none is empty",
  text,
  (value) => {
    const { pathname } = new URL(
      `http://localhost/flags/${encodeURI(value.toWellFormed())}`,
    );
    const names = flagNamesFromPath(restAfterFlags(pathname));
    assert.ok(names.every((name) => name !== ""));
    const encoded = encodeURIComponent(value.toWellFormed());
    if (value !== "" && !/^\.\.?$/.test(value)) {
      assert.equal(flagNamesFromPath(encoded)[0], value.toWellFormed());
    }
  },
);

property(
  "timelineQueryOf() gives a range in its limits, or says what is wrong",
  fc.record({
    granularity: fc.oneof(fc.constantFrom("minute", "hour", "day"), text),
    from: fc.oneof(
      fc.date({ noInvalidDate: true }).map((d) => d.toISOString()),
      text,
    ),
    to: fc.oneof(
      fc.date({ noInvalidDate: true }).map((d) => d.toISOString()),
      text,
    ),
  }, { requiredKeys: [] }),
  (params) => {
    const query = timelineQueryOf(new URLSearchParams(params), Date.now());
    if (typeof query === "string") assert.match(query, / must be /);
    else assert.ok(query.from < query.to && query.from >= 0);
  },
);

property("localPath() stays on this server", text, (value) => {
  for (const next of [value, `/${value}`, `//${value}`, `/\\${value}`]) {
    const path = localPath(next);
    const url = new URL(path, "http://localhost");
    assert.equal(url.origin, "http://localhost");
  }
});

property("keyParts() and clientAddress() take any text", text, (value) => {
  assert.ok(keyParts(value) === null);
  const headers = new Headers();
  try {
    headers.set("x-forwarded-for", value);
  } catch {
    return;
  }
  const request = new Request("http://localhost/", { headers });
  const remoteAddr = { transport: "tcp", hostname: "::1", port: 1 } as const;
  for (const trusted of [0, 1, 3]) {
    assert.equal(
      typeof clientAddress(request, { remoteAddr }, trusted),
      "string",
    );
  }
});
