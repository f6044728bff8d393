import type {
  UserProduct,
  UserTotal,
  VariantStatistics,
} from "../statistics/flag_statistics.ts";
import type { RatioSums } from "../statistics/ratio_estimate.ts";
import {
  dollarsPerThousand,
  MILLISECONDS,
  PERCENT,
  TOKENS,
} from "./display.ts";
import type { RatioMetric } from "./metric.ts";

/** Tenths of a millisecond. */
const LATENCY_SCALE = 0.1;
/** Billionths of a dollar. */
const COST_SCALE = 1e-9;

/** The metrics that every flag has, quantiles apart. */
export const RATIO_METRICS: readonly RatioMetric[] = [
  {
    metric: "success_rate",
    label: "Success rate",
    description: "Successes of the assignments that have an outcome.",
    unit: "share",
    display: PERCENT,
    direction: "higher_is_better",
    kind: "rate",
    counted: "successes",
    rest: "failures",
    over: "outcomes",
    scale: 1,
    sums: successesOfOutcomes,
  },
  {
    metric: "success_per_assignment",
    label: "Success per assignment",
    description:
      "Successes of all assignments, those without outcome included.",
    unit: "share",
    display: PERCENT,
    direction: "higher_is_better",
    kind: "rate",
    counted: "successes",
    rest: "assignments without success",
    over: "assignments",
    scale: 1,
    sums: over("successes", "assignments", "successes*assignments"),
  },
  {
    metric: "error_rate",
    label: "Error rate",
    description: "Calls that carry an error, of all calls.",
    unit: "share",
    display: PERCENT,
    direction: "lower_is_better",
    kind: "rate",
    counted: "errors",
    rest: "calls without error",
    over: "calls",
    scale: 1,
    sums: over("errors", "executions", "errors*executions"),
  },
  {
    metric: "latency_mean",
    label: "Latency, mean",
    description: "Wall time of a call, over the calls whose latency is known.",
    unit: "ms",
    display: MILLISECONDS,
    direction: "lower_is_better",
    kind: "mean",
    counted: "milliseconds",
    rest: "",
    over: "calls with a known latency",
    scale: LATENCY_SCALE,
    sums: over("latency", "latency_known", "latency*latency_known"),
  },
  {
    metric: "ttft_mean",
    label: "Time to first token, mean",
    description: "Time to the first token, over the calls where it is known.",
    unit: "ms",
    display: MILLISECONDS,
    direction: "lower_is_better",
    kind: "mean",
    counted: "milliseconds",
    rest: "",
    over: "calls with a known time to first token",
    scale: LATENCY_SCALE,
    sums: over("ttft", "ttft_known", "ttft*ttft_known"),
  },
  {
    metric: "cost_per_call",
    label: "Cost per call",
    description: "US dollars of a call, over the calls whose cost is known.",
    unit: "usd",
    display: dollarsPerThousand("calls"),
    direction: "lower_is_better",
    kind: "mean",
    counted: "dollars",
    rest: "",
    over: "calls with a known cost",
    scale: COST_SCALE,
    sums: over("cost", "cost_known", "cost*cost_known"),
  },
  {
    metric: "cost_per_user",
    label: "Cost per user",
    description: "Known costs in US dollars, over all users of the variant.",
    unit: "usd",
    display: dollarsPerThousand("users"),
    direction: "lower_is_better",
    kind: "mean",
    counted: "dollars",
    rest: "",
    over: "users",
    scale: COST_SCALE,
    sums: costPerUser,
  },
  {
    metric: "cost_per_success",
    label: "Cost per success",
    description: "Known costs in US dollars, over the successes they led to.",
    unit: "usd",
    display: dollarsPerThousand("successes"),
    direction: "lower_is_better",
    kind: "mean",
    counted: "dollars",
    rest: "",
    over: "successes",
    scale: COST_SCALE,
    sums: costPerSuccess,
  },
  {
    metric: "input_tokens",
    label: "Input tokens per call",
    description: "Tokens read, over the calls where they are known.",
    unit: "tokens",
    display: TOKENS,
    direction: "lower_is_better",
    kind: "mean",
    counted: "tokens",
    rest: "",
    over: "calls with known input tokens",
    scale: 1,
    sums: over("input", "input_known", "input*input_known"),
  },
  {
    metric: "output_tokens",
    label: "Output tokens per call",
    description: "Tokens written, over the calls where they are known.",
    unit: "tokens",
    display: TOKENS,
    direction: "lower_is_better",
    kind: "mean",
    counted: "tokens",
    rest: "",
    over: "calls with known output tokens",
    scale: 1,
    sums: over("output", "output_known", "output*output_known"),
  },
];

const SQUARES: { readonly [total in UserTotal]: UserProduct } = {
  assignments: "assignments*assignments",
  executions: "executions*executions",
  successes: "successes*successes",
  failures: "failures*failures",
  errors: "errors*errors",
  latency: "latency*latency",
  latency_known: "latency_known*latency_known",
  ttft: "ttft*ttft",
  ttft_known: "ttft_known*ttft_known",
  cost: "cost*cost",
  cost_known: "cost_known*cost_known",
  input: "input*input",
  input_known: "input_known*input_known",
  output: "output*output",
  output_known: "output_known*output_known",
};

function over(
  numerator: UserTotal,
  denominator: UserTotal,
  product: UserProduct,
): RatioMetric["sums"] {
  return ({ users, sums, products }) => ({
    users,
    numerator: sums[numerator],
    denominator: sums[denominator],
    numeratorSquared: products[SQUARES[numerator]],
    denominatorSquared: products[SQUARES[denominator]],
    product: products[product],
  });
}

/** Σ(S + F)² = ΣS² + 2ΣSF + ΣF², and ΣS(S + F) = ΣS² + ΣSF. */
function successesOfOutcomes(
  { users, sums, products }: VariantStatistics,
): RatioSums {
  const squared = products["successes*successes"];
  const mixed = products["successes*failures"];
  return {
    users,
    numerator: sums.successes,
    denominator: sums.successes + sums.failures,
    numeratorSquared: squared,
    denominatorSquared: squared + 2n * mixed + products["failures*failures"],
    product: squared + mixed,
  };
}

/** Without a known cost there is no figure: unknown is not zero. */
function costPerUser(
  { users, sums, products }: VariantStatistics,
): RatioSums | null {
  if (sums.cost_known === 0n) return null;
  return {
    users,
    numerator: sums.cost,
    denominator: users,
    numeratorSquared: products["cost*cost"],
    denominatorSquared: users,
    product: sums.cost,
  };
}

function costPerSuccess(variant: VariantStatistics): RatioSums | null {
  return variant.sums.cost_known === 0n
    ? null
    : over("cost", "successes", "cost*successes")(variant);
}
