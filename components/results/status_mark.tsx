import type { JSX } from "preact";
import type { MetricStatus } from "../../engine/analysis/metric_analysis.ts";

/** What a status is called, and the sign that stands before it. */
const STATUS: Readonly<
  Record<MetricStatus, { readonly word: string; readonly sign: string }>
> = {
  better: { word: "Better", sign: "▲" },
  worse: { word: "Worse", sign: "▼" },
  equivalent: { word: "Equivalent", sign: "≈" },
  unclear: { word: "Unclear", sign: "?" },
  not_enough_data: { word: "Too few data", sign: "…" },
};

/** Props of {@linkcode StatusMark}. */
export interface StatusMarkProps {
  status: MetricStatus;
}

/** How a comparison came out: a sign, a word, and only then a colour. */
export function StatusMark({ status }: StatusMarkProps): JSX.Element {
  const { word, sign } = STATUS[status];
  return (
    <span class={`status status-${status}`}>
      <span aria-hidden="true">{sign}</span> {word}
    </span>
  );
}
