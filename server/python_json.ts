const NO_NUMBER = /-?\b(?:Infinity|NaN)\b/g;

/**
 * Parses JSON. Python's `json.dumps` also writes NaN and Infinity, which are
 * none: they are read as strings, so that only the record that holds one is
 * refused.
 *
 * @throws {SyntaxError} The text is neither.
 */
export function parsePythonJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!/\b(?:NaN|Infinity)\b/.test(text)) throw error;
    return JSON.parse(quoted(text));
  }
}

/** Puts NaN and Infinity into quotes where they stand outside of strings. */
function quoted(text: string): string {
  const parts: string[] = [];
  let at = 0;
  while (at < text.length) {
    const start = text.indexOf('"', at);
    const end = start < 0 ? text.length : start;
    parts.push(text.slice(at, end).replace(NO_NUMBER, '"$&"'));
    at = endOfString(text, end);
    parts.push(text.slice(end, at));
  }
  return parts.join("");
}

/**
 * Where the string that starts at a quote ends. One pass: a regular
 * expression would begin anew at every quote of a string without end.
 */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at];
    if (character === "\\") at++;
    else if (character === '"') return at + 1;
  }
  return text.length;
}
