import type { JSX } from "preact";
import type { FlagSummary } from "../engine/evaluation.ts";
import { FigureCell } from "./figure_cell.tsx";
import { flagPagePath } from "./flag_url.ts";
import { formatCount, formatMoney, formatRate } from "./format.ts";
import { Name } from "./name.tsx";
import { ScrollBox } from "./scroll_box.tsx";
import { TimeAgo } from "./time_ago.tsx";

/** Props of {@linkcode FlagTable}. */
export interface FlagTableProps {
  flags: readonly FlagSummary[];
  /** Epoch milliseconds. */
  now: number;
}

/** Every flag with its figures over all variants. */
export function FlagTable({ flags, now }: FlagTableProps): JSX.Element {
  return (
    <ScrollBox label="Flags">
      <table class="flags">
        <caption class="visually-hidden">
          Flags, with figures over all their variants
        </caption>
        <thead>
          <tr>
            <th scope="col">Flag</th>
            <th scope="col">Users</th>
            <th scope="col">Assignments</th>
            <th scope="col">Success rate</th>
            <th scope="col">Error rate</th>
            <th scope="col">Total cost</th>
            <th scope="col">Last seen</th>
          </tr>
        </thead>
        <tbody>
          {flags.map((flag) => (
            <FlagRow key={flag.flag_name} flag={flag} now={now} />
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function FlagRow(
  { flag, now }: { flag: FlagSummary; now: number },
): JSX.Element {
  const ended = flag.successes + flag.failures;
  return (
    <tr>
      <th scope="row">
        <a class="flag-link" href={flagPagePath(flag.flag_name)}>
          <Name name={flag.flag_name} />
        </a>
        <VariantNames names={flag.variant_names} />
      </th>
      <FigureCell text={formatCount(flag.users)} />
      <FigureCell text={formatCount(flag.assignments)} />
      <FigureCell
        text={flag.success_rate === null ? null : formatRate(flag.success_rate)}
        detail={`${formatCount(flag.successes)} of ${formatCount(ended)}`}
      />
      <FigureCell
        text={flag.error_rate === null ? null : formatRate(flag.error_rate)}
        detail={`${formatCount(flag.errors)} of ${
          formatCount(flag.executions)
        }`}
      />
      <FigureCell
        text={flag.total_cost === null ? null : formatMoney(flag.total_cost)}
      />
      <td class="figure">
        <TimeAgo time={flag.last_seen} now={now} />
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
