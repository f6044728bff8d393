import type { FlagStatistics } from "../statistics/flag_statistics.ts";
import type { PaceAnalysis } from "./analysis.ts";

const DAY = 86_400_000;
const MOST_DAYS = 7;
/** A pace over less would be noise. */
const LEAST_DAYS = 1 / 24;

/**
 * New users a day: over the last full days, at most seven, or where there is
 * no full day yet over the time since the first record.
 */
export function paceOf(
  statistics: FlagStatistics,
): Omit<PaceAnalysis, "days_left"> {
  const { variants, firstSeen, lastSeen } = statistics;
  const running = Math.max(0, (lastSeen - firstSeen) / DAY);
  const today = Math.floor(lastSeen / DAY) * DAY;
  const firstFull = Math.ceil(firstSeen / DAY) * DAY;
  const full = Math.min(
    MOST_DAYS,
    Math.max(0, Math.round((today - firstFull) / DAY)),
  );
  const [from, to, days] = full > 0
    ? [today - full * DAY, today, full]
    : [-Infinity, Infinity, running];
  const paces = variants.map(({ name, users, newUsers }) => ({
    variant_name: name,
    users: Number(users),
    users_per_day: days < LEAST_DAYS ? null : newUsers
      .filter(([day]) => day >= from && day < to)
      .reduce((sum, [, count]) => sum + count, 0) / days,
  }));
  return {
    days,
    users_per_day: days < LEAST_DAYS ? null : paces.reduce(
      (sum, { users_per_day }) => sum + (users_per_day ?? 0),
      0,
    ),
    variants: paces,
    days_running: running,
  };
}
