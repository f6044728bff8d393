import { PERCENT, plain } from "./display.ts";
import type { RatioMetric } from "./metric.ts";
import type {
  EventStatistics,
  VariantStatistics,
} from "../statistics/flag_statistics.ts";
import type { RatioSums } from "../statistics/ratio_estimate.ts";

/** Millionths. */
const VALUE_SCALE = 1e-6;

/**
 * The metrics of one custom event. More of an event is better, unless the
 * caller says otherwise.
 */
export function eventMetrics(name: string): readonly RatioMetric[] {
  const read = (
    sums: (event: EventStatistics, variant: VariantStatistics) => RatioSums,
  ): RatioMetric["sums"] =>
  (variant) => sums(variant.events.get(name) ?? NONE, variant);
  return [
    {
      metric: `event_rate:${name}`,
      label: `Share with ${name}`,
      description: "Assignments under which it happened, of all assignments.",
      unit: "share",
      display: PERCENT,
      direction: "higher_is_better",
      kind: "rate",
      counted: `assignments with ${name}`,
      rest: `assignments without ${name}`,
      over: "assignments",
      scale: 1,
      sums: read((event, variant) => ({
        users: variant.users,
        numerator: event.sums.assignments,
        denominator: variant.sums.assignments,
        numeratorSquared: event.products["assignments*assignments"],
        denominatorSquared: variant.products["assignments*assignments"],
        product: event.products["assignments*all_assignments"],
      })),
    },
    {
      metric: `event_per_user:${name}`,
      label: `${name} per user`,
      description: "How often it happened, over all users of the variant.",
      unit: "count",
      display: plain("times per user"),
      direction: "higher_is_better",
      kind: "mean",
      counted: "times",
      rest: "",
      over: "users",
      scale: 1,
      sums: read((event, { users }) => ({
        users,
        numerator: event.sums.count,
        denominator: users,
        numeratorSquared: event.products["count*count"],
        denominatorSquared: users,
        product: event.sums.count,
      })),
    },
    {
      metric: `event_value:${name}`,
      label: `Value of ${name}`,
      description: "The event's value, over the events that carry one.",
      unit: "value",
      display: plain("mean value"),
      direction: "higher_is_better",
      kind: "mean",
      counted: "value",
      rest: "",
      over: "events with a value",
      scale: VALUE_SCALE,
      sums: read((event, { users }) => ({
        users,
        numerator: event.sums.value,
        denominator: event.sums.valued,
        numeratorSquared: event.products["value*value"],
        denominatorSquared: event.products["valued*valued"],
        product: event.products["value*valued"],
      })),
    },
  ];
}

/** An event that a variant has never seen happened there zero times. */
const NONE: EventStatistics = {
  sums: { count: 0n, assignments: 0n, value: 0n, valued: 0n },
  products: {
    "count*count": 0n,
    "assignments*assignments": 0n,
    "value*value": 0n,
    "valued*valued": 0n,
    "value*valued": 0n,
    "assignments*all_assignments": 0n,
    "count*executions": 0n,
  },
};
