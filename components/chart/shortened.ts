/**
 * The width of a text in the chart's type, in pixels and roughly: SVG text
 * neither wraps nor clips, and the server has no fonts to measure with.
 */
export function estimatedWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/** The text, or as much of its start as fits the width, with an ellipsis. */
export function shortened(text: string, width: number): string {
  // A long name is cut before it is measured: it may have megabytes.
  const head = text.slice(0, 400);
  if (head.length === text.length && estimatedWidth(text) <= width) return text;
  let kept = "";
  let used = characterWidth("…");
  for (const character of head) {
    used += characterWidth(character);
    if (used > width) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

function characterWidth(character: string): number {
  // From here on most scripts and all emoji are as wide as they are high.
  if ((character.codePointAt(0) ?? 0) >= 0x2e80) return 13;
  if ("MWmw@%".includes(character)) return 11;
  return character >= "A" && character <= "Z" ? 9 : 7;
}
