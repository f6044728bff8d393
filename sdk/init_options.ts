import type { Flag } from "../engine/flag.ts";
import { demand, isRecord, isWithin, show } from "../engine/demand.ts";
import type { Prices } from "../engine/price.ts";
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
   * What models cost, by `priceTable()`. Used for a call whose cost was neither
   * given nor said by the response.
   *
   * @default none
   */
  readonly prices?: Prices;
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
  /** Null without a server. */
  readonly connection: Connection | null;
  readonly delivery: DeliveryOptions;
  /** The names of options that there are not. */
  readonly unknown: readonly string[];
}

/** What timers can wait: longer times fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Each number's default, and the least and the most that it may be. */
const NUMBERS = {
  batchSize: [50, 1, 5_000],
  batchBytes: [1_000_000, 1_000, 4_000_000],
  flushIntervalMs: [5_000, 1, MAX_TIMER_MS],
  maxQueue: [10_000, 1, 1_000_000],
  requestTimeoutMs: [10_000, 1, MAX_TIMER_MS],
  flushTimeoutMs: [5_000, 0, MAX_TIMER_MS],
} as const;

/** What has to be a function where it is given, and what makes it. */
const FUNCTIONS = {
  "fetch": "",
  "onError": "",
  "onDrop": "",
  "waitUntil": "",
  "prices": ", as priceTable() gives",
  "storage.save": "",
  "spool.open": ", as of fileSpool()",
  "logger.warn": "",
  "logger.error": "",
};

/** The other options. */
const OTHERS = ["server", "flags", "overrides", "apiKey", "readKey"];

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
  check(isRecord(given), "options must be an object", show(given));
  const known = new Set([...OTHERS, ...Object.keys(NUMBERS)]);
  for (const [path, like] of Object.entries(FUNCTIONS)) {
    const [name = "", method] = path.split(".");
    known.add(name);
    const option = given[name];
    if (option === undefined) continue;
    const value = method === undefined ? option : Object(option)[method];
    check(
      typeof value === "function",
      `${path} must be a function${like}`,
      show(value),
    );
  }
  const number = (name: keyof typeof NUMBERS): number => {
    const [usual, min, max] = NUMBERS[name];
    const value = given[name] ?? usual;
    check(
      isWithin(value, min, max),
      `${name} must be a number from ${min} to ${max}`,
      show(value),
    );
    return value;
  };
  const key = (name: "apiKey" | "readKey", usual: string): string => {
    const value = given[name] ?? usual;
    // The key itself must not end up in a log.
    check(typeof value === "string", `${name} must be text`, typeof value);
    check(
      /^[\x21-\x7e]*$/.test(value),
      `${name} must be visible ASCII without spaces, as a header needs it`,
      "other characters",
    );
    return value;
  };
  const {
    server,
    flags = [],
    overrides = {},
    spool,
    waitUntil,
    fetch = (input, init) => globalThis.fetch(input, init),
  } = options;
  check(Array.isArray(flags), "flags must be a list", show(flags));
  check(isRecord(overrides), "overrides must be an object", show(overrides));
  const apiKey = key("apiKey", "");
  const readKey = key("readKey", apiKey);
  const requestTimeoutMs = number("requestTimeoutMs");
  return {
    flags,
    overrides: Object.entries(overrides),
    connection: server === null ? null : {
      server: readAddress(server),
      apiKey,
      readKey,
      requestTimeoutMs,
      fetch,
    },
    delivery: {
      batchSize: number("batchSize"),
      batchBytes: number("batchBytes"),
      intervalMs: number("flushIntervalMs"),
      maxQueue: number("maxQueue"),
      flushTimeoutMs: number("flushTimeoutMs"),
      backoffMs: 500,
      spool,
      waitUntil,
    },
    unknown: Object.keys(given).filter((name) => !known.has(name)),
  };
}

function readAddress(server: unknown): string {
  let url: URL | null = null;
  try {
    if (typeof server === "string") url = new URL(server);
  } catch {
    // Is said below.
  }
  const more = url && url.username + url.password + url.search + url.hash;
  check(
    url !== null && /^https?:$/.test(url.protocol) && more === "",
    "server must be an http or https URL without user, query and fragment, " +
      "say http://localhost:8100, or null",
    // There may be secrets in it.
    url && more ? show(`${url.protocol}//${url.host}…`) : show(server),
  );
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

function check(holds: unknown, rule: string, got: string): asserts holds {
  demand(holds, `Cannot initialise modelab: ${rule}`, got);
}
