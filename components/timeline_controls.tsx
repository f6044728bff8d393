import type { JSX } from "preact";
import { TIMELINE_METRICS, timelineMetric } from "./timeline_metrics.ts";
import { GRANULARITIES, SPANS } from "./timeline_range.ts";
import type { TimelineView } from "./timeline_view.ts";

/** Props of {@linkcode TimelineControls}. */
export interface TimelineControlsProps {
  view: TimelineView;
  /** Told of a choice at once; left out where no script runs. */
  onChange?: ((view: TimelineView) => void) | undefined;
}

/** Chooses figure and granularity: a plain form, quicker where scripts run. */
export function TimelineControls(
  { view, onChange }: TimelineControlsProps,
): JSX.Element {
  return (
    <form class="controls" method="get" action="#over-time">
      <label>
        <span>Metric</span>
        <select
          name="metric"
          value={view.metric}
          onChange={(event) =>
            onChange?.({
              ...view,
              metric: timelineMetric(event.currentTarget.value).id,
            })}
        >
          {TIMELINE_METRICS.map(({ id, label }) => (
            <option key={id} value={id} selected={id === view.metric}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <fieldset class="segments">
        <legend>Per</legend>
        {GRANULARITIES.map((granularity) => (
          <label key={granularity}>
            <input
              type="radio"
              name="granularity"
              value={granularity}
              checked={granularity === view.granularity}
              onChange={() => onChange?.({ ...view, granularity })}
            />
            <span>{SPANS[granularity].label}</span>
          </label>
        ))}
      </fieldset>
      {onChange === undefined && (
        <noscript>
          <button type="submit">Show</button>
        </noscript>
      )}
    </form>
  );
}
