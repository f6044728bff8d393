import { problem } from "./problem.ts";

/** What a page shows, to be taken away. */
export interface PageFiles {
  /** As a table. */
  readonly csv?: () => string;
  /** As data that can be written as JSON. */
  readonly json?: () => unknown;
}

/**
 * What a page shows as a file that a browser saves, where its address asks for
 * one with `format=csv` or `format=json`; else null.
 *
 * @param name Any text; what a file's name cannot hold is replaced.
 */
export function pageFile(
  { searchParams }: URL,
  name: string,
  { csv, json }: PageFiles,
): Response | null {
  const format = searchParams.get("format");
  if (format === "csv" && csv !== undefined) {
    return fileResponse(`${name}.csv`, "text/csv; charset=utf-8", csv());
  }
  if (format === "json" && json !== undefined) {
    const text = `${JSON.stringify(json(), null, 2)}\n`;
    return fileResponse(`${name}.json`, "application/json", text);
  }
  return null;
}

/**
 * Refuses a file whose address asks for what cannot be: it would hold something
 * else, and could not say so. Null where no file is asked for, or all is well.
 */
export function refuseFile(
  { searchParams }: URL,
  faults: readonly string[],
): Response | null {
  const isAsked = (searchParams.get("format") ?? "") !== "";
  return isAsked && faults.length > 0 ? problem(400, faults.join("; ")) : null;
}

function fileResponse(name: string, type: string, text: string): Response {
  const [, stem = "", ending = ""] = /^(.*)(\.\w+)$/s.exec(name) ?? [];
  const safe = stem.slice(-100).replace(/[^\w.-]+/g, "_") + ending;
  return new Response(text, {
    headers: {
      "content-type": type,
      "content-disposition": `attachment; filename="${safe}"`,
      "cache-control": "no-store",
    },
  });
}
