import assert from "node:assert/strict";
import { Ledger } from "./ledger.ts";
import { assertVerified } from "./testing/counters.ts";
import { assignment, event, execution, incoming } from "./testing/records.ts";
import { TEST_LIMITS, withKv } from "./testing/with_kv.ts";
import { holdCommits, letGo } from "./testing/hold_commits.ts";

const LIMITS = { ...TEST_LIMITS, checks: 6, underWay: 2 };
const INSTANTLY = () => Promise.resolve();

/** Three assignments of as many users, with an execution each. */
function threeTraces(name: string, user = `user of ${name}`) {
  return [1, 2, 3].flatMap((n) =>
    incoming({
      assignments: [assignment(`${name} ${n}`, { user_id: `${user} ${n}` })],
      executions: [execution(`${name} ${n}`, { execution_id: `${name} ${n}` })],
    })
  );
}

Deno.test("requests that fill a commit are committed while another is under way", async () => {
  await withKv(async (kv) => {
    const { next } = holdCommits(kv);
    const ledger = new Ledger(kv, { limits: LIMITS, foldAfter: Infinity });
    const first = ledger.ingest(threeTraces("a"), 0);
    const one = await next();
    const second = ledger.ingest(threeTraces("b"), 0);
    const two = await next();
    two("written");
    one("written");
    await Promise.all([first, second]);
    await assertVerified(kv);
  });
});

Deno.test("the users of a request are read before its round begins", async () => {
  await withKv(async (kv) => {
    const { next } = holdCommits(kv);
    const ledger = new Ledger(kv, { limits: LIMITS, foldAfter: Infinity });
    const requests = ["a", "b"].map((name) =>
      ledger.ingest(threeTraces(name), 0)
    );
    const held = [await next(), await next()];
    const getMany = kv.getMany.bind(kv);
    const read = new Promise<void>((resolve) => {
      Reflect.set(kv, "getMany", (keys: readonly Deno.KvKey[]) => {
        if (keys.some((key) => key.includes("user of c 1"))) resolve();
        return getMany(keys);
      });
    });
    // Fills no commit: its round begins when all that is under way is settled.
    requests.push(ledger.ingest(threeTraces("c").slice(0, 2), 0));
    await read;
    for (const each of held) each("written");
    (await next())("written");
    await Promise.all(requests);
    await assertVerified(kv);
  });
});

Deno.test("nothing is read for a request that is refused for want of room", async () => {
  await withKv(async (kv) => {
    const { next } = holdCommits(kv);
    const ledger = new Ledger(kv, {
      limits: LIMITS,
      foldAfter: Infinity,
      maxWaiting: 14,
    });
    const requests = ["a", "b"].map((name) =>
      ledger.ingest(threeTraces(name), 0)
    );
    const held = [await next(), await next()];
    // Fills no commit, and so waits.
    requests.push(ledger.ingest(threeTraces("c").slice(0, 2), 0));
    const read: string[] = [];
    const getMany = kv.getMany.bind(kv);
    Reflect.set(kv, "getMany", (keys: readonly Deno.KvKey[]) => {
      read.push(...keys.flat().map(String));
      return getMany(keys);
    });
    await assert.rejects(
      ledger.ingest(threeTraces("late"), 0),
      /Too many records wait/,
    );
    for (const each of held) each("written");
    const all = Promise.all(requests);
    await letGo(next, all, "written");
    await all;
    assert.deepEqual(read.filter((part) => part.includes("late")), []);
    await assertVerified(kv);
  });
});

Deno.test("requests that fill no commit wait for the one that is under way, and share the next", async () => {
  await withKv(async (kv) => {
    const { next } = holdCommits(kv);
    const ledger = new Ledger(kv, { limits: LIMITS, foldAfter: Infinity });
    const requests = [
      threeTraces("a"),
      ...["b", "c"].map((id) => incoming({ assignments: [assignment(id)] })),
    ].map((records) => ledger.ingest(records, 0));
    for (let commits = 0; commits < 2; commits++) (await next())("written");
    await Promise.all(requests);
    await assertVerified(kv);
  });
});

Deno.test("what was prepared on rows that were not written after all is prepared anew, and nothing of it is lost", async () => {
  await withKv(async (kv) => {
    const { next } = holdCommits(kv);
    const ledger = new Ledger(kv, {
      limits: LIMITS,
      foldAfter: Infinity,
      pause: INSTANTLY,
    });
    const first = ledger.ingest(threeTraces("a"), 0);
    const one = await next();
    // Of the same users, and of the same stories.
    const second = ledger.ingest(threeTraces("b", "user of a"), 0);
    const again = ledger.ingest([
      ...threeTraces("a"),
      ...incoming({ events: [event("a 1", "e")] }),
    ], 0);
    one("conflict");
    const all = Promise.all([first, second, again]);
    await letGo(next, all, "written");
    const [one_, two_, three_] = await all;
    assert.deepEqual(one_, Array(6).fill("accepted"));
    assert.deepEqual(two_, Array(6).fill("accepted"));
    assert.deepEqual(three_, [...Array(6).fill("duplicate"), "accepted"]);
    await assertVerified(kv);
  });
});

Deno.test("a user's row that is older than a story that is read later is read anew", async () => {
  await withKv(async (kv) => {
    const { next } = holdCommits(kv);
    const [here, elsewhere] = [1, 2].map(() =>
      new Ledger(kv, {
        limits: LIMITS,
        foldAfter: Infinity,
        pause: INSTANTLY,
      })
    );
    assert.ok(here !== undefined && elsewhere !== undefined);
    // Keeps the user's row as it has written it, until all of it is settled.
    const first = here.ingest([
      ...threeTraces("a", "ann"),
      ...threeTraces("c", "zoe"),
    ], 0);
    const [one, two] = [await next(), await next()];
    one("written");
    const other = elsewhere.ingest(
      incoming({
        assignments: [
          assignment("b", { user_id: "ann 1", variant_name: "treatment" }),
        ],
      }),
      0,
    );
    (await next())("written");
    await other;
    const second = here.ingest(
      incoming({
        executions: [1, 2, 3, 4, 5, 6].map((n) =>
          execution("b", { execution_id: `b ${n}` })
        ),
      }),
      0,
    );
    await new Promise((resolve) => setTimeout(resolve, 20));
    two("written");
    const both = Promise.all([first, second]);
    await letGo(next, both, "written");
    assert.deepEqual((await both).flat(), Array(18).fill("accepted"));
    await assertVerified(kv);
  });
});

Deno.test("a request is applied again only when all that was sent of it is settled", async () => {
  await withKv(async (kv) => {
    const { next } = holdCommits(kv);
    const ledger = new Ledger(kv, {
      limits: LIMITS,
      foldAfter: Infinity,
      pause: INSTANTLY,
    });
    const records = ["a", "b", "c"].flatMap((name) => threeTraces(name));
    const answer = ledger.ingest(records, 0);
    // The pipeline is given up.
    const [first, second] = [await next(), await next()];
    first("conflict");
    second("conflict");
    // The request is applied by itself, and fails while a part is under way.
    const [third, fourth] = [await next(), await next()];
    const answered = Promise.withResolvers<void>();
    fourth(answered.promise);
    await new Promise((resolve) => setTimeout(resolve, 20));
    third("conflict");
    await new Promise((resolve) => setTimeout(resolve, 50));
    answered.resolve();
    await letGo(next, answer, "written");
    assert.deepEqual(await answer, Array(18).fill("accepted"));
    await assertVerified(kv);
  });
});

Deno.test("a duplicate of what is never written is no duplicate", async () => {
  await withKv(async (kv) => {
    const { next } = holdCommits(kv);
    const ledger = new Ledger(kv, {
      limits: LIMITS,
      foldAfter: Infinity,
      maxAttempts: 3,
      pause: INSTANTLY,
    });
    const first = ledger.ingest(threeTraces("a"), 0);
    const one = await next();
    const second = ledger.ingest([
      ...threeTraces("b"),
      ...threeTraces("a"),
    ], 0);
    const two = await next();
    two("written");
    await new Promise((resolve) => setTimeout(resolve, 20));
    one("conflict");
    const both = Promise.allSettled([first, second]);
    await letGo(next, both, "conflict");
    const statuses = (await both).map(({ status }) => status);
    assert.deepEqual(statuses, ["rejected", "rejected"]);
  });
});

Deno.test("a duplicate of what is under way is no duplicate before that is durable", async () => {
  await withKv(async (kv) => {
    const { next } = holdCommits(kv);
    const ledger = new Ledger(kv, { limits: LIMITS, foldAfter: Infinity });
    const order: string[] = [];
    const first = ledger.ingest(threeTraces("a"), 0)
      .then(() => order.push("written"));
    const one = await next();
    const again = ledger.ingest(threeTraces("a"), 0).then((verdicts) => {
      order.push("answered");
      assert.deepEqual(verdicts, Array(6).fill("duplicate"));
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual(order, []);
    one("written");
    await Promise.all([first, again]);
    assert.deepEqual(order, ["written", "answered"]);
    await assertVerified(kv);
  });
});
