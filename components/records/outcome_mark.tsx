import type { JSX } from "preact";
import type { Outcome } from "../../engine/record_list.ts";

const OUTCOMES: Readonly<
  Record<Outcome, { readonly word: string; readonly sign: string }>
> = {
  success: { word: "Success", sign: "✓" },
  failure: { word: "Failure", sign: "✗" },
  none: { word: "Unmarked", sign: "–" },
};

/** Props of {@linkcode OutcomeMark}. */
export interface OutcomeMarkProps {
  outcome: Outcome;
}

/** How an assignment ended: a sign, a word, and only then a colour. */
export function OutcomeMark({ outcome }: OutcomeMarkProps): JSX.Element {
  const { word, sign } = OUTCOMES[outcome];
  return (
    <span class={`outcome outcome-${outcome}`}>
      <span aria-hidden="true">{sign}</span> {word}
    </span>
  );
}
