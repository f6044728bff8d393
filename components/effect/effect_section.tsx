import { Fragment, type JSX } from "preact";
import type { IntervalKind } from "../../engine/analysis/analysis_options.ts";
import type { Effect } from "../../engine/analysis/metric_analysis.ts";
import type { FlagEffects } from "../../engine/flag_effects.ts";
import { useWidth } from "../chart/use_width.ts";
import { formatCount, UNKNOWN } from "../format.ts";
import { Instant } from "../instant.tsx";
import { formatInterval, formatRelative } from "../results/format_relative.ts";
import { SaveChart } from "../chart/save_chart.tsx";
import { ScrollBox } from "../scroll_box.tsx";
import { Unknown } from "../value.tsx";
import { useZone, UTC } from "../zone.ts";
import { VariantLabel } from "../variant_label.tsx";
import { EffectChart } from "./effect_chart.tsx";
import { effectLayout } from "./effect_layout.ts";

const DEFAULT_WIDTH = 960;
/** Rows of the table for each variant: the latest ones. */
const ROWS = 40;

/** Props of {@linkcode EffectSection}. */
export interface EffectSectionProps {
  effects: FlagEffects;
  variantNames: readonly string[];
}

/** The effect on the primary metric, as it stood from time to time. */
export function EffectSection(
  { effects, variantNames }: EffectSectionProps,
): JSX.Element {
  const { ref, width, tabindex } = useWidth();
  const zone = useZone();
  const { label, interval, alpha, control, config_changes } = effects;
  const indexOf = (name: string): number =>
    Math.max(0, variantNames.indexOf(name));
  const layout = effectLayout(
    effects.effects,
    interval,
    config_changes.map(({ time }) => Date.parse(time)),
    width.value ?? DEFAULT_WIDTH,
    zone,
  );
  const isEmpty = layout.series.every(({ end }) => end === null);
  const level = Number(((1 - alpha) * 100).toPrecision(4));
  return (
    <section class="over-time" aria-labelledby="effect">
      <div class="section-head">
        <h2 id="effect">Effect on {label.toLowerCase()}</h2>
        <p class="note">
          Against “<bdi>{control.slice(0, 60)}</bdi>”, from all data up to each
          time; the band is the {level}% interval
          {interval === "always_valid"
            ? ", which holds at all times together"
            : ", which holds for one look"}. Times are{" "}
          <span class="zone-name">
            {zone === UTC ? "in UTC." : "in your zone."}
          </span>
        </p>
      </div>
      <div class="card">
        {effects.effects.length === 0
          ? <p class="empty-chart">This metric has no history.</p>
          : (
            <>
              <div
                class="chart-box"
                ref={ref}
                tabindex={tabindex}
              >
                {isEmpty
                  ? (
                    <p class="empty-chart effect-height">
                      There are too few data to compare variants.
                    </p>
                  )
                  : (
                    <EffectChart
                      layout={layout}
                      indexOf={indexOf}
                      label={`Effect on ${label} over time, by variant`}
                    />
                  )}
              </div>
              <SaveChart box={ref} name={`${effects.flag_name} effect`} />
              <ul class="legend">
                {effects.effects.map(({ variant_name, points }) => (
                  <li key={variant_name}>
                    <VariantLabel
                      name={variant_name}
                      index={indexOf(variant_name)}
                      lines={1}
                    />
                    <span class="number">
                      {latestText(points.at(-1)?.relative ?? null, interval)}
                    </span>
                  </li>
                ))}
              </ul>
              <details>
                <summary>Show as a table</summary>
                <EffectTable effects={effects} indexOf={indexOf} />
              </details>
            </>
          )}
        {config_changes.length > 0 && (
          <p class="note">
            ▼ A config changed:{" "}
            {config_changes.map(({ variant_name, time }, at) => (
              <Fragment key={`${variant_name} ${time}`}>
                {at > 0 && ", "}“<bdi>{variant_name.slice(0, 60)}</bdi>” at{" "}
                <Instant time={time} />
              </Fragment>
            ))}
          </p>
        )}
      </div>
    </section>
  );
}

/** The effect from all data, and its interval. */
function latestText(effect: Effect | null, kind: IntervalKind): string {
  return effect === null
    ? UNKNOWN
    : `${formatRelative(effect.estimate)} ${
      formatInterval(effect[kind], formatRelative)
    }`;
}

function EffectTable(
  { effects, indexOf }: {
    effects: FlagEffects;
    indexOf: (variant: string) => number;
  },
): JSX.Element {
  return (
    <ScrollBox label="Effect over time, as a table">
      <table class="periods effect-table">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col" class="start">Variant</th>
            <th scope="col">Users</th>
            <th scope="col">Difference</th>
            <th scope="col">Interval</th>
          </tr>
        </thead>
        <tbody>
          {effects.effects.flatMap(({ variant_name, points }) =>
            points.slice(-ROWS).reverse().map(({ time, users, relative }) => (
              <tr key={`${variant_name} ${time}`}>
                <th scope="row">
                  <Instant time={new Date(time).toISOString()} />
                </th>
                <td class="start">
                  <VariantLabel
                    name={variant_name}
                    index={indexOf(variant_name)}
                    lines={1}
                  />
                </td>
                <td>{formatCount(users)}</td>
                <td>
                  {relative === null
                    ? <Unknown />
                    : formatRelative(relative.estimate)}
                </td>
                <td>
                  {relative === null ? <Unknown /> : formatInterval(
                    relative[effects.interval],
                    formatRelative,
                  )}
                </td>
              </tr>
            ))
          )}
        </tbody>
      </table>
    </ScrollBox>
  );
}
