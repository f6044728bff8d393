import type { Flag } from "../engine/flag.ts";
import { ModelabError } from "../engine/modelab_error.ts";
import { Prices, type PriceTable } from "../engine/price.ts";
import type { Connection } from "../storage/http/connection.ts";
import type { DeliveryOptions } from "../storage/http/delivery_options.ts";
import type { DropHandler } from "../storage/http/drop.ts";
import type { RecordStorage } from "../storage/http/record_storage.ts";
import type { Spool } from "../storage/http/record_buffer.ts";
import type { Logger, ReportHandler } from "../storage/http/report.ts";
import type { Overrides } from "./typed_flags.ts";

/** How to set up a client. */
export interface InitOptions<Flags extends readonly Flag[] = readonly Flag[]> {
  /**
   * The server's address, say `http://localhost:8100`. Null decides without a
   * server: nothing is sent, and `evaluate()` gives null.
   */
  readonly server: string | null;
  /**
   * The flags that `assign()` may be asked for.
   *
   * @default []
   */
  readonly flags?: Flags;
  /**
   * Which variant of a flag everybody gets, by the flag's name: for tests, and
   * for looking at a variant. Such assignments are marked, and no figure
   * counts them. `MODELAB_OVERRIDES` in the environment says more of them, as
   * `flag=variant` separated by commas.
   *
   * @default {}
   */
  readonly overrides?: Overrides<NoInfer<Flags>>;
  /**
   * What models cost. Used for a call whose cost was neither given nor said by
   * the response.
   *
   * @default {}
   */
  readonly prices?: PriceTable;
  /**
   * Takes the records in the place of the server, say `MemoryStorage` of
   * `@modelab/sdk/testing`. `server` is then asked by `evaluate()` alone.
   *
   * @default delivers to the server
   */
  readonly storage?: RecordStorage;
  /**
   * The key with which records are sent; empty sends none.
   *
   * @default ""
   */
  readonly apiKey?: string;
  /**
   * The key with which `evaluate()` asks.
   *
   * @default the apiKey
   */
  readonly readKey?: string;
  /**
   * Told of whatever goes wrong and is not thrown, as it happens.
   *
   * @default none: the logger tells
   */
  readonly onError?: ReportHandler;
  /**
   * Told of records that were given up: how many, and why.
   *
   * @default none
   */
  readonly onDrop?: DropHandler;
  /**
   * Where reports are written, one line a minute for each code.
   *
   * @default `console`, or none when there is an `onError`
   */
  readonly logger?: Logger;
  /**
   * So many waiting records are sent at once.
   *
   * @default 50
   */
  readonly batchSize?: number;
  /**
   * So many bytes of waiting records are sent at once, and no request carries
   * more, but for one record that is longer alone.
   *
   * @default 1000000
   */
  readonly batchBytes?: number;
  /**
   * Fewer are sent after so many milliseconds.
   *
   * @default 5000
   */
  readonly flushIntervalMs?: number;
  /**
   * When so many records wait, the oldest are dropped and counted.
   *
   * @default 10000
   */
  readonly maxQueue?: number;
  /**
   * A request that takes longer is given up, in milliseconds.
   *
   * @default 10000
   */
  readonly requestTimeoutMs?: number;
  /**
   * How long `flush()` and `shutdown()` may take, in milliseconds. A process
   * that has run out of work takes no longer for what still waits either, once
   * a request that is under way has ended: see `requestTimeoutMs`.
   *
   * @default 5000
   */
  readonly flushTimeoutMs?: number;
  /**
   * Where records wait so that they survive the process; in memory when there
   * is none. `@modelab/sdk/spool` has one for Deno, Node and Bun.
   */
  readonly spool?: Spool;
  /**
   * Given a promise that never rejects, whenever records wait that no earlier
   * promise covers: keep the serverless function alive until it resolves. The
   * records are sent within 200 ms.
   */
  readonly waitUntil?: (delivery: Promise<void>) => unknown;
  /**
   * Makes the requests.
   *
   * @default globalThis.fetch
   */
  readonly fetch?: typeof fetch;
}

/** Options that have been checked, with their defaults filled in. */
export interface PreparedOptions {
  readonly flags: readonly Flag[];
  /** Pairs of flag and variant. */
  readonly overrides: readonly (readonly [string, unknown])[];
  readonly prices: Prices;
  /** Null without a server. */
  readonly connection: Connection | null;
  readonly delivery: DeliveryOptions;
}

/**
 * Checks the options of a client and fills in their defaults.
 *
 * @throws {ModelabError} When the address is no http or https URL, a key
 * cannot stand in a header, or a number is out of range.
 *
 * @example
 * ```ts
 * import { prepareOptions } from "./init_options.ts";
 * import assert from "node:assert/strict";
 *
 * const { connection } = prepareOptions({ server: "http://localhost:8100/" });
 * assert.equal(connection?.server, "http://localhost:8100");
 * ```
 */
export function prepareOptions<Flags extends readonly Flag[]>(
  options: InitOptions<Flags>,
): PreparedOptions {
  // JavaScript callers may send anything.
  const given: unknown = options;
  if (typeof given !== "object" || given === null) {
    fail("options must be an object", String(given));
  }
  const {
    server,
    flags = [],
    overrides = {},
    prices = {},
    apiKey = "",
    readKey = apiKey,
    batchSize = 50,
    batchBytes = 1_000_000,
    flushIntervalMs = 5_000,
    maxQueue = 10_000,
    requestTimeoutMs = 10_000,
    flushTimeoutMs = 5_000,
    logger = console,
    spool,
    waitUntil,
    fetch = (input, init) => globalThis.fetch(input, init),
  } = options;
  checkKey("apiKey", apiKey);
  checkKey("readKey", readKey);
  checkNumber("batchSize", batchSize, 1, 5_000);
  checkNumber("batchBytes", batchBytes, 1_000, 4_000_000);
  checkNumber("flushIntervalMs", flushIntervalMs, 1, MAX_TIMER_MS);
  checkNumber("maxQueue", maxQueue, 1, 1_000_000);
  checkNumber("requestTimeoutMs", requestTimeoutMs, 1, MAX_TIMER_MS);
  checkNumber("flushTimeoutMs", flushTimeoutMs, 0, MAX_TIMER_MS);
  checkFunction("fetch", fetch);
  const { storage } = options;
  if (storage !== undefined) checkFunction("storage.save", storage?.save);
  for (const name of ["onError", "onDrop", "waitUntil"] as const) {
    checkFunction(name, options[name] ?? (() => {}));
  }
  checkFunction("logger.warn", Object(logger).warn);
  checkFunction("logger.error", Object(logger).error);
  if (spool !== undefined && typeof Object(spool).open !== "function") {
    fail("spool must be what fileSpool() makes", typeof spool);
  }
  if (!Array.isArray(flags)) fail("flags must be a list", typeof flags);
  for (const [name, value] of Object.entries({ overrides, prices })) {
    if (typeof value !== "object" || value === null) {
      fail(`${name} must be an object`, String(value));
    }
  }
  const address = server === null ? null : readAddress(server);
  return {
    flags,
    overrides: Object.entries(overrides),
    prices: new Prices(prices),
    connection: address === null
      ? null
      : { server: address, apiKey, readKey, requestTimeoutMs, fetch },
    delivery: {
      batchSize,
      batchBytes,
      intervalMs: flushIntervalMs,
      maxQueue,
      flushTimeoutMs,
      backoffMs: 500,
      spool,
      waitUntil,
    },
  };
}

/** What timers can wait: longer times fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

function readAddress(server: unknown): string {
  const rule = "server must be an http or https URL without user, query and " +
    "fragment, or null";
  if (typeof server !== "string") fail(rule, typeof server);
  let url: URL;
  try {
    url = new URL(server);
  } catch {
    fail(rule, JSON.stringify(server));
  }
  const { protocol, username, password, search, hash } = url;
  if (
    !/^https?:$/.test(protocol) ||
    username + password + search + hash !== ""
  ) fail(rule, JSON.stringify(`${protocol}//${url.host}…`));
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

function checkKey(name: string, key: unknown): void {
  // The key itself must not end up in a log.
  if (typeof key !== "string") fail(`${name} must be text`, typeof key);
  if (!/^[\x21-\x7e]*$/.test(key)) {
    fail(
      `${name} must be visible ASCII without spaces, as a header needs it`,
      "other characters",
    );
  }
}

function checkFunction(name: string, value: unknown): void {
  if (typeof value !== "function") {
    fail(`${name} must be a function`, typeof value);
  }
}

function checkNumber(
  name: string,
  value: unknown,
  min: number,
  max: number,
): void {
  if (typeof value !== "number" || !(value >= min && value <= max)) {
    fail(`${name} must be a number from ${min} to ${max}`, String(value));
  }
}

function fail(rule: string, got: string): never {
  throw new ModelabError(`Cannot initialise modelab: ${rule}, got ${got}`);
}
