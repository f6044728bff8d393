import assert from "node:assert/strict";
import { flagNamesFromPath } from "../server/flag_path.ts";
import {
  flagPagePath,
  newsPath,
  signInPath,
  timelineApiPath,
} from "./flag_url.ts";

const NAMES = [
  "reply",
  "a/b",
  "a b?c#d%e",
  "%2F",
  "<script>alert(1)</script>",
  "تجربة",
  "🙂".repeat(400),
  "a\nb",
  "a/",
];

Deno.test("flagPagePath() leads back to the same name, whatever it is", () => {
  for (const name of NAMES) {
    const { pathname, search, hash } = new URL(
      flagPagePath(name),
      "http://localhost",
    );
    assert.equal(search + hash, "");
    assert.equal(flagNamesFromPath(pathname.slice("/flags/".length))[0], name);
  }
});

Deno.test("flagPagePath() does not throw at a lone surrogate", () => {
  assert.equal(flagPagePath("a\ud800"), "/flags/a%EF%BF%BD");
});

Deno.test("timelineApiPath() asks for a range in UTC", () => {
  const url = new URL(timelineApiPath("a/b", "hour", 0, 60_000), "http://x");
  assert.equal(url.pathname, "/api/v1/flags/a%2Fb/timeline");
  assert.deepEqual(Object.fromEntries(url.searchParams), {
    granularity: "hour",
    from: "1970-01-01T00:00:00.000Z",
    to: "1970-01-01T00:01:00.000Z",
  });
});

Deno.test("signInPath() keeps the way back in one parameter", () => {
  const url = new URL(signInPath("/flags/a%2Fb?metric=x&y=z"), "http://x");
  assert.equal(url.searchParams.get("next"), "/flags/a%2Fb?metric=x&y=z");
});

Deno.test("newsPath() asks for the news of a flag, or of any", () => {
  assert.equal(newsPath(null), "/api/v1/news");
  const url = new URL(newsPath("a/b&c"), "http://x");
  assert.deepEqual(Object.fromEntries(url.searchParams), { flag: "a/b&c" });
});
