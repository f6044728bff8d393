import type { JSX } from "preact";
import type {
  AssignmentSummary,
  RecordPage,
} from "../../engine/record_list.ts";
import { assignmentPagePath } from "../flag_url.ts";
import { formatCount, formatDuration, formatMoney } from "../format.ts";
import { Name } from "../name.tsx";
import { ScrollBox } from "../scroll_box.tsx";
import { TimeAgo } from "../time_ago.tsx";
import { Value } from "../value.tsx";
import { VariantLabel } from "../variant_label.tsx";
import { OutcomeMark } from "./outcome_mark.tsx";

/** Props of {@linkcode RecordTable}. */
export interface RecordTableProps {
  page: RecordPage;
  variantNames: readonly string[];
  /** Epoch milliseconds. */
  now: number;
}

/** A page of a flag's assignments, newest first. */
export function RecordTable(
  { page, variantNames, now }: RecordTableProps,
): JSX.Element {
  return (
    <ScrollBox label="Assignments, newest first">
      <table class="records stacked">
        <thead>
          <tr>
            <th scope="col">Assigned</th>
            <th scope="col" class="start">User</th>
            <th scope="col" class="start">Variant</th>
            <th scope="col" class="start">Outcome</th>
            <th scope="col">Calls</th>
            <th scope="col">Latency</th>
            <th scope="col">Cost</th>
            <th scope="col">Events</th>
            <th scope="col" class="start">Error</th>
          </tr>
        </thead>
        <tbody>
          {page.records.map((record) => (
            <Row
              key={record.assignment_id}
              record={record}
              index={variantNames.indexOf(record.variant_name)}
              now={now}
            />
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

interface RowProps {
  record: AssignmentSummary;
  index: number;
  now: number;
}

function Row({ record, index, now }: RowProps): JSX.Element {
  const { assignment_id, assigned_at, user_id, errors, error } = record;
  return (
    <tr>
      <th scope="row">
        <a href={assignmentPagePath(assignment_id)}>
          <TimeAgo time={assigned_at} now={now} />
          <span class="visually-hidden">, assignment {assignment_id}</span>
        </a>
      </th>
      <td class="start" data-label="User">
        <Name name={user_id === "" ? "(empty)" : user_id} lines={1} />
      </td>
      <td class="start" data-label="Variant">
        <VariantLabel
          name={record.variant_name}
          index={Math.max(0, index)}
          lines={1}
        />
        {record.overridden && <span class="badge">Forced</span>}
      </td>
      <td class="start" data-label="Outcome">
        <OutcomeMark outcome={record.outcome} />
      </td>
      <td data-label="Calls">{formatCount(record.executions)}</td>
      <td data-label="Latency">
        <Value value={record.latency_ms} format={formatDuration} />
      </td>
      <td data-label="Cost">
        <Value value={record.cost} format={formatMoney} />
      </td>
      <td data-label="Events">{formatCount(record.events)}</td>
      <td class="start error" data-label="Error">
        {error !== null && (
          <span>
            <Name name={error} lines={1} />
            {errors > 1 && (
              <span class="muted">and {formatCount(errors - 1)} more</span>
            )}
          </span>
        )}
      </td>
    </tr>
  );
}
