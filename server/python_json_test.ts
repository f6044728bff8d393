import assert from "node:assert/strict";
import fc from "fast-check";
import { parsePythonJson } from "./python_json.ts";

Deno.test("parsePythonJson() reads NaN and Infinity as strings, outside of strings alone", () => {
  assert.deepEqual(
    parsePythonJson('[NaN,-Infinity,{"NaN":Infinity},"a \\" NaN \\\\",NaN]'),
    ["NaN", "-Infinity", { NaN: "Infinity" }, 'a " NaN \\', "NaN"],
  );
});

Deno.test("parsePythonJson() reads JSON as JSON.parse() does", () => {
  fc.assert(fc.property(fc.json(), (text) => {
    assert.deepEqual(parsePythonJson(text), JSON.parse(text));
    assert.deepEqual(parsePythonJson(`[NaN,${text}]`), [
      "NaN",
      JSON.parse(text),
    ]);
  }));
});

Deno.test("parsePythonJson() refuses everything else", () => {
  for (const text of ["", "[NaN", "NaNa", "[NaN NaN]", '"NaN', "[-NaNx]"]) {
    assert.throws(() => parsePythonJson(text), SyntaxError, text);
  }
});

Deno.test("parsePythonJson() looks at each character of a string without end once", () => {
  // At a cost that grew with the square, this would take hours.
  const text = `NaN"${'\\"'.repeat(2_000_000)}`;
  assert.throws(() => parsePythonJson(text), SyntaxError);
});
