/**
 * What the dashboard reads beside evaluations and timelines. Its stream of
 * news is no request with an answer, and so is described in the README alone.
 *
 * @module
 */

import { FLAG_ORDERS } from "../engine/flag_overview.ts";
import { list, named, nullable, objectOf, ref, time } from "./openapi_parts.ts";
import type { JsonSchema } from "./validation/field.ts";

const effect: JsonSchema = { type: ["object", "null"] };

/** How the effect of one variant went. */
export const EFFECT_HISTORY: JsonSchema = objectOf({
  variant_name: { type: "string" },
  points: list(objectOf({
    time: { type: "integer" },
    users: { type: "integer" },
    relative: effect,
    absolute: effect,
  })),
});

export const DASHBOARD_SCHEMAS: JsonSchema = {
  FlagOverview: objectOf({
    query: objectOf({
      search: { type: "string" },
      order: { enum: FLAG_ORDERS },
      page: { type: "integer", minimum: 1 },
    }),
    ...named({ type: "integer", minimum: 0 }, ["total", "pages", "known"]),
    flags: list(objectOf({
      summary: { type: "object" },
      status: { enum: ["collecting", "decided", "needs_attention"] },
      action: nullable("string"),
      variant: nullable("string"),
      activity: list({ type: "integer" }),
    })),
  }),
  FlagEffects: objectOf({
    ...named({ type: "string" }, [
      "flag_name",
      "control",
      "metric",
      "label",
      "unit",
    ]),
    display: { type: "object" },
    direction: { enum: ["higher_is_better", "lower_is_better"] },
    interval: { enum: ["always_valid", "fixed"] },
    alpha: { type: "number" },
    effects: list(EFFECT_HISTORY),
    new_users: list(objectOf({
      variant_name: { type: "string" },
      days: list(objectOf({ day: time, users: { type: "integer" } })),
    })),
    config_changes: list(objectOf({
      variant_name: { type: "string" },
      time,
      hash: { type: "string" },
    })),
  }),
};

/** The schema of `GET /api/v1/overview`, by reference. */
export const OVERVIEW: JsonSchema = ref("FlagOverview");

/** The schema of `GET /api/v1/flags/{name}/effects`, by reference. */
export const EFFECTS: JsonSchema = ref("FlagEffects");

/** What the list of flags can be asked for. */
export const OVERVIEW_QUERY: readonly JsonSchema[] = [
  { name: "search", in: "query", schema: { type: "string" } },
  { name: "order", in: "query", schema: { enum: FLAG_ORDERS } },
  { name: "page", in: "query", schema: { type: "integer", minimum: 1 } },
];
