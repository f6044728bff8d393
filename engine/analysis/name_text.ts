/** The longest name that a sentence takes whole, in characters. */
const LONGEST = 60;

/** Scripts that run from right to left, and marks that turn text around. */
const TURNS =
  /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
/** The name's own isolates would end ours, and so would an end of a line. */
const ENDS = /[\u2066-\u2069\u2028\u2029\p{Cc}]/gu;

/**
 * A name as part of a sentence: cut where it is long, and kept from turning
 * around the words beside it (isolates of the Unicode Bidirectional Algorithm,
 * UAX #9: U+2068 and U+2069 around it).
 *
 * @param name Any string at all.
 */
export function nameText(name: string): string {
  // Before it is taken apart: it may have megabytes.
  const characters = [...name.slice(0, 4 * LONGEST).replace(ENDS, " ")];
  const text = characters.length > LONGEST
    ? `${characters.slice(0, LONGEST).join("")}…`
    : characters.join("");
  return TURNS.test(text) ? `\u2068${text}\u2069` : text;
}

/** The same between quotation marks: a name may be a word, such as “small”. */
export function quotedName(name: string): string {
  return `“${nameText(name)}”`;
}
