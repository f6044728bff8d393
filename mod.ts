/**
 * A/B testing for LLM systems in production, with any provider.
 *
 * Declare a flag with weighted variants, ask for a user's assignment, call
 * the LLM through it with the variant's config, and mark how it ended. The
 * server keeps the score.
 *
 * Decisions are made here, without a server: the same user always gets the
 * same variant of a flag, also from the Python package. Records are sent in
 * the background; after `init()`, no fault of network or server throws or
 * delays anything.
 *
 * Runs on Deno, Node 20 and later, Bun, browsers and edge workers. A process
 * that runs out of work sends what waits; one that ends by `process.exit()`,
 * a signal, or as a serverless request has to `await flush()` before.
 *
 * @example
 * ```ts
 * import { assign, evaluate, init, shutdown } from "@modelab/sdk";
 *
 * init({
 *   server: null, // say "http://localhost:8100"; null sends nothing
 *   flags: [{
 *     name: "summarizer_v2",
 *     variants: [
 *       { name: "control", config: { model: "gpt-4o-mini" } },
 *       { name: "treatment", config: { model: "gpt-4o" } },
 *     ],
 *   }],
 *   onError: ({ code, message }) => console.log(code, message),
 * });
 *
 * // Stands for `client.chat.completions.create` of your provider's client.
 * const create = ({ model }: { model: unknown }) =>
 *   Promise.resolve({
 *     model,
 *     usage: { prompt_tokens: 12, completion_tokens: 34 },
 *   });
 *
 * const assignment = assign("summarizer_v2", { userId: "user_123" });
 * // Times the call, reads its usage, records its errors, follows its stream.
 * const reply = await assignment?.run(({ model }) => create({ model }));
 * assignment?.markSuccess();
 *
 * const results = await evaluate("summarizer_v2");
 * for (const variant of results?.variants ?? []) {
 *   console.log(variant.variant_name, variant.success_rate);
 * }
 * await shutdown();
 * ```
 *
 * @module
 */

export {
  assign,
  currentClient,
  evaluate,
  flush,
  init,
  peek,
  reset,
  resume,
  shutdown,
  stats,
} from "./sdk/default_client.ts";
export type { ResumedAssignment } from "./sdk/resume.ts";
export type { ClientStats } from "./sdk/client_stats.ts";
export { Modelab } from "./sdk/modelab.ts";
export { Assignment, type PeekResult } from "./sdk/assignment.ts";
export type { EvalContext } from "./sdk/eval_context.ts";
export type { ExecutionDetails } from "./sdk/execution_details.ts";
export type { InitOptions } from "./sdk/init_options.ts";
export type {
  ConfigOf,
  FlagName,
  Overrides,
  VariantName,
} from "./sdk/typed_flags.ts";
export { FlagNotFoundError, NotInitializedError } from "./sdk/errors.ts";
export { InvalidFlagError, ModelabError } from "./engine/modelab_error.ts";
export {
  type Price,
  type Prices,
  type PriceTable,
  priceTable,
} from "./engine/price.ts";
export type { TokenCounts } from "./engine/usage/token_usage.ts";
export type { Flag, Variant } from "./engine/flag.ts";
export type {
  CustomEventCount,
  FlagEvaluation,
  VariantEvaluation,
} from "./engine/evaluation.ts";
export type {
  Decision,
  DecisionAction,
  DecisionConfidence,
  DecisionRule,
  FlagAnalysis,
  GuardrailVerdict,
  PaceAnalysis,
  PaceVariant,
  ParetoAnalysis,
  ParetoPoint,
  TradeOff,
} from "./engine/analysis/analysis.ts";
export type {
  AnalysisOptions,
  Guardrail,
  IntervalKind,
  Margin,
  Prior,
} from "./engine/analysis/analysis_options.ts";
export type {
  DistributionAnalysis,
  DistributionBin,
  DistributionVariant,
} from "./engine/analysis/distribution.ts";
export type {
  CheckName,
  CheckStatus,
  ConfigPeriod,
  HealthCheck,
  HealthReport,
  SetupPeriod,
  SplitAnalysis,
  SplitVariant,
  UnmarkedAnalysis,
  UnmarkedVariant,
  UsageVariant,
} from "./engine/analysis/health_report.ts";
export type {
  DisplayScale,
  Effect,
  Interval,
  MetricAnalysis,
  MetricComparison,
  MetricRole,
  MetricStatus,
  MetricUnit,
  MetricVariant,
  Missing,
  PValues,
} from "./engine/analysis/metric_analysis.ts";
export type { JsonObject } from "./engine/records.ts";
export type { Drop, DropHandler, DropReason } from "./storage/http/drop.ts";
export type {
  QueuedRecord,
  RecordBuffer,
  Spool,
  SpoolHost,
} from "./storage/http/record_buffer.ts";
export type {
  Logger,
  Report,
  ReportCode,
  ReportHandler,
} from "./storage/http/report.ts";
export type { DeliveryStats } from "./storage/http/stats.ts";
export type { RecordStorage } from "./storage/http/record_storage.ts";
