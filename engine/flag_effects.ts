/**
 * How a flag's effect went: `GET /api/v1/flags/{name}/effects`.
 *
 * @module
 */

import type { DisplayScale, MetricUnit } from "./analysis/metric_analysis.ts";
import type { EffectHistory } from "./analysis/effect_at_time.ts";
import type { IntervalKind } from "./analysis/analysis_options.ts";

/** New users of a variant on a day. */
export interface DayOfUsers {
  /** Its start (UTC), ISO 8601. */
  readonly day: string;
  readonly users: number;
}

/** A variant's config changed. */
export interface ConfigChange {
  readonly variant_name: string;
  /** When the new one was first seen, ISO 8601. */
  readonly time: string;
  /** Names the new config. */
  readonly hash: string;
}

/** The effect over time, with what could have moved it. */
export interface FlagEffects {
  readonly flag_name: string;
  /** The control's name. */
  readonly control: string;
  readonly metric: string;
  readonly label: string;
  readonly unit: MetricUnit;
  readonly display: DisplayScale;
  readonly direction: "higher_is_better" | "lower_is_better";
  readonly interval: IntervalKind;
  readonly alpha: number;
  /** One for each variant but the control; empty where the metric has none. */
  readonly effects: readonly EffectHistory[];
  /** By variant, the control first; days without new users are left out. */
  readonly new_users: readonly {
    readonly variant_name: string;
    readonly days: readonly DayOfUsers[];
  }[];
  /** The earliest first; a variant's first config is no change. */
  readonly config_changes: readonly ConfigChange[];
}
