import assert from "node:assert/strict";
import type { FlagOrder } from "../engine/flag_overview.ts";
import type { FlagReader } from "../storage/flag_reader.ts";
import { incomingOf } from "../storage/kv/entry.ts";
import { sampleRecords } from "../tests/browser/sample_records.ts";
import { overviewQuery, readOverview } from "./flag_overview.ts";
import type { Service } from "./service.ts";
import { withService } from "./testing/with_service.ts";

const DAY = 86_400_000;
const ALL = { search: "", order: "name", page: 1 } as const;

async function send(
  { ledger }: Service,
  flag: string,
  users: number,
): Promise<void> {
  const batch = sampleRecords({ flag, users, prefix: `${users} ` });
  await ledger.ingest(incomingOf(batch, Date.now()), 0);
}

/** A reader that tells of which flags it was asked for statistics. */
function asked(reader: FlagReader): { reader: FlagReader; flags: string[] } {
  const flags: string[] = [];
  const spy = new Proxy(reader, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== "function") return value;
      return (...values: unknown[]) => {
        if (name === "readStatistics") flags.push(String(values[0]));
        return value.apply(target, values);
      };
    },
  });
  return { reader: spy, flags };
}

Deno.test("a page of flags analyses those that it shows, and again those that have changed", async () => {
  await withService(async (service) => {
    for (let n = 10; n < 40; n++) await send(service, `flag-${n}`, 1);
    const { reader, flags } = asked(service.reader);
    const now = Date.now();
    const first = await readOverview(reader, ALL, now);
    assert.equal(first.pages, 2);
    assert.equal(flags.length, 25);
    assert.deepEqual(await readOverview(reader, ALL, now), first);
    assert.equal(flags.length, 25);
    await send(service, "flag-12", 200);
    await send(service, "flag-39", 2);
    const { flags: shown } = await readOverview(reader, ALL, now);
    assert.deepEqual(flags.slice(25), ["flag-12"]);
    assert.equal(first.flags[2]?.status, "collecting");
    assert.equal(shown[2]?.status, "decided");
    assert.equal(shown[2]?.summary.users, 402);
    const tomorrow = await readOverview(reader, ALL, now + DAY);
    assert.equal(flags.length, 51);
    assert.deepEqual(
      tomorrow.flags[2]?.activity.slice(0, -1),
      shown[2]?.activity.slice(1),
    );
  });
});

Deno.test("flags come in the order that is asked for, by name where they are equal", async () => {
  await withService(async (service) => {
    for (const [flag, users] of [["b", 2], ["c", 3], ["a", 2]] as const) {
      await send(service, flag, users);
    }
    const late = sampleRecords({ flag: "b", users: 1, prefix: "late " });
    const [assignment] = late.assignments;
    await service.ledger.ingest(
      incomingOf({
        assignments: assignment === undefined ? [] : [{
          ...assignment,
          assigned_at: new Date(Date.now() - 1).toISOString(),
        }],
        executions: [],
        events: [],
      }, Date.now()),
      0,
    );
    const namesBy = async (order: FlagOrder): Promise<string> => {
      const query = { ...ALL, order };
      const { flags } = await readOverview(service.reader, query, Date.now());
      return flags.map(({ summary }) => summary.flag_name).join("");
    };
    assert.equal(await namesBy("name"), "abc");
    assert.equal(await namesBy("users"), "cba");
    assert.equal(await namesBy("calls"), "cab");
    assert.equal(await namesBy("spend"), "cab");
    assert.equal((await namesBy("last_seen"))[0], "b");
  });
});

Deno.test("a list's address says what it asks for, or what is wrong with it", () => {
  const read = (query: string) => overviewQuery(new URLSearchParams(query));
  const usual = { search: "", order: "last_seen", page: 1 };
  assert.deepEqual(read(""), { query: usual, faults: [] });
  assert.deepEqual(read("search=a&order=calls&page=12"), {
    query: { search: "a", order: "calls", page: 12 },
    faults: [],
  });
  for (const page of ["0", "-1", "abc", "1.5", "1e3", "", "9999999999"]) {
    const { query, faults } = read(`page=${page}&order=size`);
    assert.deepEqual(query, usual);
    assert.deepEqual(faults, [
      'order must be one of last_seen, name, users, calls, spend, got "size"',
      `page must be an integer from 1 to 999999999, got "${page}"`,
    ]);
  }
  const { query, faults } = read(`search=${"x".repeat(513)}`);
  assert.equal(query.search.length, 512);
  assert.deepEqual(faults, [
    "search must be text of at most 512 characters, got 513",
  ]);
});
