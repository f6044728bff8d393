import { EFFECT_HISTORY } from "./openapi_dashboard.ts";
import { ADMIN_SCHEMAS } from "./openapi_admin.ts";
import { KEY_SCHEMAS } from "./openapi_keys.ts";
import { list, named, nullable, objectOf, ref, time } from "./openapi_parts.ts";
import type { JsonSchema } from "./validation/field.ts";

const figures: JsonSchema = {
  ...named({ type: "integer" }, [
    "assignments",
    "executions",
    "successes",
    "failures",
    "errors",
  ]),
  ...named(nullable("number"), ["success_rate", "error_rate", "total_cost"]),
};

/** An object that may have further properties. */
function withOptional(object: JsonSchema, optional: JsonSchema): JsonSchema {
  const properties = object["properties"];
  return {
    ...object,
    properties: {
      ...(typeof properties === "object" ? properties : {}),
      ...optional,
    },
  };
}

/** What the API answers, but for the analysis. */
export const ANSWER_SCHEMAS: JsonSchema = {
  IngestResult: objectOf({
    accepted: { type: "integer" },
    duplicates: { type: "integer" },
    rejected: list({
      type: "object",
      required: ["index", "field", "message"],
      properties: {
        kind: { enum: ["assignments", "executions", "events"] },
        index: { type: "integer" },
        field: { type: "string" },
        message: { type: "string" },
      },
    }),
  }),
  VariantEvaluation: objectOf({
    variant_name: { type: "string" },
    users: { type: "integer" },
    ...figures,
    ...named(nullable("number"), [
      "success_per_assignment",
      "avg_latency_ms",
      "p50_latency_ms",
      "p90_latency_ms",
      "p95_latency_ms",
      "p99_latency_ms",
      "avg_cost",
      "cost_per_success",
      "avg_input_tokens",
      "avg_output_tokens",
      "total_input_tokens",
      "total_output_tokens",
    ]),
    ...named({ type: "integer" }, [
      "latency_count",
      "cost_count",
      "input_tokens_count",
      "output_tokens_count",
    ]),
    custom_events: {
      type: "object",
      additionalProperties: objectOf(
        named({ type: "integer" }, ["count", "assignments"]),
      ),
    },
    config: { type: "object" },
  }),
  FlagEvaluation: objectOf({
    flag_name: { type: "string" },
    first_seen: time,
    last_seen: time,
    variants: list(ref("VariantEvaluation")),
    analysis: ref("Analysis"),
  }),
  FlagList: objectOf({
    flags: list(objectOf({
      flag_name: { type: "string" },
      variant_names: list({ type: "string" }),
      users: { type: "integer" },
      ...figures,
      first_seen: time,
      last_seen: time,
    })),
  }),
  FlagTimeline: withOptional(
    objectOf({
      flag_name: { type: "string" },
      granularity: { enum: ["minute", "hour", "day"] },
      from: time,
      to: time,
      series: list(objectOf({
        variant_name: { type: "string" },
        points: list(objectOf({
          time,
          ...figures,
          ...named(nullable("number"), [
            "avg_latency_ms",
            "avg_cost",
            "avg_input_tokens",
            "avg_output_tokens",
          ]),
        })),
      })),
    }),
    {
      // By day alone.
      effect: objectOf({
        metric: { type: "string" },
        control: { type: "string" },
        alpha: { type: "number" },
        variants: list(EFFECT_HISTORY),
      }),
    },
  ),
  ...ADMIN_SCHEMAS,
  ...KEY_SCHEMAS,
  Problem: objectOf({
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
  }),
};
