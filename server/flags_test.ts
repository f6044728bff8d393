import assert from "node:assert/strict";
import { incoming } from "../storage/kv/testing/records.ts";
import { assignment, execution } from "../storage/kv/testing/records.ts";
import { listFlags, readFlag, timelineQueryOf } from "./flags.ts";
import type { Service } from "./service.ts";
import { get, NOW, post, withService } from "./testing/with_service.ts";

/** Answers for flags of these names, each with one assignment. */
async function withFlags(
  names: readonly string[],
  use: (service: Service) => Promise<void>,
): Promise<void> {
  await withService(async (service) => {
    await service.ledger.ingest(
      incoming({
        assignments: names.map((name, n) =>
          assignment(`a${n}`, { flag_name: name })
        ),
        executions: [execution("a0")],
      }),
      0,
    );
    await use(service);
  });
}

interface Found {
  readonly status: number;
  readonly flag: unknown;
  readonly timeline: boolean;
}

async function read(service: Service, rest: string): Promise<Found> {
  const response = await readFlag(service, get(`/api/v1/flags/${rest}`));
  const body = await response.json();
  return {
    status: response.status,
    flag: body.flag_name,
    timeline: "series" in body,
  };
}

Deno.test("readFlag() finds names that only an encoding client can ask for", async () => {
  const names = ["a b?#%&+/\\", "日本語", "😀", "%2F", "x".repeat(512), "a//b"];
  await withFlags(names, async (service) => {
    for (const name of names) {
      assert.deepEqual(await read(service, encodeURIComponent(name)), {
        status: 200,
        flag: name,
        timeline: false,
      });
    }
  });
});

Deno.test("readFlag() finds names with slashes as the Python client sends them", async () => {
  const names = ["a/b", "a/b/c", "/a", "b/"];
  await withFlags(names, async (service) => {
    for (const name of names) {
      assert.equal((await read(service, name)).flag, name);
    }
    assert.equal((await read(service, "a/b/")).flag, "a/b");
    assert.equal((await read(service, "a/b/timeline")).timeline, true);
  });
});

Deno.test("readFlag() takes a/timeline as the timeline of a, else as the flag a/timeline", async () => {
  await withFlags(["a", "a/timeline", "b/timeline"], async (service) => {
    const timeline = { status: 200, flag: "a", timeline: true };
    assert.deepEqual(await read(service, "a/timeline"), timeline);
    for (const name of ["a%2Ftimeline", "b/timeline", "b%2Ftimeline"]) {
      assert.deepEqual(await read(service, name), {
        status: 200,
        flag: decodeURIComponent(name),
        timeline: false,
      });
    }
  });
});

Deno.test("readFlag() answers 404 to a flag that has no assignment", async () => {
  await withFlags(["a"], async (service) => {
    for (const rest of ["b", "", "a/b", "b/timeline", "timeline", "%zz"]) {
      const url = `/api/v1/flags/${rest}`;
      const response = await readFlag(service, get(url));
      assert.equal(response.status, 404, rest);
      assert.match(
        (await response.json()).detail,
        /^The flag must be one that/,
      );
    }
  });
});

Deno.test("readFlag() answers 400 to a timeline that cannot be", async () => {
  const cases = [
    ["granularity=week", 'granularity must be minute, hour or day, got "week"'],
    [
      "from=today",
      'from must be an ISO 8601 time with offset, from 1970 on, got "today"',
    ],
    [
      "from=2026-03-01T12:00:00Z&to=2026-03-01T12:00:00Z",
      "from must be before to, got 2026-03-01T12:00:00.000Z and 2026-03-01T12:00:00.000Z",
    ],
    [
      "granularity=minute&from=1970-01-01T00:00:00Z&to=2026-03-01T12:00:00Z",
      "from and to must be at most 10000 minutes apart, got 29539440",
    ],
  ];
  await withFlags(["a"], async (service) => {
    for (const [query, detail] of cases) {
      const url = `/api/v1/flags/a/timeline?${query}`;
      const response = await readFlag(service, get(url));
      assert.equal(response.status, 400);
      assert.equal((await response.json()).detail, detail);
    }
  });
});

Deno.test("timelineQueryOf() asks for the last two days by hour, unless told", () => {
  const hour = 3_600_000;
  assert.deepEqual(timelineQueryOf(new URLSearchParams(), NOW), {
    granularity: "hour",
    from: NOW + 1 - 48 * hour,
    to: NOW + 1,
  });
  const params = new URLSearchParams(
    "granularity=day&from=2026-03-01T00:00:00%2B00:00&to=2026-03-01T12:00:00 00:00",
  );
  assert.deepEqual(timelineQueryOf(params, NOW), {
    granularity: "day",
    from: Date.UTC(2026, 2, 1),
    to: NOW,
  });
});

Deno.test("listFlags() lists flags, and refuses other methods", async () => {
  await withFlags(["a", "b"], async (service) => {
    const listed = await listFlags(service, get("/api/v1/flags"));
    const { flags } = await listed.json();
    assert.deepEqual(
      flags.map((flag: { flag_name: string }) => flag.flag_name),
      ["a", "b"],
    );
    const refused = await listFlags(service, post("/api/v1/flags", {}));
    assert.equal(refused.status, 405);
  });
});
