/** What a page's address holds that is none of the analysis' business. */
const PAGE_PARAMETERS = ["scale", "format"] as const;

/** The query that the API takes, from that of the page; empty or with `?`. */
export function apiQuery(query: URLSearchParams): string {
  const asked = new URLSearchParams(query);
  for (const name of PAGE_PARAMETERS) asked.delete(name);
  const text = asked.toString();
  return text === "" ? "" : `?${text}`;
}

/** A page's query with one parameter set. */
export function withParameter(
  query: URLSearchParams,
  name: string,
  value: string,
): string {
  const next = new URLSearchParams(query);
  next.set(name, value);
  return `?${next}`;
}

/** What a form asks for, and what it knows nothing of. */
export function formQuery(
  form: HTMLFormElement,
  query: URLSearchParams,
): URLSearchParams {
  const next = new URLSearchParams(query);
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") next.set(name, value);
  }
  return next;
}
