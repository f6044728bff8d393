import type { JSX } from "preact";
import type { RejectionCounts } from "../../engine/rejection_count.ts";
import { formatCount } from "../format.ts";
import { formatInstant } from "../format_time.ts";
import { Name } from "../name.tsx";
import { ScrollBox } from "../scroll_box.tsx";

/** Props of {@linkcode RejectedRecords}. */
export interface RejectedRecordsProps {
  rejections: RejectionCounts;
}

/** What the server refused: of all flags, for a refused record may name none. */
export function RejectedRecords(
  { rejections: { since, reasons } }: RejectedRecordsProps,
): JSX.Element {
  const start = since === null
    ? ""
    : ` since ${formatInstant(new Date(since).toISOString())}`;
  return (
    <section aria-labelledby="rejected">
      <div class="section-head">
        <h2 id="rejected">Rejected records</h2>
        <p class="note">
          Of all flags{start}. Each answer to its sender says what was wrong.
        </p>
      </div>
      {reasons.length === 0
        ? <p class="card">No record has been rejected.</p>
        : (
          <ScrollBox label="Rejected records by reason, as a table">
            <table class="short">
              <thead>
                <tr>
                  <th scope="col">Field at fault</th>
                  <th scope="col">Records</th>
                </tr>
              </thead>
              <tbody>
                {reasons.map(({ field, records }) => (
                  <tr key={field}>
                    <th scope="row">
                      <Name
                        name={field === "" ? "(the whole record)" : field}
                      />
                    </th>
                    <td>{formatCount(records)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollBox>
        )}
    </section>
  );
}
