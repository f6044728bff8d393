import assert from "node:assert/strict";
import { withSecurityHeaders } from "./security_headers.ts";

function page(): Response {
  return new Response("<p>Hello</p>", {
    headers: { "content-type": "text/html; charset=utf-8" },
  });
}

function policyOf(response: Response): string | null {
  return withSecurityHeaders(response).headers.get("content-security-policy");
}

Deno.test("withSecurityHeaders() lets a page run no script but the server's files", () => {
  assert.match(policyOf(page()) ?? "", /; script-src 'self'; /);
  const json = withSecurityHeaders(Response.json({}));
  assert.equal(json.headers.get("content-security-policy"), null);
  assert.equal(json.headers.get("x-content-type-options"), "nosniff");
});

Deno.test("withSecurityHeaders() lets nobody keep a page, and leaves files and data as they are", () => {
  const cached = (type: string): string | null =>
    withSecurityHeaders(
      new Response("", {
        headers: { "content-type": type, "cache-control": "max-age=9" },
      }),
    ).headers.get("cache-control");
  assert.equal(cached("text/html; charset=utf-8"), "no-store");
  assert.equal(cached("text/css"), "max-age=9");
});

Deno.test("withSecurityHeaders() lets through the one inline script that Fresh starts islands with", () => {
  const nonce = "a9ba506926294c55af1166f2d4d66fd2";
  const rendered = Object.assign(page(), {
    [Symbol.for("__freshNonce")]: nonce,
  });
  assert.match(
    policyOf(rendered) ?? "",
    new RegExp(`; script-src 'self' 'nonce-${nonce}'; `),
  );
});

Deno.test("withSecurityHeaders() takes no nonce that could say more than a nonce", () => {
  for (const nonce of ["", "x'; script-src *", "a b", 7, null]) {
    const rendered = Object.assign(page(), {
      [Symbol.for("__freshNonce")]: nonce,
    });
    assert.match(policyOf(rendered) ?? "", /; script-src 'self'; /);
  }
});
