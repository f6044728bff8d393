import { ModelabError } from "./modelab_error.ts";
import type { TokenUsage } from "./usage/token_usage.ts";

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

/** A table of prices that has been checked. */
export class Prices {
  readonly #models = new Map<string, readonly DatedPrice[]>();
  /** The names that end with `*`, without it, the longest first. */
  readonly #beginnings: string[];

  /**
   * @throws {ModelabError} When a price is no number from 0, or a date cannot
   * be read.
   *
   * @example
   * ```ts
   * import { Prices } from "./price.ts";
   * import { readUsage } from "./usage.ts";
   * import assert from "node:assert/strict";
   *
   * const prices = new Prices({ "m-*": { input: 2, output: 8, cacheRead: 1 } });
   * const usage = readUsage({
   *   model: "m-1",
   *   usage: {
   *     prompt_tokens: 3000,
   *     completion_tokens: 1000,
   *     prompt_tokens_details: { cached_tokens: 2000 },
   *   },
   * });
   * assert.equal(prices.cost(usage, ["m-1"], 0), 0.012);
   * ```
   */
  constructor(table: PriceTable) {
    for (const [model, given] of Object.entries(table)) {
      const list: readonly Price[] = Array.isArray(given) ? given : [given];
      this.#models.set(
        model,
        list.map((price) => datedPrice(model, price))
          .sort((a, b) => b.fromMicros - a.fromMicros),
      );
    }
    this.#beginnings = [...this.#models.keys()]
      .filter((name) => name.endsWith("*"))
      .map((name) => name.slice(0, -1))
      .sort((a, b) => b.length - a.length);
  }

  /**
   * What a call costs, in US dollars.
   *
   * @param models Names by which the model may be listed; the first that is
   * listed counts.
   * @param micros When the call was made, in microseconds since 1970-01-01 UTC.
   * @returns Null when no price holds, or a total is unknown. Parts that are
   * unknown are taken as none.
   */
  cost(
    usage: Omit<TokenUsage, "responseModel" | "cost">,
    models: readonly (string | null)[],
    micros: number,
  ): number | null {
    const { inputTokens, outputTokens } = usage;
    const price = this.#find(models, micros);
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
  }

  #find(models: readonly (string | null)[], micros: number): Price | null {
    for (const model of models) {
      if (model === null) continue;
      const beginning = this.#beginnings.find((start) =>
        model.startsWith(start)
      );
      const dated = this.#models.get(model) ??
        (beginning === undefined ? [] : this.#models.get(`${beginning}*`));
      const found = dated?.find(({ fromMicros }) => fromMicros <= micros);
      if (found !== undefined) return found.price;
    }
    return null;
  }
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
  const fail = (rule: string, got: unknown): never => {
    throw new ModelabError(
      `Cannot use the price of ${JSON.stringify(model)}: ${rule}, got ${got}`,
    );
  };
  if (typeof price !== "object" || price === null) {
    return fail("it must be an object", price);
  }
  for (const part of PARTS) {
    const value: unknown = price[part];
    if (value === undefined && part !== "input" && part !== "output") continue;
    if (typeof value !== "number" || !(value >= 0 && value < Infinity)) {
      fail(`${part} must be a number from 0`, value);
    }
  }
  const from: unknown = price.from;
  if (from === undefined) return { price, fromMicros: -Infinity };
  // Without an offset, a time would be read as local time.
  const fromMicros = typeof from === "string" && DATE.test(from)
    ? Date.parse(from) * 1000
    : NaN;
  return Number.isNaN(fromMicros)
    ? fail("from must be a date, or a time with offset", from)
    : { price, fromMicros };
}

const DATE = /^\d{4}-\d\d-\d\d(T.+(Z|[+-]\d\d:\d\d))?$/;
