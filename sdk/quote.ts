/**
 * A text as JSON; the common one needs no more than its quotes.
 *
 * @param text Without lone surrogates.
 */
export function quote(text: string): string {
  // deno-lint-ignore no-control-regex
  return /["\\\u0000-\u001f]/.test(text) ? JSON.stringify(text) : `"${text}"`;
}
