import { list, named, nullable, objectOf, ref, time } from "./openapi_parts.ts";
import type { JsonSchema } from "./validation/field.ts";

const text: JsonSchema = { type: "string" };
const number: JsonSchema = { type: "number" };
const integer: JsonSchema = { type: "integer" };
const maybe = (schema: JsonSchema): JsonSchema => ({
  oneOf: [schema, { type: "null" }],
});
const interval: JsonSchema = ref("Interval");

const checkStatus: JsonSchema = {
  enum: ["ok", "warning", "failed", "unknown"],
};
export const checkName: JsonSchema = {
  enum: [
    "sample_ratio",
    "users_in_several_variants",
    "config_changed",
    "setup_changed",
    "unmarked",
    "unknown_usage",
  ],
};

/** What the analysis says of the soundness of the data. */
export const HEALTH_SCHEMAS: JsonSchema = {
  Health: objectOf({
    status: checkStatus,
    checks: list(
      objectOf({ check: checkName, status: checkStatus, message: text }),
    ),
    split: objectOf({
      status: checkStatus,
      source: { enum: ["setup", "weights", null] },
      variants: list(objectOf({
        variant_name: text,
        users: integer,
        ...named(nullable("number"), [
          "share",
          "expected_share",
          "expected_users",
        ]),
      })),
      ...named(nullable("number"), [
        "chi_squared",
        "degrees_of_freedom",
        "p_value",
        "sequential_p_value",
      ]),
    }),
    users_in_several_variants: integer,
    unmarked: objectOf({
      status: checkStatus,
      variants: list(objectOf({
        variant_name: text,
        assignments: integer,
        unmarked: integer,
        share: nullable("number"),
        interval: maybe(interval),
        difference: maybe(objectOf({
          estimate: number,
          always_valid: interval,
          p_value: number,
        })),
      })),
    }),
    usage: list(objectOf({
      variant_name: text,
      executions: integer,
      known: objectOf(
        named(integer, [
          "latency",
          "ttft",
          "cost",
          "input_tokens",
          "output_tokens",
        ]),
      ),
    })),
    configs: list(objectOf({
      variant_name: text,
      hash: text,
      first_seen: time,
      last_seen: time,
    })),
    setups: list(objectOf({
      first_seen: time,
      last_seen: time,
      rollout_pct: number,
      variants: list(objectOf({
        variant_name: text,
        weight: number,
        share: nullable("number"),
      })),
    })),
  }),
};
