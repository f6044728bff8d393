import type { JSX } from "preact";
import type { VariantEvaluation } from "../engine/evaluation.ts";
import { type Figure, HEADLINES } from "./figures.ts";
import { LeadMark } from "./lead_mark.tsx";
import { leadingIndex } from "./leader.ts";
import { Value } from "./value.tsx";
import { VariantLabel } from "./variant_label.tsx";

/** The most variants that a card compares; the table has them all. */
const ROOM = 4;

/** Props of {@linkcode Headlines}. */
export interface HeadlinesProps {
  variants: readonly VariantEvaluation[];
}

/** The four figures that most decisions rest on, variant beside variant. */
export function Headlines({ variants }: HeadlinesProps): JSX.Element {
  return (
    <ul class="headlines">
      {HEADLINES.map((figure) => (
        <li key={figure.id} class="card">
          <Headline figure={figure} variants={variants} />
        </li>
      ))}
    </ul>
  );
}

interface HeadlineProps extends HeadlinesProps {
  figure: Figure;
}

function Headline({ figure, variants }: HeadlineProps): JSX.Element {
  const values = variants.map((variant) => figure.read(variant));
  const lead = figure.better && leadingIndex(values, figure.better);
  const max = Math.max(0, ...values.map((value) => value ?? 0));
  const rows = variants
    .map((variant, index) => ({ variant, index, value: values[index] ?? null }))
    // In the flag's own order while they fit, so that nothing moves about.
    .sort((a, b) =>
      variants.length <= ROOM
        ? a.index - b.index
        : ranked(a.value, b.value, figure)
    );
  const hidden = rows.length - ROOM;
  return (
    <>
      <h3>
        {figure.label}
        {figure.better && (
          <span class="muted">
            {figure.better === "high" ? "higher is better" : "lower is better"}
          </span>
        )}
      </h3>
      <ul>
        {rows.slice(0, ROOM).map(({ variant, index, value }) => (
          <li
            key={variant.variant_name}
            class={index === lead ? "leads" : undefined}
          >
            <VariantLabel name={variant.variant_name} index={index} lines={1} />
            <span class="number">
              {index === lead && <LeadMark />}
              <Value value={value} format={figure.format} />
            </span>
            <Bar share={max > 0 && value !== null ? value / max : 0} />
          </li>
        ))}
      </ul>
      {hidden > 0 && <p class="muted">and {hidden} more in the table</p>}
    </>
  );
}

function ranked(a: number | null, b: number | null, figure: Figure): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  return figure.better === "low" ? a - b : b - a;
}

function Bar({ share }: { share: number }): JSX.Element {
  return (
    <svg class="bar" width="100%" height="4" aria-hidden="true">
      <rect class="bar-track" width="100%" height="4" rx="2" />
      <rect
        class="bar-value"
        width={`${Math.max(0, share * 100).toFixed(2)}%`}
        height="4"
        rx="2"
      />
    </svg>
  );
}
