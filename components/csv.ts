/** A cell: text, a number, or nothing known. */
export type CsvCell = string | number | null;

/** A spreadsheet takes text that begins so for a formula, and runs it. */
const FORMULA = /^[=+\-@\t\r]/;

/**
 * A table as CSV (RFC 4180), which spreadsheets open safely: text that they
 * would run as a formula gets an apostrophe before it.
 *
 * @param rows The first is the header.
 */
export function csv(rows: readonly (readonly CsvCell[])[]): string {
  return rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** A record of cells by the names of their columns. */
export type CsvRecord = Readonly<Record<string, CsvCell>>;

/** Records of one shape as CSV under their names; empty where there is none. */
export function csvOf(records: readonly CsvRecord[]): string {
  const [first] = records;
  if (first === undefined) return "";
  const names = Object.keys(first);
  return csv([
    names,
    ...records.map((record) => names.map((name) => record[name] ?? null)),
  ]);
}

function cell(value: CsvCell): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
