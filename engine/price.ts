import { demand, isRecord, isWithin, show } from "./demand.ts";
import type { TokenCounts } from "./usage/token_usage.ts";

/** What a model costs, in US dollars per million tokens. */
export interface Price {
  /** Tokens read. */
  readonly input: number;
  /** Tokens written. */
  readonly output: number;
  /**
   * Tokens read from the provider's cache.
   *
   * @default input
   */
  readonly cacheRead?: number;
  /**
   * Tokens written to the provider's cache.
   *
   * @default input
   */
  readonly cacheWrite?: number;
  /**
   * Tokens written to the provider's cache, to be kept for an hour.
   *
   * @default cacheWrite
   */
  readonly cacheWrite1h?: number;
  /**
   * Tokens spent on reasoning.
   *
   * @default output
   */
  readonly reasoning?: number;
  /**
   * From when on this holds: a date in UTC, say `2026-03-01`, or a time with
   * offset. Without one it holds from the beginning.
   */
  readonly from?: string;
}

/**
 * Prices by the name of the model that answered, or was asked for. A name that
 * ends with `*` stands for all that begin like it; the longest one counts. Of
 * several prices of a model, the latest that holds counts.
 */
export type PriceTable = {
  readonly [model: string]: Price | readonly Price[];
};

interface DatedPrice {
  readonly price: Price;
  readonly fromMicros: number;
}

/**
 * What a call costs, in US dollars, or null when that is not known.
 *
 * @param counts The tokens of the call; what is unknown is null.
 * @param models The model that answered, and the one that was asked for.
 * @param micros When the call was made, in microseconds since 1970-01-01 UTC.
 */
export type Prices = (
  counts: TokenCounts,
  models: readonly (string | null)[],
  micros: number,
) => number | null;

/**
 * Prices from a table. The first of a call's models that is listed counts.
 * Without a price that holds, or with a total that is unknown, so is the cost;
 * parts that are unknown are taken as none.
 *
 * @throws {ModelabError} When a price is no number from 0, or a date cannot
 * be read.
 *
 * @example
 * ```ts
 * import { Modelab, priceTable } from "../mod.ts";
 *
 * const modelab = new Modelab({
 *   server: null,
 *   prices: priceTable({ "gpt-4.1-mini*": { input: 0.4, output: 1.6 } }),
 * });
 * await modelab.shutdown();
 * ```
 */
export function priceTable(table: PriceTable): Prices {
  demand(
    isRecord(table),
    "Cannot use prices: they must be an object",
    show(table),
  );
  const models = new Map<string, readonly DatedPrice[]>();
  for (const [model, given] of Object.entries(table)) {
    const list: readonly Price[] = Array.isArray(given) ? given : [given];
    models.set(
      model,
      list.map((price) => datedPrice(model, price))
        .sort((a, b) => b.fromMicros - a.fromMicros),
    );
  }
  // The names that end with `*`, without it, the longest first.
  const beginnings = [...models.keys()]
    .filter((name) => name.endsWith("*"))
    .map((name) => name.slice(0, -1))
    .sort((a, b) => b.length - a.length);

  function find(
    names: readonly (string | null)[],
    micros: number,
  ): Price | null {
    for (const name of names) {
      if (name === null) continue;
      const beginning = beginnings.find((start) => name.startsWith(start));
      const dated = models.get(name) ??
        (beginning === undefined ? [] : models.get(`${beginning}*`));
      const found = dated?.find(({ fromMicros }) => fromMicros <= micros);
      if (found !== undefined) return found.price;
    }
    return null;
  }

  return (usage, names, micros) => {
    const { inputTokens, outputTokens } = usage;
    const price = find(names, micros);
    if (price === null || inputTokens === null || outputTokens === null) {
      return null;
    }
    const { input, output } = price;
    const { cacheRead = input, cacheWrite = input, reasoning = output } = price;
    const { cacheWrite1h = cacheWrite } = price;
    const read = usage.cacheReadTokens ?? 0;
    const hour = usage.cacheWrite1hTokens ?? 0;
    const written = Math.max(usage.cacheWriteTokens ?? 0, hour);
    const thought = usage.reasoningTokens ?? 0;
    return (Math.max(inputTokens - read - written, 0) * input +
      read * cacheRead + (written - hour) * cacheWrite + hour * cacheWrite1h +
      Math.max(outputTokens - thought, 0) * output + thought * reasoning) / 1e6;
  };
}

const PARTS = [
  "input",
  "output",
  "cacheRead",
  "cacheWrite",
  "cacheWrite1h",
  "reasoning",
] as const;

function datedPrice(model: string, price: Price): DatedPrice {
  const name = `Cannot use the price of ${JSON.stringify(model)}:`;
  demand(isRecord(price), `${name} it must be an object`, String(price));
  for (const part of PARTS) {
    const value: unknown = price[part];
    if (value === undefined && part !== "input" && part !== "output") continue;
    demand(
      isWithin(value, 0, Number.MAX_VALUE),
      `${name} ${part} must be a number from 0`,
      String(value),
    );
  }
  const from: unknown = price.from;
  if (from === undefined) return { price, fromMicros: -Infinity };
  // Without an offset, a time would be read as local time.
  const fromMicros = typeof from === "string" && DATE.test(from)
    ? Date.parse(from) * 1000
    : NaN;
  demand(
    !Number.isNaN(fromMicros),
    `${name} from must be a date, or a time with offset`,
    String(from),
  );
  return { price, fromMicros };
}

const DATE = /^\d{4}-\d\d-\d\d(T.+(Z|[+-]\d\d:\d\d))?$/;
