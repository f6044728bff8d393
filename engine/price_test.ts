import assert from "node:assert/strict";
import { ModelabError } from "./modelab_error.ts";
import { type PriceTable, priceTable } from "./price.ts";

const day = (date: string): number => Date.parse(date) * 1000;
const usage = {
  inputTokens: 1_000_000,
  outputTokens: 1_000_000,
  cacheReadTokens: null,
  cacheWriteTokens: null,
  cacheWrite1hTokens: null,
  reasoningTokens: null,
};

function cost(
  table: PriceTable,
  { models = ["m"], at = 0, ...more }: {
    readonly models?: readonly (string | null)[];
    readonly at?: number;
    readonly [count: string]: unknown;
  } = {},
): number | null {
  return priceTable(table)({ ...usage, ...more }, models, at);
}

Deno.test("cost() prices each part of the tokens at its own rate", () => {
  const price = {
    input: 1,
    output: 10,
    cacheRead: 0.1,
    cacheWrite: 1.25,
    cacheWrite1h: 2,
    reasoning: 20,
  };
  const counts = {
    cacheReadTokens: 400_000,
    cacheWriteTokens: 300_000,
    cacheWrite1hTokens: 100_000,
    reasoningTokens: 250_000,
  };
  // 0.3 in + 0.04 read + 0.25 written + 0.2 for an hour + 7.5 out + 5 thought
  assert.equal(cost({ m: price }, counts), 13.29);
  // Without rates of their own, parts cost what the whole costs.
  assert.equal(cost({ m: { input: 1, output: 10 } }, counts), 11);
  const noHour = { input: 1, output: 10, cacheWrite: 2 };
  assert.equal(cost({ m: noHour }, counts), 11.3);
});

Deno.test("cost() is unknown when a total is, or no price holds", () => {
  const table = { m: { input: 1, output: 10 } };
  assert.equal(cost(table, { inputTokens: null }), null);
  assert.equal(cost(table, { outputTokens: null }), null);
  assert.equal(cost(table, { models: ["other", null] }), null);
  assert.equal(cost({}), null);
  assert.equal(cost(table, { inputTokens: 0, outputTokens: 0 }), 0);
});

Deno.test("cost() never goes below zero, whatever the parts add up to", () => {
  const table = { m: { input: 1, output: 10, cacheRead: 0, reasoning: 0 } };
  const counts = { cacheReadTokens: 9_000_000, reasoningTokens: 9_000_000 };
  assert.equal(cost(table, counts), 0);
});

Deno.test("cost() takes the exact name, then the longest beginning, then the next name", () => {
  const at = (input: number) => ({ input, output: 0 });
  const table = { "m-1": at(1), "m-*": at(2), "m-1-*": at(3), other: at(4) };
  const of = (...models: (string | null)[]) => cost(table, { models });
  assert.equal(of("m-1"), 1);
  assert.equal(of("m-2"), 2);
  assert.equal(of("m-1-mini"), 3);
  assert.equal(of(null, "other"), 4);
  assert.equal(of("unlisted", "other"), 4);
  assert.equal(of("m"), null);
});

Deno.test("cost() takes the latest price that holds at the time of the call", () => {
  const table = {
    m: [
      { input: 2, output: 0, from: "2026-03-01" },
      { input: 1, output: 0, from: "2026-01-01" },
      { input: 3, output: 0, from: "2026-03-01T12:00:00+02:00" },
    ],
  };
  assert.equal(cost(table, { at: day("2025-12-31T23:59:59Z") }), null);
  assert.equal(cost(table, { at: day("2026-01-01T00:00:00Z") }), 1);
  assert.equal(cost(table, { at: day("2026-03-01T00:00:00Z") }), 2);
  assert.equal(cost(table, { at: day("2026-03-01T10:00:00Z") }), 3);
});

Deno.test("a price that cannot be is refused, and the message says why", () => {
  const refused = (table: unknown, message: RegExp) =>
    assert.throws(
      () => Reflect.apply(priceTable, undefined, [table]),
      (error) => error instanceof ModelabError && message.test(error.message),
    );
  refused({ m: null }, /price of "m": it must be an object, got null/);
  refused({ m: {} }, /input must be a number from 0, got undefined/);
  refused({ m: { input: -1, output: 0 } }, /input must be .*, got -1/);
  refused({ m: { input: 1, output: NaN } }, /output must be .*, got NaN/);
  refused({ m: { input: 1, output: 1, reasoning: "2" } }, /reasoning must be/);
  for (const from of ["yesterday", "2026-13-01", "2026-03-01T12:00:00", 5]) {
    refused(
      { m: { input: 1, output: 1, from } },
      /from must be a date, or a time with offset/,
    );
  }
});
