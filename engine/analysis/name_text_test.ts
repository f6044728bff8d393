import assert from "node:assert/strict";
import { nameText } from "./name_text.ts";

Deno.test("nameText() leaves a plain name as it is, and cuts a long one", () => {
  assert.equal(nameText("gpt-4.1-mini"), "gpt-4.1-mini");
  assert.equal(nameText("ñandú 测试 🧪"), "ñandú 测试 🧪");
  assert.equal(nameText("😀".repeat(60)), "😀".repeat(60));
  assert.equal(nameText("😀".repeat(61)), `${"😀".repeat(60)}…`);
  assert.equal(nameText("x".repeat(10_000_000)), `${"x".repeat(60)}…`);
});

Deno.test("nameText() keeps a name from turning around what stands beside it", () => {
  assert.equal(nameText("\u202egnp.exe"), "\u2068\u202egnp.exe\u2069");
  assert.equal(nameText("تجربة"), "\u2068تجربة\u2069");
  // Neither its own end of an isolate nor an end of a line lets it out.
  assert.equal(nameText("\u2069\u202ea\nb"), "\u2068 \u202ea b\u2069");
});
