import assert from "node:assert/strict";
import { csv, csvOf } from "./csv.ts";

Deno.test("csv() quotes what would end a cell or a line", () => {
  assert.equal(
    csv([["name", "n"], ['a "b", c\nd', 1.5], ["", null]]),
    'name,n\r\n"a ""b"", c\nd",1.5\r\n,\r\n',
  );
});

Deno.test("csv() gives a spreadsheet nothing to run", () => {
  assert.equal(
    csv([["=1+1", "@SUM(A1)", "-2", "+3", "\t=x", -2]]),
    "'=1+1,'@SUM(A1),'-2,'+3,'\t=x,-2\r\n",
  );
});

Deno.test("csvOf() writes records under their names, and nothing of none", () => {
  assert.equal(
    csvOf([{ name: "=1+1", users: 2 }, { name: "b", users: null }]),
    "name,users\r\n'=1+1,2\r\nb,\r\n",
  );
  assert.equal(csvOf([]), "");
});
