import assert from "node:assert/strict";
import { endedCookie, hasSession, sessionCookie } from "./session.ts";
import { get, NOW } from "./testing/with_service.ts";

const WEEK = 7 * 24 * 3_600_000;

function withCookie(cookie: string): Request {
  const [pair = ""] = cookie.split(";");
  return get("/", { cookie: `other=1; ${pair}; last=2` });
}

Deno.test("hasSession() knows the cookie until it expires", () => {
  const request = withCookie(sessionCookie("key", NOW, false));
  assert.equal(hasSession(request, "key", NOW), true);
  assert.equal(hasSession(request, "key", NOW + WEEK - 1), true);
  assert.equal(hasSession(request, "key", NOW + WEEK), false);
});

Deno.test("hasSession() refuses what the key has not signed", () => {
  const cookie = sessionCookie("key", NOW, false);
  assert.equal(hasSession(withCookie(cookie), "other key", NOW), false);
  const longer = cookie.replace(/=(\d+)/, (_, time) => `=${Number(time) + 1}`);
  for (
    const forged of [
      longer,
      cookie.replace(/\.[^;]+/, "."),
      cookie.replace(/\.[^;]+/, ""),
      "modelab_session=",
      "modelab_session",
      endedCookie(false),
    ]
  ) assert.equal(hasSession(withCookie(forged), "key", NOW), false, forged);
});

Deno.test("sessionCookie() keeps scripts, other sites and plain HTTP out", () => {
  const cookie = sessionCookie("key", NOW, true);
  assert.match(cookie, /; HttpOnly; SameSite=Lax; Max-Age=604800; Secure$/);
  assert.doesNotMatch(sessionCookie("key", NOW, false), /Secure/);
});
