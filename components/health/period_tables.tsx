import type { JSX } from "preact";
import type {
  ConfigPeriod,
  SetupPeriod,
} from "../../engine/analysis/health_report.ts";
import { formatRate } from "../format.ts";
import { formatInstant } from "../format_time.ts";
import { Name } from "../name.tsx";
import { ScrollBox } from "../scroll_box.tsx";

/** Props of {@linkcode ConfigTable}. */
export interface ConfigTableProps {
  configs: readonly ConfigPeriod[];
}

/** Every config that a variant has had, and when. */
export function ConfigTable({ configs }: ConfigTableProps): JSX.Element {
  return (
    <ScrollBox label="Configs, as a table">
      <table class="periods stacked">
        <thead>
          <tr>
            <th scope="col">Variant</th>
            <th scope="col" class="start">Config</th>
            <th scope="col" class="start">First seen</th>
            <th scope="col" class="start">Last seen</th>
          </tr>
        </thead>
        <tbody>
          {configs.map(({ variant_name, hash, first_seen, last_seen }) => (
            <tr key={`${variant_name} ${hash}`}>
              <th scope="row">
                <Name name={variant_name} />
              </th>
              <td class="start" data-label="Config">
                <code>{hash.slice(0, 10)}</code>
              </td>
              <Seen label="First seen" time={first_seen} />
              <Seen label="Last seen" time={last_seen} />
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

/** Props of {@linkcode SetupTable}. */
export interface SetupTableProps {
  setups: readonly SetupPeriod[];
}

/** Every setup that the flag has had: rollout, weights and real shares. */
export function SetupTable({ setups }: SetupTableProps): JSX.Element {
  return (
    <ScrollBox label="Weights and rollout, as a table">
      <table class="periods stacked">
        <thead>
          <tr>
            <th scope="col">First seen</th>
            <th scope="col" class="start">Last seen</th>
            <th scope="col">Rollout</th>
            <th scope="col" class="start">Weights, and their real shares</th>
          </tr>
        </thead>
        <tbody>
          {setups.map(({ first_seen, last_seen, rollout_pct, variants }) => (
            <tr key={first_seen}>
              <th scope="row">
                <time dateTime={first_seen}>{formatInstant(first_seen)}</time>
              </th>
              <Seen label="Last seen" time={last_seen} />
              <td data-label="Rollout">{rollout_pct}%</td>
              <td class="start" data-label="Weights">
                <ul class="weights">
                  {variants.map(({ variant_name, weight, share }) => (
                    <li key={variant_name}>
                      <Name name={variant_name} lines={1} /> {weight}
                      {share !== null && (
                        <span class="muted">({formatRate(share)})</span>
                      )}
                    </li>
                  ))}
                </ul>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function Seen(
  { label, time }: { label: string; time: string },
): JSX.Element {
  return (
    <td class="start" data-label={label}>
      <time dateTime={time}>{formatInstant(time)}</time>
    </td>
  );
}
