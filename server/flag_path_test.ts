import assert from "node:assert/strict";
import { flagNamesFromPath, restAfterFlags } from "./flag_path.ts";

Deno.test("flagNamesFromPath() reads a name of one encoded segment", () => {
  assert.deepEqual(flagNamesFromPath("a%2Fb%20%3F%23%25%F0%9F%98%80"), [
    "a/b ?#%😀",
  ]);
});

Deno.test("flagNamesFromPath() reads a name of several segments", () => {
  assert.deepEqual(flagNamesFromPath("a/b"), ["a/b"]);
});

Deno.test("flagNamesFromPath() offers the name without its last slash second", () => {
  assert.deepEqual(flagNamesFromPath("a/b/"), ["a/b/", "a/b"]);
  assert.deepEqual(flagNamesFromPath("/"), ["/"]);
  assert.deepEqual(flagNamesFromPath(""), []);
});

Deno.test("flagNamesFromPath() takes a percent sign that encodes nothing as it is", () => {
  assert.deepEqual(flagNamesFromPath("100%"), ["100%"]);
  assert.deepEqual(flagNamesFromPath("%ff%20"), ["%ff%20"]);
  assert.deepEqual(flagNamesFromPath("%zz%20x"), ["%zz x"]);
});

Deno.test("restAfterFlags() does not mind slashes before the route", () => {
  for (
    const start of ["/flags/", "//flags/", "/api/v1/flags/", "//api//v1/flags/"]
  ) {
    assert.equal(restAfterFlags(`${start}a/flags/b`), "a/flags/b");
  }
});
