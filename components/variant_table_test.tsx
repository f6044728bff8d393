import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { busyVariant, sampleVariant } from "../tests/browser/sample_figures.ts";
import { VariantTable } from "./variant_table.tsx";

/** The cells of the row with that heading, as their inner HTML. */
function cellsOf(html: string, heading: string): string[] {
  const rows = [...html.matchAll(/<tr>(.*?)<\/tr>/gs)].map((row) =>
    row[1] ?? ""
  );
  const row = rows.find((row) => row.includes(`>${heading}</`));
  assert.ok(row !== undefined, `no row ${heading}`);
  return [...row.matchAll(/<td.*?<\/td>/gs)].map((cell) => cell[0]);
}

Deno.test("the table marks the variant that leads, and says how far the others are", () => {
  const html = renderToString(
    <VariantTable variants={[busyVariant("a", 1), busyVariant("b", 1.31)]} />,
  );
  const [a, b] = cellsOf(html, "Mean latency");
  assert.match(
    a ?? "",
    /class="figure leads".*<svg class="lead-mark".*leads:.*1\.31 s/s,
  );
  assert.doesNotMatch(b ?? "", /leads/);
  assert.match(b ?? "", /1\.72 s.*over 2,957.*\+31\.0%/s);
});

Deno.test("the table names no leader where more is neither good nor bad", () => {
  const html = renderToString(
    <VariantTable variants={[busyVariant("a", 1), busyVariant("b", 1.31)]} />,
  );
  for (const heading of ["Users", "Total cost", "Mean input tokens"]) {
    assert.doesNotMatch(cellsOf(html, heading).join(""), /leads/);
  }
});

Deno.test("the table names no leader of one variant", () => {
  const html = renderToString(
    <VariantTable variants={[busyVariant("a", 1)]} />,
  );
  assert.doesNotMatch(html, /leads/);
});

Deno.test("the table shows what is unknown as unknown, over how many", () => {
  const html = renderToString(<VariantTable variants={[sampleVariant()]} />);
  const [cost] = cellsOf(html, "Mean cost");
  assert.match(cost ?? "", /title="unknown".*–.*over 0/s);
  assert.doesNotMatch(cost ?? "", /\$/);
  assert.match(cellsOf(html, "Users").join(""), />1</);
});

Deno.test("the table shows every custom event of any variant", () => {
  const html = renderToString(
    <VariantTable variants={[busyVariant("a", 1), busyVariant("b", 1.31)]} />,
  );
  const [a, b] = cellsOf(html, "<bdi>escalated to a person</bdi>".slice(5, -6));
  assert.match(a ?? "", />0<.*in 0 assignments/s);
  assert.match(b ?? "", />12<.*in 11 assignments/s);
});

Deno.test("an event named like a property of every object is not made up", () => {
  const html = renderToString(
    <VariantTable
      variants={[
        sampleVariant({
          custom_events: { toString: { count: 3, assignments: 2 } },
        }),
        sampleVariant({ variant_name: "b" }),
      ]}
    />,
  );
  const [a, b] = cellsOf(html, "toString");
  assert.match(a ?? "", />3<.*in 2 assignments/s);
  assert.match(b ?? "", />0<.*in 0 assignments/s);
});

Deno.test("names and configs are text, whatever is in them", () => {
  const html = renderToString(
    <VariantTable
      variants={[
        sampleVariant({
          variant_name: "<script>alert(1)</script>",
          config: { prompt: "</code><img src=x onerror=alert(1)>" },
        }),
      ]}
    />,
  );
  assert.doesNotMatch(html, /<script|<img/);
  assert.match(html, /&lt;script>/);
});

Deno.test("a long config is folded", () => {
  const config = { prompt: "Be brief. ".repeat(100) };
  const html = renderToString(
    <VariantTable variants={[sampleVariant({ config })]} />,
  );
  assert.match(html, /<details><summary>JSON, 1,\d\d\d characters/);
});
