import { narrowed } from "./amount.ts";
import type { Amount } from "./amount.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** Below it, twice a number is still exact. */
const HALF = 2 ** 52;
/** Where the eighth group of seven bits begins: seven are exact as a number. */
const EIGHTH = 2 ** 49;

/**
 * Writes numbers and text close together. Integers are varints: seven bits a
 * byte, the lowest first, with the high bit set on all bytes but the last.
 *
 * Values that are written one after another share a buffer: one for each takes
 * longer to make, and to free, than what is written into it.
 */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer>;
  /** Where the value begins that is being written. */
  #start = 0;
  #end = 0;

  /** @param room Bytes that are expected. */
  constructor(room = 256) {
    this.#bytes = new Uint8Array(room);
  }

  /** Bytes that were written since the last value was finished. */
  get length(): number {
    return this.#end - this.#start;
  }

  /** What was written since the last value was finished. */
  finish(): Uint8Array<ArrayBuffer> {
    const value = this.#bytes.subarray(this.#start, this.#end);
    this.#start = this.#end;
    return value;
  }

  /**
   * @param value An integer from 0 to 2^53 - 1.
   * @throws {RangeError} It is none.
   */
  unsigned(value: number): void {
    if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER)) {
      throw new RangeError(`A number must be from 0 to 2^53 - 1, got ${value}`);
    }
    this.#reserve(8);
    let rest = value;
    while (rest >= 128) {
      this.#bytes[this.#end++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#end++] = rest;
  }

  /** Any integer: zero and up on even numbers, below zero on odd ones. */
  signed(value: Amount): void {
    if (typeof value === "number" && value > -HALF && value < HALF) {
      this.unsigned(value >= 0 ? value * 2 : -value * 2 - 1);
      return;
    }
    const wide = BigInt(value);
    let rest = wide >= 0n ? wide * 2n : -wide * 2n - 1n;
    while (rest >= 128n) {
      this.#reserve(1);
      this.#bytes[this.#end++] = Number(rest & 127n) | 128;
      rest >>= 7n;
    }
    this.#reserve(1);
    this.#bytes[this.#end++] = Number(rest);
  }

  /** Its length in bytes, and then UTF-8. */
  text(value: string): void {
    const { length } = value;
    this.#reserve(length + 1);
    // The number of so few bytes takes one.
    if (length < 128 && this.#putAscii(value, this.#end + 1)) {
      this.#bytes[this.#end] = length;
      this.#end += length + 1;
    } else this.raw(encoder.encode(value));
  }

  /** UTF-8 alone. */
  utf8(value: string): void {
    this.#reserve(value.length * 3);
    const { written } = encoder.encodeInto(
      value,
      this.#bytes.subarray(this.#end),
    );
    this.#end += written;
  }

  /** Their number, and then the bytes. */
  raw(value: Uint8Array): void {
    this.unsigned(value.length);
    this.append(value);
  }

  /** The bytes alone. */
  append(value: Uint8Array): void {
    this.#reserve(value.length);
    this.#bytes.set(value, this.#end);
    this.#end += value.length;
  }

  #reserve(count: number): void {
    if (this.#end + count <= this.#bytes.length) return;
    const { length } = this;
    const room = Math.max(length + count, this.#bytes.length * 2);
    const bytes = new Uint8Array(room);
    // What is finished stays where it is.
    bytes.set(this.#bytes.subarray(this.#start, this.#end));
    [this.#bytes, this.#start, this.#end] = [bytes, 0, length];
  }

  /** Puts text to a place, and says whether it was ASCII. */
  #putAscii(value: string, place: number): boolean {
    for (let at = 0; at < value.length; at++) {
      const unit = value.charCodeAt(at);
      if (unit > 127) return false;
      this.#bytes[place + at] = unit;
    }
    return true;
  }
}

/**
 * Reads what a {@linkcode ByteWriter} wrote.
 *
 * Every method throws a `RangeError` where the bytes end too early: the
 * database holds what no modelab wrote.
 */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Whether everything has been read. */
  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  unsigned(): number {
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = this.#next();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  }

  signed(): Amount {
    const start = this.#at;
    let [value, scale] = [0, 1];
    for (;;) {
      const byte = this.#next();
      value += (byte & 127) * scale;
      if (byte < 128) break;
      scale *= 128;
      if (scale === EIGHTH) return this.#wide(start);
    }
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** Passes over a number. */
  skip(): void {
    while (this.#next() >= 128);
  }

  text(): string {
    return decoder.decode(this.raw());
  }

  raw(): Uint8Array {
    return this.take(this.unsigned());
  }

  /** All bytes that are left. */
  rest(): Uint8Array {
    return this.take(this.#bytes.length - this.#at);
  }

  /** So many bytes. */
  take(length: number): Uint8Array {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw torn();
    const bytes = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return bytes;
  }

  #wide(start: number): Amount {
    this.#at = start;
    let [value, shift] = [0n, 0n];
    for (;;) {
      const byte = this.#next();
      value += BigInt(byte & 127) << shift;
      if (byte < 128) break;
      shift += 7n;
    }
    return narrowed(value % 2n === 0n ? value / 2n : -(value + 1n) / 2n);
  }

  #next(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw torn();
    return byte;
  }
}

function torn(): RangeError {
  return new RangeError("A row of the database ends too early");
}
