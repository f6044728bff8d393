import assert from "node:assert/strict";
import fc from "fast-check";
import { ByteWriter } from "./bytes.ts";
import { IdList, readIds } from "./id_list.ts";

Deno.test("IdList writes what was stored and what was added, in order", () => {
  const ids = fc.array(fc.oneof(
    fc.uuid(),
    fc.uuid().map((uuid) => uuid.toUpperCase()),
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }),
  ));
  fc.assert(fc.property(ids, ids, (before, after) => {
    const [all, stored] = [new IdList(), new IdList()];
    for (const id of before) {
      all.add(id);
      stored.add(id);
    }
    const writer = new ByteWriter();
    stored.write(writer);
    const list = new IdList(writer.finish(), before.length);
    for (const id of after) {
      all.add(id);
      list.add(id);
    }
    assert.equal(list.length, before.length + after.length);
    assert.deepEqual(list.toArray(), [...before, ...after]);
    list.write(writer);
    const bytes = writer.finish();
    // One byte more may be expected than the length of a text takes.
    assert.ok(bytes.length <= list.bytes);
    assert.ok(bytes.length >= list.bytes - after.length);
    assert.deepEqual(readIds(bytes), [...before, ...after]);
    all.write(writer);
    assert.deepEqual(writer.finish(), bytes);
  }));
});
