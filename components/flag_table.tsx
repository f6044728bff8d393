import type { JSX } from "preact";
import type { OverviewFlag } from "../engine/flag_overview.ts";
import { FigureCell } from "./figure_cell.tsx";
import { FlagStatusMark } from "./flag_status_mark.tsx";
import { flagPagePath } from "./flag_url.ts";
import { formatCount, formatRate, formatSpend } from "./format.ts";
import { Name } from "./name.tsx";
import { ScrollBox } from "./scroll_box.tsx";
import { Sparkline } from "./sparkline.tsx";
import { TimeAgo } from "./time_ago.tsx";

/** Props of {@linkcode FlagTable}. */
export interface FlagTableProps {
  flags: readonly OverviewFlag[];
  /** Epoch milliseconds. */
  now: number;
}

/** Flags with their status, and with figures over all their variants. */
export function FlagTable({ flags, now }: FlagTableProps): JSX.Element {
  return (
    <ScrollBox label="Flags">
      <table class="flags stacked">
        <caption class="visually-hidden">
          Flags, with figures over all their variants
        </caption>
        <thead>
          <tr>
            <th scope="col">Flag</th>
            <th scope="col" class="start">Status</th>
            <th scope="col">Users</th>
            <th scope="col">Calls</th>
            <th scope="col">Success rate</th>
            <th scope="col">Error rate</th>
            <th scope="col">Spend</th>
            <th scope="col">Calls, 14 days</th>
            <th scope="col" class="start">Last activity</th>
          </tr>
        </thead>
        <tbody>
          {flags.map((flag) => (
            <FlagRow key={flag.summary.flag_name} flag={flag} now={now} />
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function FlagRow(
  { flag, now }: { flag: OverviewFlag; now: number },
): JSX.Element {
  const { summary, activity } = flag;
  const ended = summary.successes + summary.failures;
  const { success_rate, error_rate, total_cost } = summary;
  return (
    <tr>
      <th scope="row">
        <a class="flag-link" href={flagPagePath(summary.flag_name)}>
          <Name name={summary.flag_name} />
        </a>
        <VariantNames names={summary.variant_names} />
      </th>
      <td class="start" data-label="Status">
        <FlagStatusMark flag={flag} />
      </td>
      <FigureCell label="Users" text={formatCount(summary.users)} />
      <FigureCell label="Calls" text={formatCount(summary.executions)} />
      <FigureCell
        label="Success rate"
        text={success_rate === null ? null : formatRate(success_rate)}
        detail={`${formatCount(summary.successes)} of ${formatCount(ended)}`}
      />
      <FigureCell
        label="Error rate"
        text={error_rate === null ? null : formatRate(error_rate)}
        detail={`${formatCount(summary.errors)} of ${
          formatCount(summary.executions)
        }`}
      />
      <FigureCell
        label="Spend"
        text={total_cost === null ? null : formatSpend(total_cost)}
      />
      <td data-label="Calls, 14 days">
        <Sparkline
          values={activity}
          label={`${
            formatCount(activity.reduce((sum, value) => sum + value, 0))
          } calls in 14 days`}
        />
      </td>
      <td class="start" data-label="Last activity">
        <TimeAgo time={summary.last_seen} now={now} />
      </td>
    </tr>
  );
}

/** More than these are counted instead of named. */
const NAMED = 4;

function VariantNames(
  { names }: { names: readonly string[] },
): JSX.Element {
  const more = names.length - NAMED;
  return (
    <ul class="variant-names" aria-label="Variants">
      {names.slice(0, NAMED).map((name) => (
        <li key={name}>
          <Name name={name} lines={1} />
        </li>
      ))}
      {more > 0 && <li>and {formatCount(more)} more</li>}
    </ul>
  );
}
