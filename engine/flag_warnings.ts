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
 * @returns One text per trait, each with the shares that users will in fact
 * get; empty when every share is within 1% of what the weights say.
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
  return [...nameWarnings(flag), ...shareWarnings(flag)];
}

function nameWarnings({ name, variants }: PreparedFlag): string[] {
  const names = variants.map((variant) => variant.name);
  const twice = new Set(names.filter((n, i) => names.indexOf(n) !== i));
  return [...twice].map((variant) =>
    `Flag ${quote(name)}: several variants are named ${quote(variant)}; ` +
    "their figures are counted as one"
  );
}

function shareWarnings(flag: PreparedFlag): string[] {
  const { name, rolloutPct, admittedBuckets, totalWeight, variants } = flag;
  if (rolloutPct === 0 || variants.length === 1) return [];
  if (admittedBuckets === 0) {
    return [
      `Flag ${quote(name)}: rolloutPct ${rolloutPct} lets nobody in; ` +
      "the smallest rollout is 0.01",
    ];
  }
  if (totalWeight === 0) {
    return [
      `Flag ${quote(name)}: every weight is 0, so that everybody gets ` +
      quote(variants[0]?.name),
    ];
  }
  const buckets = variantBuckets(flag);
  const shares = variants.map((variant, index) => ({
    name: variant.name,
    wanted: variant.weight / totalWeight,
    actual: (buckets[index] ?? 0) / admittedBuckets,
  }));
  const off = shares.some(({ wanted, actual }) =>
    Math.abs(actual - wanted) > wanted * TOLERANCE
  );
  if (!off) return [];
  const unreached = shares.filter((share) =>
    share.wanted > 0 && share.actual === 0
  );
  return [
    `Flag ${quote(name)}: rollout and variant share one bucket, and ` +
    `rolloutPct ${rolloutPct} lets in ${admittedBuckets} of 10000 buckets ` +
    `for weights that add up to ${totalWeight}. ` +
    `Users get ${list(shares)}` +
    (unreached.length === 0
      ? ""
      : `; ${unreached.length} of ${variants.length} variants are never reached`) +
    `. Choose a rollout that lets in a multiple of ${totalWeight} buckets` +
    hint(flag),
  ];
}

/** Smaller weights in the same proportion, if there are any. */
function hint({ variants, totalWeight }: PreparedFlag): string {
  const divisor = variants.reduce((a, { weight }) => gcd(a, weight), 0);
  if (divisor <= 1) return "";
  const smaller = variants.map(({ weight }) => weight / divisor);
  const shown = smaller.slice(0, 5).join("/") +
    (smaller.length > 5 ? "/…" : "");
  return `, or weights ${shown}, which add up to ${totalWeight / divisor}`;
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

function list(
  shares: readonly { name: string; wanted: number; actual: number }[],
): string {
  const shown = shares.slice(0, 5).map(({ name, wanted, actual }) =>
    `${quote(name)} ${percent(actual)} instead of ${percent(wanted)}`
  );
  const more = shares.length - shown.length;
  return shown.join(", ") + (more > 0 ? ` and ${more} more` : "");
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))}%`;
}

function quote(text: string | undefined): string {
  return JSON.stringify(text);
}
