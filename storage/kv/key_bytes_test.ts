import assert from "node:assert/strict";
import { keyBytes } from "./key_bytes.ts";
import { withKv } from "./testing/with_kv.ts";

Deno.test("keyBytes() counts as the database does", async () => {
  await withKv(async (kv) => {
    for (const character of ["x", "é", "日", "😀", "\0", "\0x"]) {
      const most = 2048 - 2;
      const count = Math.floor(most / keyBytes(character));
      const fits = character.repeat(count);
      assert.equal(keyBytes(fits), count * keyBytes(character));
      assert.equal((await kv.get([fits])).value, null);
      const beyond = fits + character.repeat(4);
      await assert.rejects(kv.set([beyond], 1), TypeError, character);
    }
  });
});
