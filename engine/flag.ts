import { BUCKET_COUNT } from "./bucket.ts";
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
  if (!isRecord(given)) {
    throw new InvalidFlagError(
      `Cannot create flag: it must be an object, got ${show(given)}`,
    );
  }
  const { name, variants, rolloutPct = 100 } = given;
  if (!isName(name)) fail(name, NAME_RULE, name);
  if (name === "." || name === "..") {
    fail(name, "name must not be a dot segment, which no URL can carry", name);
  }
  if (!Array.isArray(variants) || variants.length === 0) {
    fail(name, "variants must be a list of at least one variant", variants);
  }
  if (
    typeof rolloutPct !== "number" || !(rolloutPct >= 0 && rolloutPct <= 100)
  ) {
    fail(name, "rolloutPct must be from 0 to 100", rolloutPct);
  }
  const prepared = variants.map((variant: unknown, index: number) =>
    prepareVariant(name, variant, index)
  );
  const totalWeight = prepared.reduce((sum, { weight }) => sum + weight, 0);
  if (!Number.isSafeInteger(totalWeight)) {
    fail(name, "the sum of the weights must be below 2^53", totalWeight);
  }
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

function prepareVariant(
  flagName: string,
  variant: unknown,
  index: number,
): Required<Variant> {
  const place = `variants[${index}]`;
  if (!isRecord(variant)) fail(flagName, `${place} must be an object`, variant);
  const { name, weight = 50, config = {} } = variant;
  if (!isName(name)) fail(flagName, `${place}.${NAME_RULE}`, name);
  if (
    typeof weight !== "number" || !Number.isSafeInteger(weight) || weight < 0
  ) {
    fail(flagName, `${place}.weight must be an integer from 0`, weight);
  }
  if (!isRecord(config)) {
    fail(flagName, `${place}.config must be an object`, config);
  }
  return { name, weight, config };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isName(value: unknown): value is string {
  if (typeof value !== "string" || value === "") return false;
  // The server's keys take two bytes for NUL.
  const nulls = value.split("\0").length - 1;
  return utf8Length(value) + nulls <= MAX_NAME_BYTES;
}

function fail(flagName: unknown, rule: string, got: unknown): never {
  throw new InvalidFlagError(
    `Cannot create flag ${show(flagName)}: ${rule}, got ${show(got)}`,
  );
}

/** A value in few characters, whatever it is. */
function show(value: unknown): string {
  if (typeof value === "string") {
    return JSON.stringify(
      value.length > 60 ? `${value.slice(0, 60)}…` : value,
    );
  }
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "function") return "a function";
  if (typeof value === "object" && value !== null) return "an object";
  return String(value);
}
