import assert from "node:assert/strict";
import {
  guardHandler,
  type Logger,
  logReports,
  type Report,
  reporter,
} from "./report.ts";

function listing(lines: string[]): Logger {
  return {
    warn: (line) => lines.push(`warn ${line}`),
    error: (line) => lines.push(`error ${line}`),
  };
}

const down: Report = { code: "delivery_failed", message: "down", count: 1 };

Deno.test("logReports() writes one line a minute for each code", () => {
  let time = 0;
  const lines: string[] = [];
  const handler = logReports(listing(lines), () => time);
  for (time = 0; time <= 60_000; time += 10_000) handler(down);
  handler({ ...down, code: "records_dropped", message: "gone" });
  assert.deepEqual(lines, [
    "warn modelab: down",
    "warn modelab: down (and 5 more like it)",
    "error modelab: gone",
  ]);
});

Deno.test("logReports() writes every report on a flag", () => {
  const lines: string[] = [];
  const handler = logReports(listing(lines), () => 0);
  handler({ code: "flag_setting", message: "one", count: 0 });
  handler({ code: "flag_setting", message: "two", count: 0 });
  assert.deepEqual(lines, ["warn modelab: one", "warn modelab: two"]);
});

Deno.test("guardHandler() lets neither a throw nor a rejection out", async () => {
  const seen: string[] = [];
  guardHandler(() => {
    seen.push("throws");
    throw new Error("no");
  })(down);
  guardHandler(() => {
    seen.push("rejects");
    return Promise.reject(new Error("no"));
  })(down);
  // A rejection that nobody handles fails the test run.
  await new Promise((resolve) => setTimeout(resolve));
  assert.deepEqual(seen, ["throws", "rejects"]);
});

Deno.test("reporter() writes to the console unless there is a handler or a logger", () => {
  const lines: string[] = [];
  const { warn } = console;
  console.warn = (line: string) => lines.push(`console ${line}`);
  try {
    reporter()(down);
    reporter(() => lines.push("handler"))(down);
    reporter(undefined, listing(lines))(down);
    reporter(() => lines.push("handler"), listing(lines))(down);
  } finally {
    console.warn = warn;
  }
  assert.deepEqual(lines, [
    "console modelab: down",
    "handler",
    "warn modelab: down",
    "handler",
    "warn modelab: down",
  ]);
});
