import type { FlagStatistics } from "../statistics/flag_statistics.ts";
import type { AnalysisOptions, Guardrail } from "./analysis_options.ts";
import { metricsOf } from "./metrics.ts";

/** What a caller asks for; what is left out has a default. */
export type AnalysisRequest = Partial<AnalysisOptions>;

/** A request that does not fit the flag. */
export interface RequestFault {
  /** The option at fault. */
  readonly option: keyof AnalysisOptions;
  /** What was required. */
  readonly required: string;
  /** What arrived. */
  readonly got: string;
}

/** May be worse by a percentage point: errors are rare, so a share of them would say little. */
const DEFAULT_GUARDRAIL: Guardrail = {
  metric: "error_rate",
  margin: { kind: "absolute", value: 0.01 },
};

/** Used where the caller says nothing. */
export const DEFAULT_OPTIONS = {
  alpha: 0.05,
  interval: "always_valid",
  metric: "success_rate",
  cost_metric: "cost_per_call",
  min_effect: 0.05,
  margin: { kind: "relative", value: 0.02 },
  prior: { sd: 0.3 },
  lower_is_better: [],
  weights: null,
  accepted_checks: [],
} as const satisfies AnalysisRequest;

/**
 * Fills in what the caller left out, and checks names against the flag.
 * Numbers must have been checked before.
 */
export function resolveOptions(
  statistics: FlagStatistics,
  request: AnalysisRequest,
): AnalysisOptions | RequestFault {
  const options: AnalysisOptions = {
    ...DEFAULT_OPTIONS,
    control: statistics.variants[0]?.name ?? "",
    guardrails: [],
    ...request,
  };
  const guardrails = request.guardrails ??
    [DEFAULT_GUARDRAIL].filter(({ metric }) => metric !== options.metric);
  return faultOf(statistics, { ...options, guardrails }) ??
    { ...options, guardrails };
}

function faultOf(
  statistics: FlagStatistics,
  options: AnalysisOptions,
): RequestFault | null {
  const names = statistics.variants.map(({ name }) => name);
  if (!names.includes(options.control)) {
    return fault(
      "control",
      `a variant of the flag: ${list(names)}`,
      options.control,
    );
  }
  const asked: (readonly [RequestFault["option"], string])[] = [
    ["metric", options.metric],
    ["cost_metric", options.cost_metric],
    ...options.guardrails.map(({ metric }) => ["guardrails", metric] as const),
    ...options.lower_is_better.map((id) => ["lower_is_better", id] as const),
  ];
  const known = metricsOf(statistics, asked.map(([, id]) => id), [])
    .map(({ metric }) => metric);
  const unknown = asked.find(([, id]) => !known.includes(id));
  if (unknown !== undefined) {
    return fault(
      unknown[0],
      `a metric of the flag: ${list(known)}`,
      unknown[1],
    );
  }
  if (options.weights === null) return null;
  const weights = Object.entries(options.weights);
  const missing = names.find((name) =>
    !weights.some(([variant]) => variant === name)
  );
  if (missing !== undefined) {
    return fault(
      "weights",
      "a weight for every variant that has users",
      `none for ${JSON.stringify(missing)}`,
    );
  }
  return weights.some(([, weight]) => weight > 0)
    ? null
    : fault("weights", "a weight above 0", "none");
}

function fault(
  option: RequestFault["option"],
  required: string,
  got: string,
): RequestFault {
  return { option, required, got };
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 40).join(", ");
  return names.length > 40 ? `${shown} …` : shown;
}
