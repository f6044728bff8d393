import assert from "node:assert/strict";
import { joinPattern, patternFromFile } from "./_pattern.ts";

Deno.test("patternFromFile() reads a file's name as Fresh does", () => {
  const patterns: [file: string, pattern: string][] = [
    ["index", "/"],
    ["about", "/about"],
    ["flags/index", "/flags"],
    ["flags/[name]", "/flags/:name"],
    ["flags/[name]/edit", "/flags/:name/edit"],
    ["docs/[...path]", "/docs/:path*"],
    ["list/[[page]]", "/list{/:page}?"],
    ["[[page]]", "/{:page}?"],
    ["(team)/members", "/members"],
    ["(team)/index", "/"],
    ["api/v1/openapi.json", "/api/v1/openapi.json"],
  ];
  for (const [file, pattern] of patterns) {
    assert.equal(patternFromFile(file), pattern);
  }
});

Deno.test("patternFromFile() keeps route groups when asked to", () => {
  assert.equal(patternFromFile("(team)/members", true), "/(team)/members");
});

Deno.test("patternFromFile() refuses a parameter inside a segment", () => {
  assert.throws(() => patternFromFile("flag-[name]"), SyntaxError);
  assert.throws(() => patternFromFile("[a][b]"), SyntaxError);
});

Deno.test("joinPattern() joins a base path and a pattern", () => {
  assert.equal(joinPattern("", "/a", false), "/a");
  assert.equal(joinPattern("/base", "/", false), "/base");
  assert.equal(joinPattern("/base", "/a", false), "/base/a");
  assert.equal(joinPattern("/base", "*", false), "/base/*");
  assert.equal(joinPattern("/base", "*", true), "/base");
  assert.equal(joinPattern("/", "/a", true), "/a");
  assert.equal(joinPattern("/base/*", "/a", true), "/base//a");
});
