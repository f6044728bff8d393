import type { JSX } from "preact";
import type { HealthReport } from "../../engine/analysis/health_report.ts";
import type { RecordHealth } from "../../engine/record_list.ts";
import type { RejectionCounts } from "../../engine/rejection_count.ts";
import { CheckList } from "./check_list.tsx";
import { ConfigTable, SetupTable } from "./period_tables.tsx";
import { RecordFacts } from "./record_facts.tsx";
import { RejectedRecords } from "./rejected_records.tsx";
import { SplitTable } from "./split_table.tsx";
import { UnmarkedTable } from "./unmarked_table.tsx";
import { UsageTable } from "./usage_table.tsx";

/** Props of {@linkcode HealthFigures}. */
export interface HealthFiguresProps {
  health: HealthReport;
  /** Null where it cannot be read. */
  records: RecordHealth | null;
  rejections: RejectionCounts;
}

/** Whether the data can be trusted, and what each check rests on. */
export function HealthFigures(
  { health, records, rejections }: HealthFiguresProps,
): JSX.Element {
  return (
    <>
      <section aria-labelledby="checks">
        <div class="section-head">
          <h2 id="checks">Checks</h2>
        </div>
        <CheckList checks={health.checks} />
      </section>
      {records !== null && <RecordFacts records={records} />}
      <RejectedRecords rejections={rejections} />
      <section aria-labelledby="split">
        <div class="section-head">
          <h2 id="split">Split of users</h2>
        </div>
        <SplitTable split={health.split} />
      </section>
      <section aria-labelledby="unmarked">
        <div class="section-head">
          <h2 id="unmarked">Unmarked assignments</h2>
          <p class="note">
            Neither success nor failure. They stay in their variant.
          </p>
        </div>
        <UnmarkedTable unmarked={health.unmarked} />
      </section>
      <section aria-labelledby="usage">
        <div class="section-head">
          <h2 id="usage">Known usage</h2>
          <p class="note">Unknown is not zero: it is left out of every mean.</p>
        </div>
        <UsageTable usage={health.usage} />
      </section>
      <section aria-labelledby="configs">
        <div class="section-head">
          <h2 id="configs">Configs over time</h2>
        </div>
        <ConfigTable configs={health.configs} />
      </section>
      {health.setups.length > 0 && (
        <section aria-labelledby="setups">
          <div class="section-head">
            <h2 id="setups">Weights and rollout over time</h2>
          </div>
          <SetupTable setups={health.setups} />
        </section>
      )}
    </>
  );
}
