import type { JSX } from "preact";
import type { RecordPage, RecordQuery } from "../../engine/record_list.ts";
import { recordParams } from "./record_query.ts";

/** Props of {@linkcode RecordPager}. */
export interface RecordPagerProps {
  page: RecordPage;
  query: RecordQuery;
  /** The page's address without what it asks for. */
  path: string;
}

/** Leads to the newest page and to the next one. */
export function RecordPager(
  { page, query, path }: RecordPagerProps,
): JSX.Element {
  const link = (cursor: string | null): string => {
    const params = recordParams({ ...query, cursor }).toString();
    return params === "" ? path : `${path}?${params}`;
  };
  const isFirst = query.cursor === null || query.cursor === undefined;
  return (
    <>
      {page.records.length === 0 && (
        <p class="note">
          {page.cursor === null
            ? "No assignment fits."
            : "None of the assignments that this page looked at fits: go on to older ones."}
        </p>
      )}
      <nav class="pager" aria-label="Pages of assignments">
        {!isFirst && <a href={link(null)}>Newest</a>}
        {page.cursor !== null && (
          <a href={link(page.cursor)} rel="next">Older</a>
        )}
      </nav>
    </>
  );
}
