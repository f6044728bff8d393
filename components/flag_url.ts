/**
 * Where a flag is found. A name is any string, so it is always encoded.
 *
 * @module
 */

import type { Granularity } from "../engine/evaluation.ts";
import type { OverviewQuery } from "../engine/flag_overview.ts";

/** The pages that a flag has: the first part of their paths. */
export type FlagPage =
  | "flags"
  | "trends"
  | "distributions"
  | "health"
  | "records"
  | "setup";

/** A page of a flag: its results, unless another is asked for. */
export function flagPagePath(name: string, page: FlagPage = "flags"): string {
  return `/${page}/${encoded(name)}`;
}

/** A page of the list of flags, as JSON. */
export function overviewApiPath(
  { search, order, page }: OverviewQuery,
): string {
  const query = new URLSearchParams({ search, order, page: String(page) });
  return `/api/v1/overview?${query}`;
}

/** The page of one assignment. */
export function assignmentPagePath(id: string): string {
  return `/assignments/${encoded(id)}`;
}

/** The figures of a flag, as JSON. */
export function flagApiPath(name: string): string {
  return `/api/v1/flags/${encoded(name)}`;
}

/** The timeline of a flag, as JSON; times are epoch milliseconds. */
export function timelineApiPath(
  name: string,
  granularity: Granularity,
  from: number,
  to: number,
): string {
  const query = new URLSearchParams({
    granularity,
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  });
  return `${flagApiPath(name)}/timeline?${query}`;
}

/** Where the server says that there is news of a flag, or of any. */
export function newsPath(name: string | null): string {
  return name === null
    ? "/api/v1/news"
    : `/api/v1/news?${new URLSearchParams({ flag: name })}`;
}

/** How the effect of a flag went, as JSON. */
export function effectsApiPath(name: string): string {
  return `${flagApiPath(name)}/effects`;
}

/** The sign-in page, which leads back to a path of this site. */
export function signInPath(next: string): string {
  return `/sign-in?${new URLSearchParams({ next })}`;
}

function encoded(name: string): string {
  // A lone surrogate cannot be encoded, and would throw.
  return encodeURIComponent(name.toWellFormed());
}
