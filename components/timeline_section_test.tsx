import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import type { FlagEvaluation, FlagTimeline } from "../engine/evaluation.ts";
import {
  busyVariant,
  sampleTimeline,
} from "../tests/browser/sample_figures.ts";
import { TimelineSection } from "./timeline_section.tsx";

const NOW = Date.parse("2026-11-24T12:30:00Z");
const HOUR = 3_600_000;
const FLAG: FlagEvaluation = {
  flag_name: "flag",
  first_seen: new Date(NOW - 300 * HOUR).toISOString(),
  last_seen: new Date(NOW).toISOString(),
  variants: [busyVariant("control", 1), busyVariant("treatment", 1.31)],
};
const TIMELINE = sampleTimeline(FLAG, {
  granularity: "hour",
  from: NOW - 47.5 * HOUR,
  to: NOW + 0.5 * HOUR,
});

function section(timeline: FlagTimeline): string {
  return renderToString(
    <TimelineSection
      timeline={timeline}
      view={{ metric: "avg_cost", granularity: timeline.granularity }}
      variantNames={["control", "treatment"]}
      now={NOW}
    />,
  );
}

Deno.test("the chart has one line per variant, told apart by dash, shape and name", () => {
  const chart = section(TIMELINE).match(/<svg class="chart".*?<\/svg>/s)?.[0] ??
    "";
  assert.equal(chart.match(/class="line"/g)?.length, 2);
  assert.equal(chart.match(/stroke-dasharray/g)?.length, 1);
  assert.match(chart, /<title>control<\/title>/);
  assert.match(chart, /<title>treatment<\/title>/);
});

Deno.test("the chart's line breaks where a value is unknown", () => {
  const line = section(TIMELINE).match(/class="line" d="(M[^"]{99,})"/)?.[1] ??
    "";
  assert.ok((line.match(/M/g)?.length ?? 0) > 1);
});

Deno.test("the table has every known value of the chart, and says the figure", () => {
  const html = section(TIMELINE);
  const table = html.match(/<table class="timeline-table">.*<\/table>/s)?.[0] ??
    "";
  const known = new Set(
    TIMELINE.series.flatMap((series) => series.points.map((p) => p.time)),
  );
  assert.equal(table.match(/scope="row"/g)?.length, known.size);
  assert.match(table, /<caption[^>]*>Mean cost per hour<\/caption>/);
  assert.match(table, /\$0\.000\d{3}/);
});

Deno.test("without scripts the choice is a form that asks for the page", () => {
  const html = section(TIMELINE);
  assert.match(html, /<form[^>]*method="get"/);
  assert.match(
    html,
    /<option[^>]*selected[^>]*value="avg_cost"|<option[^>]*value="avg_cost"[^>]*selected/,
  );
  assert.match(html, /<noscript><button type="submit">/);
});

Deno.test("a range without anything says so instead of drawing an empty chart", () => {
  const series = TIMELINE.series.map((one) => ({ ...one, points: [] }));
  const html = section({ ...TIMELINE, granularity: "minute", series });
  assert.doesNotMatch(html, /<svg class="chart"|<table/);
  assert.match(html, /Minutes are kept for two days/);
});

Deno.test("nothing has a style of its own, which the content security policy would refuse", () => {
  assert.doesNotMatch(section(TIMELINE), /\sstyle=/);
});
