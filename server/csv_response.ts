/**
 * An answer that a browser saves as a file.
 *
 * @param name Any text; what a file's name cannot hold is replaced.
 */
export function csvResponse(name: string, text: string): Response {
  const safe = name.slice(0, 100).replace(/[^\w.-]+/g, "_");
  return new Response(text, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${safe}.csv"`,
      "cache-control": "no-store",
    },
  });
}
