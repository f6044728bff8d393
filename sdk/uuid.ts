/** Gives a UUID of version 7 for a time in microseconds since 1970-01-01 UTC. */
export type UuidMaker = (micros: number) => string;

/**
 * Makes UUIDs of version 7, whose order is that of time: rows under such ids
 * lie next to each other, where random ones would each touch a page of their
 * own.
 *
 * Source: RFC 9562, section 5.7, with the fraction of a millisecond in the
 * 12 bits that follow the version (section 6.2, method 3). The 62 random bits
 * are drawn once in a millisecond: within it the fraction tells ids apart, as
 * long as no two times are the same.
 *
 * @returns A maker with randomness of its own: two of them may be given the
 * same times.
 *
 * @example
 * ```ts
 * import { createUuids } from "./uuid.ts";
 * import assert from "node:assert/strict";
 *
 * const uuidv7 = createUuids();
 * const id = uuidv7(1_645_557_742_000_000);
 * assert.match(id, /^017f22e2-79b0-7000-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
 * ```
 */
export function createUuids(): UuidMaker {
  let last = Infinity;
  let lastMillis = NaN;
  let head = "";
  let tail = "";
  return (micros) => {
    const millis = Math.floor(micros / 1000);
    if (millis !== lastMillis || micros <= last) {
      lastMillis = millis;
      const time = hex(millis, 12);
      head = `${time.slice(0, 8)}-${time.slice(8)}-7`;
      // Here and no earlier: edge workers give no randomness before a request.
      const [a = 0, b = 0, c = 0, d = 0] = crypto.getRandomValues(
        new Uint16Array(4),
      );
      tail = `-${hex(a & 0x3fff | 0x8000, 4)}-${hex(b, 4)}${hex(c, 4)}` +
        hex(d, 4);
    }
    last = micros;
    return head + FRACTIONS[micros - millis * 1000] + tail;
  };
}

/** For each microsecond of a millisecond, its part of 4,096 as hexadecimal. */
const FRACTIONS = Array.from(
  { length: 1000 },
  (_, micros) => hex(Math.floor(micros * 4.096), 3),
);

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}
