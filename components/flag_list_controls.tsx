import type { JSX } from "preact";
import type { FlagOrder, OverviewQuery } from "../engine/flag_overview.ts";

const ORDERS: readonly (readonly [FlagOrder, string])[] = [
  ["last_seen", "Last activity"],
  ["name", "Name"],
  ["users", "Users"],
  ["calls", "Calls"],
  ["spend", "Spend"],
];

/** Props of {@linkcode FlagListControls}. */
export interface FlagListControlsProps {
  query: OverviewQuery;
}

/** Searches and orders the list of flags: a plain form. */
export function FlagListControls(
  { query: { search, order } }: FlagListControlsProps,
): JSX.Element {
  return (
    <form class="controls" method="get" role="search">
      <label>
        <span>Search</span>
        <input
          name="search"
          type="search"
          // Not `value`: news that comes meanwhile would undo what is typed.
          defaultValue={search}
          maxLength={512}
        />
      </label>
      <label>
        <span>Order by</span>
        <select name="order">
          {ORDERS.map(([id, label]) => (
            <option key={id} value={id} selected={id === order}>{label}</option>
          ))}
        </select>
      </label>
      <button type="submit">Show</button>
    </form>
  );
}

/** Props of {@linkcode FlagPager}. */
export interface FlagPagerProps {
  query: OverviewQuery;
  pages: number;
  total: number;
}

/** Leads to the pages before and after. */
export function FlagPager(
  { query, pages, total }: FlagPagerProps,
): JSX.Element | null {
  if (pages === 1) return null;
  const link = (page: number): string =>
    `?${new URLSearchParams({
      search: query.search,
      order: query.order,
      page: String(page),
    })}`;
  return (
    <nav class="pager" aria-label="Pages of flags">
      {query.page > 1 && <a href={link(query.page - 1)} rel="prev">Previous</a>}
      <span class="muted">
        Page {query.page} of {pages}, {total} flags
      </span>
      {query.page < pages && (
        <a href={link(query.page + 1)} rel="next">
          Next
        </a>
      )}
    </nav>
  );
}
