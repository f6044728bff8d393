/**
 * The form in which values travel to the browser: an array of values in which
 * the first is the whole, and every value names the values inside it by their
 * place. So cycles end, what is shared stays shared, and no key of an object
 * from elsewhere ever is a key of the JSON.
 *
 * | value | form |
 * | --- | --- |
 * | null, boolean, string, finite number | itself |
 * | undefined, NaN, ±Infinity, -0 | `["special", "undefined"]` … |
 * | bigint | `["bigint", "12"]` |
 * | array | `["array", place …]`, -1 for a hole |
 * | object | `["object", key, place, key, place …]` |
 * | Map | `["map", place of key, place of value …]` |
 * | Set | `["set", place …]` |
 * | Date | `["date", milliseconds or null]` |
 * | URL | `["url", href]` |
 * | RegExp | `["regexp", source, flags]` |
 * | Uint8Array | `["bytes", base64]` |
 * | signal | `["signal", place]` |
 * | JSX | `["slot", number]` |
 *
 * @module
 */

/** One value in its travelling form. */
export type SerializedValue =
  | null
  | boolean
  | string
  | number
  | readonly [tag: string, ...parts: (string | number | null)[]];

/** The place that stands for a hole in an array. */
export const HOLE = -1;

/** Numbers and the like that JSON has no form for. */
export const SPECIALS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ["undefined", undefined],
  ["NaN", NaN],
  ["Infinity", Infinity],
  ["-Infinity", -Infinity],
  ["-0", -0],
]);
