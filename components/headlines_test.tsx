import assert from "node:assert/strict";
import { renderToString } from "preact-render-to-string";
import { busyVariant, sampleVariant } from "../tests/browser/sample_figures.ts";
import { Headlines } from "./headlines.tsx";

Deno.test("a card marks the leader of its figure", () => {
  const html = renderToString(
    <Headlines
      variants={[busyVariant("slow", 1.31), busyVariant("fast", 1)]}
    />,
  );
  const card = html.split('class="card"').find((part) =>
    part.includes("Mean latency")
  );
  assert.match(card ?? "", /class="leads".*<bdi>fast<\/bdi>.*1\.31 s/s);
  assert.doesNotMatch(card ?? "", /class="leads".*<bdi>slow<\/bdi>/s);
});

Deno.test("a card of many variants shows the best four, and counts the rest", () => {
  const variants = [5, 3, 1, 6, 2, 4].map((scale) =>
    sampleVariant({ variant_name: `v${scale}`, avg_latency_ms: scale })
  );
  const html = renderToString(<Headlines variants={variants} />);
  const card =
    html.split('class="card"').find((part) => part.includes("Mean latency")) ??
      "";
  const names = [...card.matchAll(/<bdi>(v\d)<\/bdi>/g)].map((name) => name[1]);
  assert.deepEqual(names, ["v1", "v2", "v3", "v4"]);
  assert.match(card, /and 2 more in the table/);
});

Deno.test("a card of unknown figures has no leader and no bar", () => {
  const html = renderToString(
    <Headlines
      variants={[sampleVariant(), sampleVariant({ variant_name: "b" })]}
    />,
  );
  assert.doesNotMatch(html, /leads|NaN/);
  assert.doesNotMatch(html, /class="bar-value" width="[^0]/);
});
