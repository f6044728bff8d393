import assert from "node:assert/strict";
import { localPath, signIn } from "./sign_in.ts";
import { hasSession } from "./session.ts";
import { get, NOW, withService } from "./testing/with_service.ts";

function form(fields: { [name: string]: string }): Request {
  const body = new URLSearchParams(fields).toString();
  return new Request("http://127.0.0.1:8100/sign-in", {
    method: "POST",
    body,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "content-length": String(body.length),
    },
  });
}

Deno.test("signIn() begins a session for the read key, and for nothing else", async () => {
  await withService(async (service) => {
    const { response } = await signIn(
      service,
      form({ key: "read", next: "/flags/a?metric=cost" }),
    );
    assert.equal(response?.status, 303);
    assert.equal(response?.headers.get("location"), "/flags/a?metric=cost");
    const [cookie = ""] = (response?.headers.get("set-cookie") ?? "").split(
      ";",
    );
    assert.equal(hasSession(get("/", { cookie }), "read", NOW), true);
    for (const key of ["", "write", "Read", "read "]) {
      assert.equal((await signIn(service, form({ key }))).response, null);
    }
    assert.equal((await signIn(service, form({}))).response, null);
  }, { apiKey: "write", readKey: "read" });
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
