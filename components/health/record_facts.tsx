import type { JSX } from "preact";
import type { RecordHealth } from "../../engine/record_list.ts";
import { formatCount } from "../format.ts";

const FACTS: readonly (readonly [
  figure: keyof RecordHealth,
  label: string,
  meaning: string,
])[] = [
  ["waiting", "Waiting", "calls and events whose assignment has not come"],
  [
    "waiting_without_flag",
    "Waiting, of any flag",
    "the same, of those that name no flag",
  ],
  ["late", "Late", "records that came over an hour after they happened"],
  ["overridden", "Forced", "assignments to a forced variant: counted nowhere"],
  [
    "users_in_several_variants",
    "In several variants",
    "users seen in more than one",
  ],
];

/** Props of {@linkcode RecordFacts}. */
export interface RecordFactsProps {
  records: RecordHealth;
}

/** What the ledger says about the soundness of the data. */
export function RecordFacts({ records }: RecordFactsProps): JSX.Element {
  return (
    <section aria-labelledby="records-health">
      <div class="section-head">
        <h2 id="records-health">Records</h2>
      </div>
      <dl class="record-facts">
        {FACTS.map(([figure, label, meaning]) => (
          <div key={figure} class="card">
            <dt>{label}</dt>
            <dd>
              <strong>{formatCount(records[figure])}</strong>
              <span class="muted">{meaning}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
