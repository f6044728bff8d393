import assert from "node:assert/strict";
import fc from "fast-check";
import { UuidMaker } from "./uuid.ts";

const maker = new UuidMaker();
const uuidv7 = (micros: number): string => maker.make(micros);
const PATTERN =
  /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

Deno.test("make() has the shape of a UUID of version 7 and starts with its time", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 51 }), (micros) => {
    const id = uuidv7(micros);
    assert.match(id, PATTERN);
    const millis = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
    assert.equal(millis, Math.floor(micros / 1000));
  }));
});

Deno.test("make() of each microsecond sorts after the one before", () => {
  const start = 1_700_000_000_000_000;
  let last = "";
  for (let micros = start; micros < start + 3_000; micros++) {
    const id = uuidv7(micros);
    assert.ok(id > last, `${micros}`);
    last = id;
  }
});

Deno.test("make() never gives the same id twice for one time", () => {
  const ids = new Set(Array.from({ length: 20_000 }, () => uuidv7(1)));
  assert.equal(ids.size, 20_000);
});

Deno.test("two makers of UUIDs never give the same id for one time", () => {
  const other = new UuidMaker();
  for (let micros = 0; micros < 3_000; micros++) {
    assert.notEqual(uuidv7(micros), other.make(micros));
  }
});

Deno.test("make() draws random bits once in a millisecond", () => {
  const start = 1_700_000_000_000_000;
  const tails = Array.from(
    { length: 2_000 },
    (_, at) => uuidv7(start + at).slice(18),
  );
  assert.equal(new Set(tails.slice(0, 1_000)).size, 1);
  assert.equal(new Set(tails.slice(1_000)).size, 1);
  assert.notEqual(tails[0], tails[1_000]);
});
