const [ZERO, PLUS, MINUS, POINT, COMMA, COLON] = [48, 43, 45, 46, 44, 58];
const DAYS_OF_MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/**
 * Reads an ISO 8601 date and time with an offset, from 1970 on:
 * `YYYY-MM-DDThh:mm[:ss[.digits]]`, and then `Z` or `±hh[:]mm[[:]ss[.digits]]`.
 *
 * `Date.parse` does not serve: it reads a time without offset as local time,
 * takes much that is no ISO 8601, and drops the microseconds that order the
 * events of one assignment. Every record has a time, so that it is read
 * character by character: a regular expression takes several times as long.
 *
 * @param text Say `2026-03-01T12:00:00.123456+00:00`, as Python's
 * `datetime.isoformat()` writes it, or `2026-03-01T12:00:00Z`.
 * @returns Microseconds since 1970-01-01 UTC, digits beyond them cut off, or
 * null when the text is no such time.
 */
export function parseTimestamp(text: string): number | null {
  const separator = text[10];
  if (separator !== "T" && separator !== "t" && separator !== " ") return null;
  if (text.charCodeAt(13) !== COLON) return null;
  const [hour, minute] = [twoDigits(text, 11), twoDigits(text, 14)];
  let [at, second, micros] = [16, 0, 0];
  if (text.charCodeAt(at) === COLON) {
    second = twoDigits(text, at + 1);
    at += 3;
    const point = text.charCodeAt(at);
    if (point === POINT || point === COMMA) {
      const end = endOfDigits(text, at + 1);
      if (end > at + 10) return null;
      micros = microsOf(text, at + 1, end);
      at = end;
    }
  }
  const seconds = dateSeconds(text) + (hour * 60 + minute) * 60 + second -
    offsetSeconds(text, at);
  const time = seconds * 1e6 + micros;
  // What is not there, or no digit, has made it NaN.
  return time >= 0 && hour < 24 && minute < 60 && second < 60 ? time : null;
}

/** Seconds from 1970 to the day that a text begins with; NaN: it is none. */
function dateSeconds(text: string): number {
  if (text.charCodeAt(4) !== MINUS || text.charCodeAt(7) !== MINUS) return NaN;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const [month, day] = [twoDigits(text, 5), twoDigits(text, 8)];
  // Date.UTC takes the years 0 to 99 for those of 1900. What an offset writes
  // as 1969 can be of 1970.
  return year >= 1969 && day >= 1 && day <= daysOf(year, month)
    ? Date.UTC(year, month - 1, day) / 1000
    : NaN;
}

/** How many days a month has; 0 when there is no such month. */
function daysOf(year: number, month: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return (DAYS_OF_MONTHS[month - 1] ?? 0) + (month === 2 && isLeap ? 1 : 0);
}

/** The offset that a text ends with, in seconds; NaN: it is none. */
function offsetSeconds(text: string, start: number): number {
  const { length } = text;
  const sign = text.charCodeAt(start);
  if (sign !== PLUS && sign !== MINUS) {
    const isUtc = text[start] === "Z" || text[start] === "z";
    return isUtc && length === start + 1 ? 0 : NaN;
  }
  let at = afterColon(text, start + 3);
  const [hour, minute] = [twoDigits(text, start + 1), twoDigits(text, at)];
  let second = 0;
  at += 2;
  if (at !== length) {
    at = afterColon(text, at);
    second = twoDigits(text, at);
    at += 2;
    // Digits of the second are of no use, and must be there after the point.
    if (text.charCodeAt(at) === POINT) at = endOfDigits(text, at + 1);
  }
  if (at !== length || !(hour < 24 && minute < 60 && second < 60)) return NaN;
  const offset = (hour * 60 + minute) * 60 + second;
  return sign === MINUS ? -offset : offset;
}

function afterColon(text: string, at: number): number {
  return text.charCodeAt(at) === COLON ? at + 1 : at;
}

/** The number that two digits are; NaN: they are none. */
function twoDigits(text: string, at: number): number {
  return digit(text, at) * 10 + digit(text, at + 1);
}

function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - ZERO;
  return value >= 0 && value <= 9 ? value : NaN;
}

/** Where the digits from a place on end; NaN: there are none. */
function endOfDigits(text: string, start: number): number {
  let at = start;
  while (digit(text, at) >= 0) at++;
  return at === start ? NaN : at;
}

/** The digits of a second as microseconds. */
function microsOf(text: string, start: number, end: number): number {
  let micros = 0;
  for (let at = start; at < start + 6; at++) {
    micros = micros * 10 + (at < end ? digit(text, at) : 0);
  }
  return micros;
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
