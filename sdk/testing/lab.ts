import assert from "node:assert/strict";
import type { Flag } from "../../engine/flag.ts";
import type { Report } from "../../storage/http/report.ts";
import type { InitOptions } from "../init_options.ts";
import { Modelab } from "../modelab.ts";

const flags: readonly Flag[] = [{
  name: "tone",
  variants: [
    { name: "formal", config: { model: "m1" } },
    { name: "casual", config: { model: "m2" } },
  ],
}, { name: "off", variants: [{ name: "a" }], rolloutPct: 0 }];

/** A client, and what it did. */
export interface Lab {
  readonly modelab: Modelab;
  readonly requests: Request[];
  readonly bodies: string[];
  readonly reports: Report[];
  /** What was sent in the first request. */
  sent(): Promise<{
    readonly assignments: readonly Record<string, unknown>[];
    readonly executions: readonly Record<string, unknown>[];
    readonly events: readonly Record<string, unknown>[];
  }>;
}

/** A client with two flags, "tone" and "off", and a server that is a function. */
export function lab(
  options: Partial<InitOptions> = {},
  answer = (_: Request): Response =>
    Response.json({ accepted: 0, duplicates: 0, rejected: [] }),
): Lab {
  const requests: Request[] = [];
  const bodies: string[] = [];
  const reports: Report[] = [];
  const modelab = new Modelab({
    server: "http://lab.example/",
    flags,
    onError: (report) => reports.push(report),
    fetch: async (input, init) => {
      const request = new Request(input, init);
      requests.push(request);
      bodies.push(await request.text());
      return answer(request);
    },
    ...options,
  });
  return {
    modelab,
    requests,
    bodies,
    reports,
    async sent() {
      await modelab.shutdown();
      return JSON.parse(bodies[0] ?? "");
    },
  };
}

/** Calls a method with what JavaScript callers can send. */
export function callAnything(
  target: object,
  method: string,
  ...args: unknown[]
) {
  const call: unknown = Reflect.get(target, method);
  assert.ok(typeof call === "function");
  return call.apply(target, args);
}
