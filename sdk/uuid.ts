/** What the ids of one millisecond have in common. */
export class IdStamp {
  readonly #head: string;
  readonly #tail: string;

  /** @param millis Milliseconds since 1970-01-01 UTC. */
  constructor(millis: number) {
    const time = hex(millis, 12);
    const [a = 0, b = 0, c = 0, d = 0] = crypto.getRandomValues(
      new Uint16Array(4),
    );
    this.#head = `${time.slice(0, 8)}-${time.slice(8)}-7`;
    this.#tail = `-${hex(a & 0x3fff | 0x8000, 4)}-${hex(b, 4)}${hex(c, 4)}` +
      hex(d, 4);
  }

  /** @param micros A time within the millisecond, as `stamp` was given it. */
  id(micros: number): string {
    // A microsecond's part of 4,096.
    return this.#head + hex(Math.floor(micros % 1000 * 4.096), 3) + this.#tail;
  }
}

/**
 * Makes UUIDs of version 7, whose order is that of time: rows under such ids
 * lie next to each other, where random ones would each touch a page of their
 * own.
 *
 * Source: RFC 9562, section 5.7, with the fraction of a millisecond in the
 * 12 bits that follow the version (section 6.2, method 3). The 62 random bits
 * are drawn once in a millisecond, within which the fraction tells ids apart,
 * and whenever a time does not follow the one before.
 *
 * @example
 * ```ts
 * import { UuidMaker } from "./uuid.ts";
 * import assert from "node:assert/strict";
 *
 * const id = new UuidMaker().make(1_645_557_742_000_000);
 * assert.match(id, /^017f22e2-79b0-7000-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
 * ```
 */
export class UuidMaker {
  #last = 0;
  #end = 0;
  #stamp: IdStamp | null = null;

  /**
   * The stamp that gives the id of a time; to be called once for each id.
   *
   * @param micros Whole microseconds since 1970-01-01 UTC.
   */
  stamp(micros: number): IdStamp {
    if (this.#stamp === null || micros <= this.#last || micros >= this.#end) {
      const millis = Math.floor(micros / 1000);
      // Here and no earlier: edge workers give no randomness before a request.
      this.#stamp = new IdStamp(millis);
      this.#end = (millis + 1) * 1000;
    }
    this.#last = micros;
    return this.#stamp;
  }

  /** @param micros Whole microseconds since 1970-01-01 UTC. */
  make(micros: number): string {
    return this.stamp(micros).id(micros);
  }
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}
