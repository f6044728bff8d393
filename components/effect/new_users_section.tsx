import type { JSX } from "preact";
import type { FlagEffects } from "../../engine/flag_effects.ts";
import { formatCount } from "../format.ts";
import { formatDay } from "../format_bucket.ts";
import { ScrollBox } from "../scroll_box.tsx";
import { Sparkline } from "../sparkline.tsx";
import { VariantLabel } from "../variant_label.tsx";

const DAY = 86_400_000;
/** Days that are shown, the latest ones. */
const DAYS = 14;

/** Props of {@linkcode NewUsersSection}. */
export interface NewUsersSectionProps {
  effects: FlagEffects;
  variantNames: readonly string[];
  /** Epoch milliseconds. */
  now: number;
}

/** Users first seen on each of the last days, by variant. */
export function NewUsersSection(
  { effects, variantNames, now }: NewUsersSectionProps,
): JSX.Element {
  const today = Math.floor(now / DAY) * DAY;
  const days = Array.from(
    { length: DAYS },
    (_, at) => today - (DAYS - 1 - at) * DAY,
  );
  return (
    <section aria-labelledby="new-users">
      <div class="section-head">
        <h2 id="new-users">New users a day</h2>
        <p class="note">Days in UTC; the last one is not over yet.</p>
      </div>
      <ScrollBox label="New users a day, as a table">
        <table class="periods">
          <thead>
            <tr>
              <th scope="col">Variant</th>
              <th scope="col">{DAYS} days</th>
              {days.map((day) => <th key={day} scope="col">{formatDay(day)}
              </th>)}
            </tr>
          </thead>
          <tbody>
            {effects.new_users.map(({ variant_name, days: seen }) => {
              const users = days.map((day) =>
                seen.find((one) => Date.parse(one.day) === day)?.users ?? 0
              );
              const sum = users.reduce((total, one) => total + one, 0);
              return (
                <tr key={variant_name}>
                  <th scope="row">
                    <VariantLabel
                      name={variant_name}
                      index={Math.max(0, variantNames.indexOf(variant_name))}
                      lines={1}
                    />
                  </th>
                  <td>
                    <Sparkline
                      values={users}
                      label={`${formatCount(sum)} new users`}
                    />
                  </td>
                  {users.map((one, at) => (
                    <td key={`${at} ${one}`}>{formatCount(one)}</td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </ScrollBox>
    </section>
  );
}
