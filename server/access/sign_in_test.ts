import assert from "node:assert/strict";
import { newKey } from "./key_text.ts";
import { sessionKey } from "./session.ts";
import { localPath, signIn } from "./sign_in.ts";
import { get, NOW, withService } from "../testing/with_service.ts";

type Fields = { [name: string]: string };

function form(fields: Fields, headers: Fields = {}): Request {
  const body = new URLSearchParams(fields).toString();
  return new Request("http://127.0.0.1:8100/sign-in", {
    method: "POST",
    body,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "content-length": String(body.length),
      ...headers,
    },
  });
}

const KEYS = { apiKey: "write", readKey: "read" };

Deno.test("signIn() begins a session for a key that may read, and for no other", async () => {
  await withService(async ({ gate, keys }) => {
    const { id, text, digest } = newKey();
    await keys.add({
      id,
      digest,
      name: "reader",
      scopes: ["read"],
      flagPrefix: null,
      createdAt: NOW,
      revokedAt: null,
    });
    for (const key of ["read", text]) {
      const { response } = await signIn(
        gate,
        form({ key, next: "/flags/a?metric=cost" }),
        "a",
        NOW,
      );
      assert.equal(response?.status, 303);
      assert.equal(response?.headers.get("location"), "/flags/a?metric=cost");
      const [cookie = ""] = (response?.headers.get("set-cookie") ?? "").split(
        ";",
      );
      const request = get("/", { cookie });
      const found = sessionKey(request, gate.ring, NOW);
      assert.equal(found?.access.scopes.includes("read"), true);
    }
    const failures = await Promise.all(
      ["", "Read", "read ", "write", `${text}x`].map(async (key) =>
        (await signIn(gate, form({ key }), "a", NOW)).failure
      ),
    );
    assert.deepEqual(failures, [
      "wrong key",
      "wrong key",
      "wrong key",
      "no scope",
      "wrong key",
    ]);
  }, KEYS);
});

Deno.test("signIn() refuses a form of another site, whatever its key", async () => {
  await withService(async ({ gate }) => {
    for (
      const headers of [
        { origin: "https://example.com" },
        { "sec-fetch-site": "cross-site" },
        { "sec-fetch-site": "same-site" },
        { origin: "null" },
      ]
    ) {
      const { failure, response } = await signIn(
        gate,
        form({ key: "read" }, headers as Fields),
        "a",
        NOW,
      );
      assert.deepEqual([failure, response], ["foreign", null]);
    }
    const own = { origin: "http://127.0.0.1:8100" };
    const { failure } = await signIn(
      gate,
      form({ key: "read" }, own),
      "a",
      NOW,
    );
    assert.equal(failure, null);
  }, KEYS);
});

Deno.test("signIn() looks at no more keys when an address has sent too many wrong ones", async () => {
  await withService(async ({ gate }) => {
    const attempt = async (key: string, address: string) =>
      (await signIn(gate, form({ key }), address, NOW)).failure;
    const failures: (string | null)[] = [];
    for (let n = 0; n < 40; n++) failures.push(await attempt(`k${n}`, "a"));
    assert.deepEqual(failures.slice(0, 30), Array(30).fill("wrong key"));
    assert.equal(failures.at(-1), "too many");
    assert.equal(await attempt("read", "a"), "too many");
    assert.equal(await attempt("read", "b"), null);
  }, KEYS);
});

Deno.test("localPath() leads nowhere else", () => {
  for (
    const next of [
      null,
      "",
      "https://example.com/",
      "//example.com/",
      "/\\example.com",
      "/..//example.com",
      "/.//example.com/x",
      "/a/../..//example.com",
      "/\t/example.com",
      "javascript:alert(1)",
      "flags",
    ]
  ) assert.equal(localPath(next), "/", String(next));
  assert.equal(localPath("/flags/a%2Fb?x=1#y"), "/flags/a%2Fb?x=1");
});
