import assert from "node:assert/strict";
import { isOwnPage } from "./is_own_page.ts";

function own(headers: { [name: string]: string }): boolean {
  const request = new Request("https://lab.example.com/sign-out", {
    method: "POST",
    headers,
  });
  return isOwnPage(request);
}

Deno.test("isOwnPage() believes what browsers say of where a request comes from", () => {
  assert.equal(own({ "sec-fetch-site": "same-origin" }), true);
  assert.equal(own({ "sec-fetch-site": "none" }), true);
  assert.equal(own({ "sec-fetch-site": "same-site" }), false);
  assert.equal(own({ "sec-fetch-site": "cross-site" }), false);
});

Deno.test("isOwnPage() compares the origin where that is all there is", () => {
  assert.equal(own({}), true);
  // A proxy with TLS before the server changes the scheme, not the host.
  assert.equal(own({ origin: "http://lab.example.com" }), true);
  assert.equal(own({ origin: "https://example.com" }), false);
  assert.equal(own({ origin: "https://lab.example.com.evil.com" }), false);
  assert.equal(own({ origin: "null" }), false);
});
