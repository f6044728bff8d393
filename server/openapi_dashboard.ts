/**
 * What the dashboard reads beside evaluations and timelines.
 *
 * @module
 */

import { FLAG_ORDERS } from "../engine/flag_overview.ts";
import {
  content,
  list,
  named,
  nullable,
  objectOf,
  problemOf,
  queryOf,
  ref,
  REFUSED,
  time,
} from "./openapi_parts.ts";
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
  queryOf("search", { type: "string", maxLength: 512 }),
  queryOf("order", { enum: FLAG_ORDERS }),
  queryOf("page", {
    type: "integer",
    minimum: 1,
    maximum: 999_999_999,
    description: "Beyond the last one stands for the last.",
  }),
];

/** The stream that tells a page of new figures. */
export const NEWS: JsonSchema = {
  get: {
    summary: "Server-sent events that say when there are new figures.",
    description:
      "The first event is `data: open`. `data: changed` follows the first look, within a second, and each change of the flag's figures after it; a page then reads what it shows. Lines that begin with a colon keep the connection. Without a flag there is an event every five seconds.",
    security: [{ readKey: [] }],
    parameters: [queryOf("flag", { type: "string" })],
    responses: {
      200: {
        description: "The events, until one of both ends the connection.",
        ...content({ type: "string" }, "text/event-stream"),
      },
      404: problemOf("No such flag."),
      ...REFUSED,
    },
  },
};
