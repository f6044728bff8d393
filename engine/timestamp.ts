const PATTERN =
  /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?(?:[Zz]|([+-])(\d\d):?(\d\d)(?::?(\d\d)(?:\.\d+)?)?)$/;
/** `2026-03-01T12:00:00.123Z` */
const ISO_LENGTH = 24;

/**
 * Reads an ISO 8601 date and time with an offset, from 1970 on.
 *
 * `Date.parse` does not serve: it reads a time without offset as local time,
 * takes much that is no ISO 8601, and drops the microseconds that order the
 * events of one assignment.
 *
 * @param text Say `2026-03-01T12:00:00.123456+00:00`, as Python's
 * `datetime.isoformat()` writes it, or `2026-03-01T12:00:00Z`.
 * @returns Microseconds since 1970-01-01 UTC, digits beyond them cut off, or
 * null when the text is no such time.
 */
export function parseTimestamp(text: string): number | null {
  // What JavaScript writes, it reads fast, and it is right if it writes it so.
  if (text.length === ISO_LENGTH) {
    const millis = Date.parse(text);
    if (millis >= 0 && new Date(millis).toISOString() === text) {
      return millis * 1000;
    }
  }
  const match = PATTERN.exec(text);
  if (match === null) return null;
  const part = (index: number): number => Number(match[index] ?? 0);
  const [year, month, day] = [part(1), part(2), part(3)];
  const [hour, minute, second] = [part(4), part(5), part(6)];
  const [offsetHour, offsetMinute] = [part(9), part(10)];
  // Date.UTC takes the years 0 to 99 for those of 1900. What an offset writes
  // as 1969 can be of 1970.
  if (year < 1969) return null;
  if (hour > 23 || minute > 59 || second > 59) return null;
  if (offsetHour > 23 || offsetMinute > 59 || part(11) > 59) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  // An impossible day, say 30 February, has rolled over into another month.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) {
    return null;
  }
  const offset = (offsetHour * 60 + offsetMinute) * 60 + part(11);
  const seconds = date.getTime() / 1000 + (hour * 60 + minute) * 60 + second -
    (match[8] === "-" ? -offset : offset);
  const micros = seconds * 1e6 +
    Number((match[7] ?? "").slice(0, 6).padEnd(6, "0"));
  return micros < 0 ? null : micros;
}

/**
 * Writes a time as ISO 8601 in UTC, with as many digits as it needs.
 *
 * @param micros Microseconds since 1970-01-01 UTC.
 */
export function formatTimestamp(micros: number): string {
  const millis = Math.floor(micros / 1000);
  const rest = micros - millis * 1000;
  const text = new Date(millis).toISOString();
  return rest === 0
    ? text
    : `${text.slice(0, -1)}${String(rest).padStart(3, "0")}Z`;
}
