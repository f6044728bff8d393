import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import type { FlagTimeline } from "../engine/evaluation.ts";
import { DEFAULT_WIDTH } from "./chart/chart_layout.ts";
import { TimelineChart } from "./chart/timeline_chart.tsx";
import { timelineGrid } from "./chart/timeline_grid.ts";
import { legendText, TimelineLegend } from "./chart/timeline_legend.tsx";
import { TimelineTable } from "./chart/timeline_table.tsx";
import { SaveChart } from "./chart/save_chart.tsx";
import { useWidth } from "./chart/use_width.ts";
import { bucketZone, formatBucket, formatBucketIn } from "./format_bucket.ts";
import { useZone, type Zone } from "./zone.ts";
import { TimelineControls } from "./timeline_controls.tsx";
import { timelineMetric } from "./timeline_metrics.ts";
import type { TimelineView } from "./timeline_view.ts";

/** Props of {@linkcode TimelineSection}. */
export interface TimelineSectionProps {
  timeline: FlagTimeline;
  view: TimelineView;
  /** The flag's variants in their order, which decides how each one looks. */
  variantNames: readonly string[];
  /** Epoch milliseconds. */
  now: number;
  /** Told of another choice; left out where no script runs. */
  onChange?: ((view: TimelineView) => void) | undefined;
}

/** One figure of every variant over time: chart, legend and table. */
export function TimelineSection(props: TimelineSectionProps): JSX.Element {
  const { timeline, view, variantNames, now, onChange } = props;
  const { ref, width, tabindex } = useWidth();
  const active = useSignal<number | null>(null);
  const viewer = useZone();
  const metric = timelineMetric(view.metric);
  const grid = timelineGrid(timeline, metric, variantNames, now);
  const zone = bucketZone(viewer, grid.bucketMs);
  const latest = grid.times.findLastIndex((_, index) =>
    grid.series.some(({ values }) => (values[index] ?? null) !== null)
  );
  // Another granularity has other buckets, perhaps fewer.
  const read = active.value !== null && active.value < grid.times.length
    ? active.value
    : null;
  const reading = { grid, metric, index: read ?? latest, zone };
  const range = rangeText(grid.times, grid.bucketMs, zone);
  const label = `${metric.label} per ${timeline.granularity}`;
  return (
    <section class="over-time" aria-labelledby="over-time">
      <div class="section-head">
        <h2 id="over-time">Metrics over time</h2>
        <TimelineControls view={view} onChange={onChange} />
      </div>
      <div class="card">
        <p class="chart-title">
          <strong>{label}</strong>{" "}
          <span class="muted" key={range}>{range}</span>
        </p>
        {latest === -1 ? <NothingKnown timeline={timeline} /> : (
          <>
            <div
              class="chart-box"
              ref={ref}
              // Once measured, the chart fits and there is nothing to scroll.
              tabindex={tabindex}
            >
              <TimelineChart
                grid={grid}
                metric={metric}
                width={width.value ?? DEFAULT_WIDTH}
                zone={zone}
                label={`${label}, by variant`}
                active={read}
                activeText={legendText(reading)}
                onActive={onChange && ((index) => {
                  active.value = index;
                })}
              />
            </div>
            <SaveChart box={ref} name={`${timeline.flag_name} ${label}`} />
            <TimelineLegend {...reading} />
          </>
        )}
        <p class="note">
          Gaps are unknown, which is not zero.
          {grid.current !== -1 && " A hollow point is still filling."}
        </p>
        {latest !== -1 && (
          <details>
            <summary>Show as a table</summary>
            <TimelineTable
              grid={grid}
              metric={metric}
              label={label}
              zone={zone}
            />
          </details>
        )}
      </div>
    </section>
  );
}

function NothingKnown({ timeline }: { timeline: FlagTimeline }): JSX.Element {
  return (
    <p class="empty-chart">
      {timeline.granularity === "minute"
        ? "Nothing is known here. Minutes are kept for two days: choose hours or days."
        : "Nothing is known of this figure in this range."}
    </p>
  );
}

function rangeText(
  times: readonly number[],
  bucketMs: number,
  zone: Zone,
): string {
  const first = times[0];
  const last = times.at(-1);
  if (first === undefined || last === undefined) return "";
  return `${formatBucket(first, bucketMs, zone)} to ${
    formatBucketIn(last, bucketMs, zone)
  }`;
}
