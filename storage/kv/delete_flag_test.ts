import assert from "node:assert/strict";
import { archiveFlag } from "./archive.ts";
import { deleteFlag } from "./delete_flag.ts";
import { Ledger } from "./ledger.ts";
import { foldKey } from "./keys.ts";
import { LOCAL_LIMITS } from "./limits.ts";
import { KvFlagReader } from "./reader.ts";
import { BodySweep } from "./sweep_bodies.ts";
import {
  assignment,
  event,
  execution,
  incoming,
  RECEIVED_AT,
} from "./testing/records.ts";
import { verify } from "./verify.ts";

async function withFlags(
  use: (kv: Deno.Kv, reader: KvFlagReader, ledger: Ledger) => Promise<void>,
): Promise<void> {
  const kv = await Deno.openKv(":memory:");
  const ledger = new Ledger(kv, { limits: LOCAL_LIMITS });
  try {
    for (const flag of ["keep", "leave"]) {
      for (let n = 0; n < 120; n++) {
        const id = `${flag}-${n}`;
        await ledger.ingest(
          incoming({
            assignments: [
              assignment(id, { flag_name: flag, user_id: `user-${n % 50}` }),
            ],
            executions: [execution(id)],
            events: [event(id, "e")],
          }),
          0,
        );
      }
    }
    await use(kv, new KvFlagReader(kv, () => RECEIVED_AT), ledger);
    assert.deepEqual((await verify(kv, RECEIVED_AT)).mismatches, []);
  } finally {
    await ledger.drain();
    kv.close();
  }
}

async function listed(reader: KvFlagReader): Promise<string[]> {
  return (await reader.listFlags()).flags.map(({ flag_name }) => flag_name);
}

Deno.test("deleteFlag() takes all of a flag and nothing of another", async () => {
  await withFlags(async (kv, reader, ledger) => {
    const before = await reader.evaluateFlag("keep");
    const deleted = await deleteFlag(kv, "leave", LOCAL_LIMITS, RECEIVED_AT);
    assert.deepEqual(deleted, { assignments: 120, records: 360 });
    assert.deepEqual(await listed(reader), ["keep"]);
    assert.equal(await reader.evaluateFlag("leave"), null);
    assert.deepEqual(await reader.evaluateFlag("keep"), before);
    let clock = 0;
    const sweep = new BodySweep(kv, () => clock);
    await sweep.run();
    clock = 3_600_000;
    await sweep.run();
    // The mark of its folds stays: others may know of earlier ones.
    assert.notEqual((await kv.get(foldKey("leave"))).value, null);
    for await (const { key } of kv.list({ prefix: [] })) {
      if (key[2] === "as_of") continue;
      assert.ok(!JSON.stringify(key).includes("leave"), String(key));
    }
    // It is made again by what comes.
    ledger.forgetBodies();
    const again = assignment("new", { flag_name: "leave" });
    await ledger.ingest(incoming({ assignments: [again] }), 0);
    assert.deepEqual(await listed(reader), ["keep", "leave"]);
    assert.equal((await reader.evaluateFlag("leave"))?.variants[0]?.users, 1);
  });
});

/** Does something once, when the counters were read and are to be deleted. */
function beforePurge(kv: Deno.Kv, act: () => Promise<unknown>): Deno.Kv {
  let read = false;
  let done = false;
  const list = async function* (
    selector: Deno.KvListSelector,
    options?: Deno.KvListOptions,
  ): AsyncGenerator<Deno.KvEntry<unknown>> {
    const [space] = "prefix" in selector ? selector.prefix : [];
    if (space === "c" && read && !done) {
      done = true;
      await act();
    }
    yield* kv.list(selector, options);
    read ||= space === "sketch";
  };
  return new Proxy(kv, {
    get(target, name) {
      if (name === "list") return list;
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

Deno.test("what comes while the last of a flag is deleted makes the flag again", async () => {
  await withFlags(async (kv, reader, ledger) => {
    const late = assignment("late", { flag_name: "leave" });
    const racing = beforePurge(
      kv,
      () => ledger.ingest(incoming({ assignments: [late] }), 0),
    );
    await deleteFlag(racing, "leave", LOCAL_LIMITS, RECEIVED_AT);
    assert.deepEqual(await listed(reader), ["keep", "leave"]);
    assert.equal((await reader.evaluateFlag("leave"))?.variants[0]?.users, 1);
  });
});

Deno.test("an archived flag is not listed, and otherwise as it was", async () => {
  await withFlags(async (kv, reader) => {
    const before = await reader.evaluateFlag("leave");
    await archiveFlag(kv, "leave", RECEIVED_AT);
    assert.deepEqual(await listed(reader), ["keep"]);
    assert.deepEqual(await reader.evaluateFlag("leave"), before);
    await archiveFlag(kv, "leave", null);
    assert.deepEqual(await listed(reader), ["keep", "leave"]);
  });
});
