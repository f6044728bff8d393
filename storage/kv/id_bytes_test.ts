import assert from "node:assert/strict";
import fc from "fast-check";
import { ByteReader, ByteWriter } from "./bytes.ts";
import { readId, uuidBytes, uuidText, writeId } from "./id_bytes.ts";

Deno.test("uuidBytes() and uuidText() are each other's reverse", () => {
  fc.assert(fc.property(fc.uuid(), (id) => {
    const bytes = uuidBytes(id);
    assert.equal(bytes?.length, 16);
    assert.equal(bytes && uuidText(bytes), id);
  }));
});

Deno.test("uuidBytes() takes no other way to write a UUID, and nothing else", () => {
  const id = "0123abcd-4567-89ab-cdef-000000000000";
  assert.ok(uuidBytes(id) !== null);
  for (
    const other of [
      "",
      id.toUpperCase(),
      id.replaceAll("-", "_"),
      id.replace("0123", "01-3"),
      id.slice(1),
      `{${id.slice(2)}}`,
      id.replace("a", "g"),
      id.replace("a", "\u0661"),
      id.replace("a", "\u00e9"),
    ]
  ) assert.equal(uuidBytes(other), null, other);
});

Deno.test("readId() reads the ids that writeId() wrote", () => {
  const id = fc.oneof(
    fc.uuid(),
    fc.uuid().map((uuid) => uuid.toUpperCase()),
    fc.string({ unit: "grapheme" }),
  );
  fc.assert(fc.property(fc.array(id), (ids) => {
    const writer = new ByteWriter();
    for (const each of ids) writeId(writer, each);
    const reader = new ByteReader(writer.finish());
    assert.deepEqual(ids.map(() => readId(reader)), ids);
    assert.ok(reader.done);
  }));
});
