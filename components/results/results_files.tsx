import type { JSX } from "preact";
import { flagApiPath } from "../flag_url.ts";
import { TakeAway } from "../take_away.tsx";
import { apiQuery, withParameter } from "./results_query.ts";

/** Props of {@linkcode ResultsFiles}. */
export interface ResultsFilesProps {
  flagName: string;
  /** The query of the page's address. */
  query: URLSearchParams;
  /** What is wrong with it: the files are then the default ones. */
  fault: string | null;
}

/** What the results page shows, as files. */
export function ResultsFiles(
  { flagName, query, fault }: ResultsFilesProps,
): JSX.Element {
  const api = flagApiPath(flagName);
  const asked = fault === null ? apiQuery(query) : "";
  return (
    <TakeAway
      links={[
        ["Results as CSV", withParameter(query, "format", "csv")],
        ["Results as JSON", api + asked],
        ["Verdict file, to recompute it all", `${api}/verdict${asked}`],
      ]}
    />
  );
}
