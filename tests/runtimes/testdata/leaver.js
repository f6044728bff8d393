// Records, and ends without flush() or shutdown().
import process from "node:process";
import { assign, init } from "@modelab/sdk";

init({
  server: process.argv[2],
  flags: [{ name: "tone", variants: [{ name: "a" }, { name: "b" }] }],
  flushIntervalMs: 1_000_000,
});
for (let n = 0; n < 5; n++) {
  const assignment = assign("tone", { userId: `leaver-${n}` });
  assignment.record(null, { latencyMs: 5 });
  assignment.markSuccess();
}
