import { prepareFlag } from "../flag.ts";
import { variantBuckets } from "../flag_shares.ts";
import type { SetupSeen } from "../statistics/flag_statistics.ts";

/** The real share of the users that take part, by variant. */
export type Shares = ReadonlyMap<string, number>;

/**
 * The shares that a setup leads to: not the weights', since rollout and
 * variant read the same bucket. Null for settings that lead nobody anywhere.
 */
export function sharesOf({ rolloutPct, variants }: SetupSeen): Shares | null {
  const flag = preparedOf({ rolloutPct, variants });
  if (flag === null || flag.admittedBuckets === 0) return null;
  const shares = new Map<string, number>();
  variantBuckets(flag).forEach((buckets, place) => {
    const name = variants[place]?.name ?? "";
    // Variants of the same name are counted as one.
    shares.set(
      name,
      (shares.get(name) ?? 0) + buckets / flag.admittedBuckets,
    );
  });
  return shares;
}

function preparedOf(
  { rolloutPct, variants }: Pick<SetupSeen, "rolloutPct" | "variants">,
): ReturnType<typeof prepareFlag> | null {
  try {
    return prepareFlag({ name: "flag", rolloutPct, variants });
  } catch {
    return null;
  }
}

/** Whether two setups give every user the same variant, rollout apart. */
export function assignAlike(a: SetupSeen, b: SetupSeen): boolean {
  return a.variants.length === b.variants.length &&
    a.variants.every(({ name, weight }, place) =>
      b.variants[place]?.name === name && b.variants[place]?.weight === weight
    );
}

/** Whether two setups split users alike. */
export function shareAlike(a: Shares | null, b: Shares | null): boolean {
  return a !== null && b !== null && a.size === b.size &&
    [...a].every(([name, share]) => b.get(name) === share);
}
