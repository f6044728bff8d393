import type { JSX } from "preact";
import type { UsageVariant } from "../../engine/analysis/health_report.ts";
import { formatCount, formatRate } from "../format.ts";
import { ScrollBox } from "../scroll_box.tsx";
import { Unknown } from "../value.tsx";
import { VariantLabel } from "../variant_label.tsx";

const COLUMNS = [
  ["latency", "Latency"],
  ["cost", "Cost"],
  ["input_tokens", "Input tokens"],
  ["output_tokens", "Output tokens"],
  ["ttft", "Time to first token"],
] as const;

/** Props of {@linkcode UsageTable}. */
export interface UsageTableProps {
  usage: readonly UsageVariant[];
}

/** For how many of each variant's calls a figure is known. */
export function UsageTable({ usage }: UsageTableProps): JSX.Element {
  return (
    <ScrollBox label="Known usage, as a table">
      <table class="stacked">
        <thead>
          <tr>
            <th scope="col">Variant</th>
            <th scope="col">Calls</th>
            {COLUMNS.map(([name, label]) => (
              <th key={name} scope="col">{label} known</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {usage.map(({ variant_name, executions, known }, index) => (
            <tr key={variant_name}>
              <th scope="row">
                <VariantLabel name={variant_name} index={index} />
              </th>
              <td data-label="Calls">{formatCount(executions)}</td>
              {COLUMNS.map(([name, label]) => (
                <td key={name} data-label={`${label} known`}>
                  {executions === 0
                    ? <Unknown />
                    : formatRate(known[name] / executions)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}
