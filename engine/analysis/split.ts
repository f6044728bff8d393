import type { FlagStatistics } from "../statistics/flag_statistics.ts";
import { sampleRatioTest } from "../statistics/sample_ratio.ts";
import { sequentialSampleRatioPValue } from "../statistics/sequential_sample_ratio.ts";
import type { AnalysisOptions } from "./analysis_options.ts";
import type { HealthCheck, SplitAnalysis } from "./health_report.ts";
import { shareAlike, type Shares, sharesOf } from "./setups.ts";
import { nameText, quotedName } from "./name_text.ts";
import { countText, percentText, pText } from "./text.ts";

/** A mismatch stops the decision, so it must not be called by chance. */
const MISMATCH = 0.001;
/** Fewer expected users in a variant say nothing. */
const LEAST_EXPECTED = 8;

interface Intended {
  readonly source: SplitAnalysis["source"];
  readonly shares: Shares | null;
  /** Why there are no shares to test against. */
  readonly why: string;
}

/**
 * Holds the users of each variant against the intended split: that of the
 * flag's setup, or the caller's weights. A variant of the setup that nobody
 * was seen in counts as zero users.
 */
export function splitOf(
  statistics: FlagStatistics,
  options: AnalysisOptions,
): { readonly split: SplitAnalysis; readonly check: HealthCheck } {
  const { source, shares, why } = intendedOf(statistics, options);
  const users = new Map(
    statistics.variants.map(({ name, users }) => [name, Number(users)]),
  );
  for (const [name, share] of shares ?? []) {
    if (share > 0 && !users.has(name)) users.set(name, 0);
  }
  const total = [...users.values()].reduce((sum, count) => sum + count, 0);
  const variants = [...users].map(([name, count]) => {
    const expected = shares === null ? null : shares.get(name) ?? 0;
    return {
      variant_name: name,
      users: count,
      share: total === 0 ? null : count / total,
      expected_share: expected,
      expected_users: expected === null ? null : expected * total,
    };
  });
  const untested = {
    source,
    variants,
    chi_squared: null,
    degrees_of_freedom: null,
    p_value: null,
    sequential_p_value: null,
  };
  const answer = (
    split: SplitAnalysis,
    message: string,
  ): ReturnType<typeof splitOf> => ({
    split,
    check: { check: "sample_ratio", status: split.status, message },
  });
  if (shares === null) {
    return answer(
      { status: "unknown", ...untested },
      source === null ? `${why} ${againstEqual(variants)}` : why,
    );
  }
  const stranger = variants.find(({ users, expected_share }) =>
    expected_share === 0 && users > 0
  );
  if (stranger !== undefined) {
    return answer(
      { status: "failed", ...untested },
      `${countText(stranger.users)} users are in ${
        quotedName(stranger.variant_name)
      }, to which the intended split gives nobody.`,
    );
  }
  const tested = variants.filter(({ expected_share }) => expected_share !== 0);
  const counts = tested.map(({ users }) => users);
  const weights = tested.map(({ expected_share }) => expected_share ?? 0);
  if (tested.length < 2) {
    return answer(
      { status: "unknown", ...untested },
      "The setup sends everybody to one variant: there is no split.",
    );
  }
  if (Math.min(...weights) * total < LEAST_EXPECTED) {
    return answer(
      { status: "unknown", ...untested },
      `Too few users to test the split: ${LEAST_EXPECTED} must be expected in every variant.`,
    );
  }
  const once = sampleRatioTest(counts, weights);
  const always = sequentialSampleRatioPValue(counts, weights);
  const failed = always < MISMATCH;
  return answer(
    {
      status: failed ? "failed" : "ok",
      source,
      variants,
      chi_squared: once.chiSquare,
      degrees_of_freedom: once.degreesOfFreedom,
      p_value: once.pValue,
      sequential_p_value: always,
    },
    `${
      failed
        ? "The users are not split as intended"
        : "The users are split as intended"
    }: ${sharesText(tested)}; ${pText(always)}.`,
  );
}

/** What whoever meant equal shares has to know before they say so. */
function againstEqual(variants: SplitAnalysis["variants"]): string {
  const counts = variants.map(({ users }) => users);
  const total = counts.reduce((sum, count) => sum + count, 0);
  const advice = "Give the weights to have it tested.";
  if (counts.length < 2 || total / counts.length < LEAST_EXPECTED) {
    return advice;
  }
  const p = sequentialSampleRatioPValue(counts, counts.map(() => 1));
  return p < MISMATCH
    ? `Equal weights would not split users like this: ${pText(p)}. ${advice}`
    : `Users are split as equal weights may split them. ${advice}`;
}

/** More variants than these are not listed in a sentence. */
const MOST_LISTED = 4;

/** "a 1,200 (57.1%, intended 50.0%), b …": of many, those furthest off. */
function sharesText(variants: SplitAnalysis["variants"]): string {
  const text = (listed: SplitAnalysis["variants"]): string =>
    listed.map(({ variant_name, users, share, expected_share }) =>
      `${nameText(variant_name)} ${countText(users)} (${
        percentText(share ?? 0)
      }, intended ${percentText(expected_share ?? 0)})`
    ).join(", ");
  if (variants.length <= MOST_LISTED) return text(variants);
  const offBy = (
    { users, expected_users }: SplitAnalysis["variants"][number],
  ): number => Math.abs(users - (expected_users ?? 0));
  const furthest = variants.toSorted((a, b) => offBy(b) - offBy(a));
  return `of ${variants.length} variants the furthest off are ${
    text(furthest.slice(0, MOST_LISTED))
  }`;
}

function intendedOf(
  { setups }: FlagStatistics,
  { weights }: AnalysisOptions,
): Intended {
  if (weights !== null) {
    const sum = Object.values(weights).reduce((a, b) => a + b, 0);
    return {
      source: "weights",
      shares: new Map(
        Object.entries(weights).map(([name, weight]) => [name, weight / sum]),
      ),
      why: "",
    };
  }
  const [first, ...more] = setups.map(sharesOf);
  if (first === undefined) {
    return {
      source: null,
      shares: null,
      why:
        "The intended split is not known, and so not tested: no assignment carried the flag's settings.",
    };
  }
  const steady = first !== null && more.every((one) => shareAlike(first, one));
  return {
    source: "setup",
    shares: steady ? first : null,
    why: steady
      ? ""
      : "The flag has had several splits, so there is none to test against.",
  };
}
