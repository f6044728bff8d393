import type { FlagTimeline } from "../engine/evaluation.ts";
import type { FlagEffects } from "../engine/flag_effects.ts";
import { isListOf, isRecord } from "./api_shapes.ts";
import { GRANULARITIES } from "./timeline_range.ts";

/** Whether it is the answer of `GET /api/v1/flags/{name}/effects`. */
export function isFlagEffects(value: unknown): value is FlagEffects {
  return isRecord(value) && isListOf(value["effects"], "variant_name") &&
    isListOf(value["new_users"], "variant_name");
}

/** Whether it is the answer of `GET /api/v1/flags/{name}/timeline`. */
export function isFlagTimeline(value: unknown): value is FlagTimeline {
  return isRecord(value) && isGranularity(value["granularity"]) &&
    isListOf(value["series"], "variant_name");
}

function isGranularity(value: unknown): boolean {
  return GRANULARITIES.some((granularity) => granularity === value);
}
