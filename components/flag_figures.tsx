import type { JSX } from "preact";
import type { FlagEvaluation } from "../engine/evaluation.ts";
import { Headlines } from "./headlines.tsx";
import { Star } from "./lead_mark.tsx";
import { VariantTable } from "./variant_table.tsx";

/** Props of {@linkcode FlagFigures}. */
export interface FlagFiguresProps {
  evaluation: FlagEvaluation;
}

/** How the variants of a flag do: four figures at a glance, then all. */
export function FlagFigures({ evaluation }: FlagFiguresProps): JSX.Element {
  return (
    <section aria-labelledby="variants">
      <div class="section-head">
        <h2 id="variants">Variants</h2>
        <p class="note">
          <Star />
          The variant that is ahead so far. Whether a difference could be chance
          is not judged here.
        </p>
      </div>
      <Headlines variants={evaluation.variants} />
      <VariantTable variants={evaluation.variants} />
    </section>
  );
}
