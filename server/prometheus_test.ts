import assert from "node:assert/strict";
import { Counters, Histogram } from "./prometheus.ts";

Deno.test("Counters count each combination of labels, and escape them", () => {
  const counters = new Counters("c_total", "Help.", ["route", "status"]);
  counters.add(["/a", "200"]);
  counters.add(["/a", "200"], 2);
  counters.add(['"\\\n', "404"]);
  assert.equal(
    counters.render(),
    "# HELP c_total Help.\n# TYPE c_total counter\n" +
      'c_total{route="/a",status="200"} 3\n' +
      'c_total{route="\\"\\\\\\n",status="404"} 1\n',
  );
});

Deno.test("Histogram counts a value in every bucket that holds it", () => {
  const histogram = new Histogram("h", "Help.", ["r"], [1, 2]);
  for (const value of [0.5, 1, 1.5, 3]) histogram.observe(["x"], value);
  assert.equal(
    histogram.render(),
    "# HELP h Help.\n# TYPE h histogram\n" +
      'h_bucket{r="x",le="1"} 2\nh_bucket{r="x",le="2"} 3\n' +
      'h_bucket{r="x",le="+Inf"} 4\nh_sum{r="x"} 6\nh_count{r="x"} 4\n',
  );
});
