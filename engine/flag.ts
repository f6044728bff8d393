import { BUCKET_COUNT } from "./bucket.ts";
import { demand, isRecord, isWithin, show } from "./demand.ts";
import { InvalidFlagError } from "./modelab_error.ts";
import type { JsonObject } from "./records.ts";
import { utf8Length } from "./text.ts";

/** One arm of an experiment: a model, a prompt, a temperature, anything. */
export interface Variant {
  /** From 1 to 512 bytes of UTF-8. */
  readonly name: string;
  /**
   * Its part of the users, against the sum of all weights: an integer from 0.
   *
   * @default 50
   */
  readonly weight?: number;
  /**
   * What your code needs to call the LLM: at most 32 KiB as JSON.
   *
   * @default {}
   */
  readonly config?: JsonObject;
}

/** An experiment, as you declare it. */
export interface Flag {
  /** From 1 to 512 bytes of UTF-8. It seeds the assignment: never rename it. */
  readonly name: string;
  /** At least one. Their order counts in the assignment. */
  readonly variants: readonly Variant[];
  /**
   * The part of all users that takes part, in percent from 0 to 100, cut to
   * hundredths.
   *
   * @default 100
   */
  readonly rolloutPct?: number;
}

/** A flag that has been checked, with its defaults filled in. */
export interface PreparedFlag {
  readonly name: string;
  readonly rolloutPct: number;
  /** The buckets below this one take part: trunc(rolloutPct / 100 × 10,000). */
  readonly admittedBuckets: number;
  readonly variants: readonly Required<Variant>[];
  /** The sum of the weights. */
  readonly totalWeight: number;
}

const MAX_NAME_BYTES = 512;

/**
 * Checks a flag's definition and fills in its defaults.
 *
 * @throws {InvalidFlagError} When there is no variant, a name is no text or
 * takes more than 512 bytes, a weight is no integer from 0, the rollout is
 * not from 0 to 100, or a config is no object.
 *
 * @example
 * ```ts
 * import { prepareFlag } from "./flag.ts";
 * import assert from "node:assert/strict";
 *
 * const flag = prepareFlag({ name: "tone", variants: [{ name: "formal" }] });
 * assert.equal(flag.variants[0]?.weight, 50);
 * assert.equal(flag.admittedBuckets, 10_000);
 * ```
 */
export function prepareFlag(flag: Flag): PreparedFlag {
  // JavaScript callers may send anything.
  const given: unknown = flag;
  let flagName = "";
  const check: (holds: unknown, rule: string, got: unknown) => asserts holds = (
    holds,
    rule,
    got,
  ) =>
    demand(
      holds,
      `Cannot create flag${flagName}: ${rule}`,
      show(got),
      InvalidFlagError,
    );
  check(isRecord(given), "it must be an object", given);
  const { name, variants, rolloutPct = 100 } = given;
  flagName = ` ${show(name)}`;
  check(isName(name), NAME_RULE, name);
  check(
    name !== "." && name !== "..",
    "name must not be a dot segment, which no URL can carry",
    name,
  );
  check(
    Array.isArray(variants) && variants.length > 0,
    "variants must be a list of at least one variant",
    variants,
  );
  check(
    isWithin(rolloutPct, 0, 100),
    "rolloutPct must be from 0 to 100",
    rolloutPct,
  );
  let totalWeight = 0;
  const prepared = variants.map((variant: unknown, index: number) => {
    const place = `variants[${index}]`;
    check(isRecord(variant), `${place} must be an object`, variant);
    const { name, weight = 50, config = {} } = variant;
    check(isName(name), `${place}.${NAME_RULE}`, name);
    check(
      isWithin(weight, 0, Infinity) && Number.isSafeInteger(weight),
      `${place}.weight must be an integer from 0`,
      weight,
    );
    check(isRecord(config), `${place}.config must be an object`, config);
    totalWeight += weight;
    return { name, weight, config };
  });
  check(
    Number.isSafeInteger(totalWeight),
    "the sum of the weights must be below 2^53",
    totalWeight,
  );
  return {
    name,
    rolloutPct,
    // In this order of operations, as Python's int(pct / 100.0 * 10000).
    admittedBuckets: Math.trunc(rolloutPct / 100 * BUCKET_COUNT),
    variants: prepared,
    totalWeight,
  };
}

const NAME_RULE = "name must be text of 1 to 512 bytes as UTF-8";

function isName(value: unknown): value is string {
  return typeof value === "string" && value !== "" &&
    // The server's keys take two bytes for NUL.
    utf8Length(value.replaceAll("\0", "\0\0")) <= MAX_NAME_BYTES;
}
