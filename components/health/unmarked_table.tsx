import type { JSX } from "preact";
import type { UnmarkedAnalysis } from "../../engine/analysis/health_report.ts";
import { formatCount, formatDifference, formatRate } from "../format.ts";
import { formatP } from "../results/format_metric.ts";
import { formatInterval } from "../results/format_relative.ts";
import { ScrollBox } from "../scroll_box.tsx";
import { Unknown, Value } from "../value.tsx";
import { VariantLabel } from "../variant_label.tsx";

/** Props of {@linkcode UnmarkedTable}. */
export interface UnmarkedTableProps {
  unmarked: UnmarkedAnalysis;
}

/** How many assignments of each variant never got an outcome. */
export function UnmarkedTable(
  { unmarked }: UnmarkedTableProps,
): JSX.Element {
  return (
    <ScrollBox label="Assignments without outcome, as a table">
      <table class="stacked">
        <thead>
          <tr>
            <th scope="col">Variant</th>
            <th scope="col">Assignments</th>
            <th scope="col">Unmarked</th>
            <th scope="col">Share</th>
            <th scope="col">Against the control</th>
            <th scope="col">p-value</th>
          </tr>
        </thead>
        <tbody>
          {unmarked.variants.map((variant, index) => (
            <tr key={variant.variant_name}>
              <th scope="row">
                <VariantLabel
                  name={variant.variant_name}
                  index={index}
                />
              </th>
              <td data-label="Assignments">
                {formatCount(variant.assignments)}
              </td>
              <td data-label="Unmarked">{formatCount(variant.unmarked)}</td>
              <td data-label="Share">
                <Value value={variant.share} format={formatRate} />
              </td>
              <td data-label="Against the control">
                {variant.difference === null ? <Unknown /> : (
                  <span class="cell">
                    <span class="number">
                      {points(variant.difference.estimate)}
                    </span>
                    <span class="detail">
                      {formatInterval(variant.difference.always_valid, points)}
                    </span>
                  </span>
                )}
              </td>
              <td data-label="p-value">
                {variant.difference === null
                  ? <Unknown />
                  : formatP(variant.difference.p_value)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

function points(difference: number): string {
  return formatDifference(difference, 0, "points") ?? "";
}
