import type { JSX } from "preact";
import type { FlagEvaluation } from "../engine/evaluation.ts";
import { Star } from "./lead_mark.tsx";
import { VariantTable } from "./variant_table.tsx";

/** Props of {@linkcode FlagFigures}. */
export interface FlagFiguresProps {
  evaluation: FlagEvaluation;
  /** Whether they are shown at once; else on demand. */
  open: boolean;
}

/** Every figure of every variant, as it was counted. */
export function FlagFigures(
  { evaluation, open }: FlagFiguresProps,
): JSX.Element {
  return (
    <details class="flag-figures" open={open}>
      <summary>
        <h2>All figures by variant</h2>
      </summary>
      <p class="note">
        <Star />
        The variant that is ahead so far. Whether a difference could be chance
        is judged above.
      </p>
      <VariantTable variants={evaluation.variants} />
    </details>
  );
}
