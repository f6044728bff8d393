import type { PreparedFlag } from "./flag.ts";
import { variantBuckets } from "./flag_shares.ts";

/** A share may be off by this part of itself before anybody is warned. */
const TOLERANCE = 0.01;

/**
 * What a flag's settings do that its author will hardly expect.
 *
 * The original reads one bucket twice, for the rollout and for the variant,
 * and this package has to agree with it: a rollout of 0.5% lets in buckets 0
 * to 49, and weights 50/50 send all of these to the first variant.
 *
 * @returns One text per trait, with the shares that users will in fact get;
 * empty when every share is within 1% of what the weights say.
 *
 * @example
 * ```ts
 * import { prepareFlag } from "./flag.ts";
 * import { flagWarnings } from "./flag_warnings.ts";
 * import assert from "node:assert/strict";
 *
 * const variants = [{ name: "formal" }, { name: "casual" }];
 * assert.deepEqual(flagWarnings(prepareFlag({ name: "tone", variants })), []);
 * assert.equal(
 *   flagWarnings(prepareFlag({ name: "tone", variants, rolloutPct: 0.5 }))
 *     .length,
 *   1,
 * );
 * ```
 */
export function flagWarnings(flag: PreparedFlag): string[] {
  const { rolloutPct, admittedBuckets, totalWeight, variants } = flag;
  const warnings: string[] = [];
  const warn = (text: string): void => {
    warnings.push(`Flag ${JSON.stringify(flag.name)}: ${text}`);
  };
  const names = variants.map(({ name }) => name);
  const twice = names.filter((name, i) => names.indexOf(name) < i);
  for (const name of new Set(twice)) {
    warn(
      `several variants are named ${JSON.stringify(name)}; their figures are ` +
        "counted as one",
    );
  }
  const weights = variants.map(({ weight }) => weight);
  const shares = variantBuckets(flag).map((count) => count / admittedBuckets);
  const isOff = shares.some((share, i) => {
    const wanted = (weights[i] ?? 0) / totalWeight;
    return !(Math.abs(share - wanted) <= wanted * TOLERANCE);
  });
  if (!isOff || rolloutPct === 0 || variants.length === 1) return warnings;
  const divisor = weights.reduce(greatestDivisor);
  const smaller = list(weights.map((weight) => weight / divisor));
  warn(
    admittedBuckets === 0
      ? `rolloutPct ${rolloutPct} lets nobody in; the smallest is 0.01`
      : `rolloutPct ${rolloutPct} and weights ${list(weights)} give users ` +
        `${
          list(shares.map((share) => `${Number((share * 100).toFixed(2))}%`))
        }` +
        ", since rollout and variant read one bucket of 10000" +
        (totalWeight === 0
          ? ""
          : `. Let in a multiple of ${totalWeight} buckets` +
            (divisor > 1 ? `, or take weights ${smaller}` : "")),
  );
  return warnings;
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

function list(values: readonly (number | string)[]): string {
  return values.slice(0, 10).join("/") + (values.length > 10 ? "/…" : "");
}
