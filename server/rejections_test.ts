import assert from "node:assert/strict";
import { withKv } from "../storage/kv/testing/with_kv.ts";
import { Rejections } from "./rejections.ts";

const rejection = (field: string) => ({ index: 0, field, message: "wrong" });

Deno.test("rejections are counted by field over processes, the most frequent first", async () => {
  await withKv(async (kv) => {
    const [one, other] = [5, 9].map((now) => new Rejections(kv, () => now));
    assert.ok(one !== undefined && other !== undefined);
    assert.deepEqual(await one.read(), { since: null, reasons: [] });
    one.add(["cost", "", "cost", "user_id"].map(rejection));
    assert.equal((await other.read()).reasons.length, 0);
    await one.flush();
    other.add(["cost"].map(rejection));
    const expected = {
      since: 5,
      reasons: [
        { field: "cost", records: 3 },
        { field: "", records: 1 },
        { field: "user_id", records: 1 },
      ],
    };
    assert.deepEqual(await other.read(), expected);
    await other.flush();
    await other.flush();
    // As a process that starts later reads them.
    assert.deepEqual(await new Rejections(kv, () => 12).read(), expected);
  });
});

Deno.test("rejections stay few, however many fields senders make up", async () => {
  await withKv(async (kv) => {
    for (let process = 0; process < 3; process++) {
      const rejections = new Rejections(kv, () => 0);
      for (let at = 0; at < 400; at++) {
        rejections.add([rejection(`field ${process} ${at}`)]);
      }
      await rejections.flush();
    }
    const { reasons } = await new Rejections(kv, () => 0).read();
    assert.equal(reasons.length, 51);
    assert.deepEqual(reasons[0], { field: "(others)", records: 1_150 });
  });
});

Deno.test("rejections that could not be written wait on", async () => {
  const kv = await Deno.openKv(":memory:");
  const rejections = new Rejections(kv, () => 0);
  rejections.add(["cost", "cost"].map(rejection));
  const { atomic } = kv;
  kv.atomic = () => {
    throw new Error("locked");
  };
  await assert.rejects(rejections.flush(), /locked/);
  kv.atomic = atomic.bind(kv);
  rejections.add([rejection("cost")]);
  await rejections.flush();
  const { reasons } = await rejections.read();
  assert.deepEqual(reasons, [{ field: "cost", records: 3 }]);
  kv.close();
});

Deno.test("rejections that cannot be written stay few, whatever comes meanwhile", async () => {
  const kv = await Deno.openKv(":memory:");
  const rejections = new Rejections(kv, () => 0);
  const { atomic } = kv;
  for (let attempt = 0; attempt < 4; attempt++) {
    const fields = Array.from({ length: 60 }, (_, n) => `${attempt} ${n}`);
    rejections.add(fields.map(rejection));
    kv.atomic = () => {
      // While this is being written, others are refused.
      rejections.add(fields.map((field) => rejection(`more ${field}`)));
      throw new Error("locked");
    };
    await assert.rejects(rejections.flush(), /locked/);
  }
  const { reasons } = await rejections.read();
  assert.ok(reasons.length <= 51, String(reasons.length));
  const sum = reasons.reduce((total, { records }) => total + records, 0);
  assert.equal(sum, 4 * 60 * 2);
  kv.atomic = atomic;
  kv.close();
});
