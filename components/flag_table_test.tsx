import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import {
  busyVariant,
  sampleVariant,
  summaryOf,
} from "../tests/browser/sample_figures.ts";
import type { FlagSummary } from "../engine/evaluation.ts";
import type { OverviewFlag } from "../engine/flag_overview.ts";
import { FlagTable } from "./flag_table.tsx";

const NOW = Date.parse("2026-11-24T12:00:00Z");
const SEEN = {
  first_seen: "2026-11-20T12:00:00Z",
  last_seen: "2026-11-24T11:59:30Z",
};

function overview(summary: FlagSummary): OverviewFlag {
  return {
    summary,
    status: "decided",
    action: "ship",
    variant: "y",
    activity: [0, 3, 4],
  };
}

Deno.test("the list says what a flag is in, and what to do", () => {
  const flag = summaryOf({
    flag_name: "f",
    ...SEEN,
    variants: [sampleVariant()],
  });
  const html = renderToString(
    <FlagTable flags={[overview(flag)]} now={NOW} />,
  );
  assert.match(html, /Decided.*Ship.*<bdi>y<\/bdi>/s);
  assert.match(html, /aria-label="7 calls in 14 days"/);
});

Deno.test("the list shows every figure of a flag and links to its page", () => {
  const flag = summaryOf({
    flag_name: "a/b?",
    ...SEEN,
    variants: [busyVariant("x", 1), busyVariant("y", 1.31)],
  });
  const html = renderToString(<FlagTable flags={[overview(flag)]} now={NOW} />);
  assert.match(html, /href="\/flags\/a%2Fb%3F"/);
  assert.match(html, />1,985</);
  assert.match(html, /55\.8%.*1,063 of 1,905/s);
  assert.match(html, /0\.47%.*28 of 5,955/s);
  assert.match(html, /\$2\.16/);
  assert.match(html, /title="2026-11-24 11:59:30 UTC">30 s ago</);
});

Deno.test("the list shows what a flag does not know as unknown", () => {
  const flag = summaryOf({
    flag_name: "f",
    ...SEEN,
    variants: [sampleVariant()],
  });
  const html = renderToString(<FlagTable flags={[overview(flag)]} now={NOW} />);
  assert.equal(html.match(/title="unknown"/g)?.length, 3);
  assert.doesNotMatch(html, /NaN|\$0|null/);
});

Deno.test("the list names four variants and counts the rest", () => {
  const flag = summaryOf({
    flag_name: "f",
    ...SEEN,
    variants: ["a", "b", "c", "d", "e", "f"].map((variant_name) =>
      sampleVariant({ variant_name })
    ),
  });
  const html = renderToString(<FlagTable flags={[overview(flag)]} now={NOW} />);
  assert.match(html, /<bdi>d<\/bdi>/);
  assert.doesNotMatch(html, /<bdi>e<\/bdi>/);
  assert.match(html, /and 2 more/);
});
