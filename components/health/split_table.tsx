import type { JSX } from "preact";
import type { SplitAnalysis } from "../../engine/analysis/health_report.ts";
import { formatCount, formatRate } from "../format.ts";
import { formatP } from "../results/format_metric.ts";
import { ScrollBox } from "../scroll_box.tsx";
import { Value } from "../value.tsx";
import { VariantLabel } from "../variant_label.tsx";

/** Props of {@linkcode SplitTable}. */
export interface SplitTableProps {
  split: SplitAnalysis;
}

const SOURCES = {
  setup: "the flag's own weights and rollout",
  weights: "the weights in this page's address",
} as const;

/** Users per variant against what was intended. */
export function SplitTable({ split }: SplitTableProps): JSX.Element {
  const { variants, source, chi_squared, degrees_of_freedom } = split;
  return (
    <>
      <ScrollBox label="Users per variant, as a table">
        <table class="stacked">
          <thead>
            <tr>
              <th scope="col">Variant</th>
              <th scope="col">Users</th>
              <th scope="col">Share</th>
              <th scope="col">Intended share</th>
              <th scope="col">Intended users</th>
              <th scope="col">Difference</th>
            </tr>
          </thead>
          <tbody>
            {variants.map((variant, index) => {
              const { users, expected_users } = variant;
              return (
                <tr key={variant.variant_name}>
                  <th scope="row">
                    <VariantLabel
                      name={variant.variant_name}
                      index={index}
                    />
                  </th>
                  <td data-label="Users">{formatCount(users)}</td>
                  <td data-label="Share">
                    <Value value={variant.share} format={formatRate} />
                  </td>
                  <td data-label="Intended share">
                    <Value value={variant.expected_share} format={formatRate} />
                  </td>
                  <td data-label="Intended users">
                    <Value value={expected_users} format={formatCount} />
                  </td>
                  <td data-label="Difference">
                    <Value
                      value={expected_users === null
                        ? null
                        : users - expected_users}
                      format={signedCount}
                    />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollBox>
      <p class="note">
        {source === null
          ? (
            <>
              The intended split is not known: the SDK sends it with each
              assignment, the Python client does not.{" "}
              <a href={equalWeights(variants)}>Test against equal weights</a>,
              {" "}
              or put others into that address.
            </>
          )
          : `Intended by ${SOURCES[source]}.`}
        {chi_squared !== null && degrees_of_freedom !== null && (
          ` χ² = ${chi_squared.toFixed(2)} with ${degrees_of_freedom} ${
            degrees_of_freedom === 1 ? "degree" : "degrees"
          } of freedom; p-value ${formatP(split.p_value)} for one look, ${
            formatP(split.sequential_p_value)
          } at any time. Below 0.001 is a mismatch.`
        )}
      </p>
    </>
  );
}

/** The page itself, with the same weight for every variant. */
function equalWeights(variants: SplitAnalysis["variants"]): string {
  return `?${new URLSearchParams(
    variants.map(({ variant_name }) => ["weights", `${variant_name}:1`]),
  )}`;
}

function signedCount(difference: number): string {
  const rounded = Math.round(difference);
  const sign = rounded > 0 ? "+" : rounded < 0 ? "−" : "±";
  return `${sign}${formatCount(Math.abs(rounded))}`;
}
