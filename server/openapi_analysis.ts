import { ANALYSIS_PARAMETERS } from "./analysis_query.ts";
import { checkName, HEALTH_SCHEMAS } from "./openapi_health.ts";
import { list, named, nullable, objectOf, ref, time } from "./openapi_parts.ts";
import type { JsonSchema } from "./validation/field.ts";

const text: JsonSchema = { type: "string" };
const number: JsonSchema = { type: "number" };
const integer: JsonSchema = { type: "integer" };
const maybe = (schema: JsonSchema): JsonSchema => ({
  oneOf: [schema, { type: "null" }],
});
const interval: JsonSchema = ref("Interval");
const margin: JsonSchema = ref("Margin");

const DECISION: JsonSchema = {
  Missing: objectOf({
    variant_name: text,
    what: text,
    required: number,
    found: number,
  }),
  Decision: objectOf({
    action: {
      enum: ["ship", "keep_control", "keep_running", "fix_experiment"],
    },
    variant: nullable("string"),
    rule: {
      enum: [
        "sample_ratio_mismatch",
        "users_in_several_variants",
        "config_changed",
        "setup_changed",
        "outcomes_missing",
        "one_variant",
        "not_enough_data",
        "better",
        "not_worse_and_cheaper",
        "guardrail_pending",
        "guardrail_failed",
        "worse",
        "equivalent",
        "unclear",
      ],
    },
    reason: text,
    confidence: maybe(objectOf({
      metric: text,
      level: number,
      ...named(nullable("number"), [
        "p_value",
        "chance_to_beat_control",
        "chance_to_be_best",
        "expected_loss",
      ]),
    })),
    missing: list(ref("Missing")),
    days_left: nullable("number"),
    margin,
    trade_offs: list(objectOf({
      metric: text,
      message: text,
      relative_difference: nullable("number"),
    })),
    pending_guardrails: list(text),
    warnings: list(text),
  }),
};

const METRIC: JsonSchema = {
  Interval: objectOf(named(nullable("number"), ["lower", "upper"])),
  Effect: objectOf({
    estimate: number,
    always_valid: interval,
    fixed: interval,
  }),
  Display: objectOf({
    factor: number,
    digits: integer,
    prefix: text,
    suffix: text,
    unit: text,
  }),
  MetricComparison: objectOf({
    status: {
      enum: ["not_enough_data", "unclear", "better", "worse", "equivalent"],
    },
    missing: list(ref("Missing")),
    absolute: maybe(ref("Effect")),
    relative: maybe(ref("Effect")),
    p_values: maybe(objectOf({
      always_valid: number,
      fixed: number,
      holm: nullable("number"),
      benjamini_hochberg: nullable("number"),
    })),
    chance_to_beat_control: nullable("number"),
    expected_loss: maybe(objectOf({ ship: number, keep: number })),
    users_left: nullable("number"),
    days_left: nullable("number"),
  }),
  MetricAnalysis: objectOf({
    metric: text,
    label: text,
    description: text,
    unit: { enum: ["share", "ms", "usd", "tokens", "count", "value"] },
    display: ref("Display"),
    direction: { enum: ["higher_is_better", "lower_is_better"] },
    role: { enum: ["primary", "cost", "guardrail", "information"] },
    over: text,
    variants: list(objectOf({
      variant_name: text,
      estimate: nullable("number"),
      interval: maybe(interval),
      always_valid_interval: maybe(interval),
      users: integer,
      numerator: nullable("number"),
      denominator: number,
      chance_to_be_best: nullable("number"),
      comparison: maybe(ref("MetricComparison")),
    })),
  }),
};

/** The schemas of the analysis and the verdict file. */
export const ANALYSIS_SCHEMAS: JsonSchema = {
  ...DECISION,
  ...METRIC,
  ...HEALTH_SCHEMAS,
  Margin: objectOf({ kind: { enum: ["relative", "absolute"] }, value: number }),
  AnalysisOptions: objectOf({
    control: text,
    alpha: number,
    interval: { enum: ["always_valid", "fixed"] },
    metric: text,
    cost_metric: text,
    min_effect: number,
    margin,
    prior: maybe(objectOf({ sd: number })),
    guardrails: list(objectOf({ metric: text, margin })),
    lower_is_better: list(text),
    weights: maybe({ type: "object", additionalProperties: number }),
    accepted_checks: list(checkName),
  }),
  Analysis: objectOf({
    engine_version: text,
    options: ref("AnalysisOptions"),
    variant_names: list(text),
    decision: ref("Decision"),
    metrics: list(ref("MetricAnalysis")),
    guardrails: list(objectOf({
      metric: text,
      label: text,
      variant_name: text,
      margin,
      verdict: { enum: ["pass", "fail", "pending", "not_enough_data"] },
      harm: nullable("number"),
      harm_interval: maybe(interval),
    })),
    pareto: objectOf({
      success_metric: text,
      cost_metric: text,
      points: list(objectOf({
        variant_name: text,
        success: nullable("number"),
        success_interval: maybe(interval),
        cost: nullable("number"),
        cost_interval: maybe(interval),
        cost_per_success: nullable("number"),
        cost_per_success_interval: maybe(interval),
        on_front: { type: "boolean" },
        dominated_by: list(text),
      })),
      front: list(text),
    }),
    distributions: list(objectOf({
      metric: { enum: ["latency", "ttft", "cost"] },
      label: text,
      unit: { enum: ["ms", "usd"] },
      display: ref("Display"),
      variants: list(objectOf({
        variant_name: text,
        count: integer,
        bins: list(objectOf({
          lower: number,
          upper: number,
          count: integer,
          share: number,
        })),
      })),
    })),
    pace: objectOf({
      days: number,
      users_per_day: nullable("number"),
      variants: list(objectOf({
        variant_name: text,
        users: integer,
        users_per_day: nullable("number"),
      })),
      days_running: number,
      days_left: nullable("number"),
    }),
    health: ref("Health"),
  }),
  Verdict: objectOf({
    format: { enum: ["modelab-verdict/1"] },
    engine_version: text,
    created_at: time,
    flag_name: text,
    options: ref("AnalysisOptions"),
    statistics: {
      type: "object",
      description:
        "The sufficient statistics: exact integers, as decimal strings.",
    },
    analysis: ref("Analysis"),
    sha256: text,
  }),
};

/** The query parameters of an analysis. */
export const ANALYSIS_QUERY: readonly JsonSchema[] = Object.entries(
  ANALYSIS_PARAMETERS,
).map(([name, { description, schema }]) => ({
  name,
  in: "query",
  description,
  schema,
  // Lists come as one parameter for each of their items.
  ...(schema["type"] === "array" ? { style: "form", explode: true } : {}),
}));
