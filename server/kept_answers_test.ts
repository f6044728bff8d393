import assert from "node:assert/strict";
import { Ledger } from "../storage/kv/ledger.ts";
import { LOCAL_LIMITS } from "../storage/kv/limits.ts";
import { assignment, incoming } from "../storage/kv/testing/records.ts";
import { OPEN } from "./access/access.ts";
import { readFlag } from "./flags.ts";
import { KeptAnswers } from "./kept_answers.ts";
import { serviceFor } from "./service.ts";
import { get, withService } from "./testing/with_service.ts";

/** Answers with how often it was asked. */
function counting(
  answerOf: (time: number) => Response = (time) => new Response(String(time)),
): { readonly make: () => Promise<Response>; readonly made: () => number } {
  let made = 0;
  return { make: () => Promise.resolve(answerOf(++made)), made: () => made };
}

Deno.test("an answer is kept while its version stands", async () => {
  const answers = new KeptAnswers({ clock: () => 0 });
  const { make } = counting((time) =>
    new Response(String(time), { headers: { "x-made": String(time) } })
  );
  const ask = async (version: string, question = "q"): Promise<string> => {
    const response = await answers.answer(version, question, make);
    const { headers } = response;
    // Whoever answers may add to the headers: those that are kept stay.
    const made = headers.get("x-made");
    headers.set("x-made", "spoilt");
    return `${made} ${await response.text()}`;
  };
  assert.equal(await ask("1"), "1 1");
  assert.equal(await ask("1"), "1 1");
  assert.equal(await ask("2"), "2 2");
  assert.equal(await ask("2"), "2 2");
  assert.equal(await ask("2", "other"), "3 3");
  assert.equal(await ask("2"), "2 2");
});

Deno.test("an answer is kept for five seconds at most", async () => {
  let time = 0;
  const answers = new KeptAnswers({ clock: () => time });
  const { make, made } = counting();
  await answers.answer("1", "q", make);
  time = 4_999;
  await answers.answer("1", "q", make);
  assert.equal(made(), 1);
  time = 5_000;
  await answers.answer("1", "q", make);
  assert.equal(made(), 2);
});

Deno.test("who asks while an answer is made waits for it, and makes it where it failed", async () => {
  const answers = new KeptAnswers({ clock: () => 0 });
  const { make, made } = counting();
  const both = await Promise.all([
    answers.answer("1", "q", make),
    answers.answer("1", "q", make),
  ]);
  assert.deepEqual(await Promise.all(both.map((one) => one.text())), [
    "1",
    "1",
  ]);
  const failing = answers.answer(
    "1",
    "bad",
    () => Promise.reject(new Error("locked")),
  );
  const after = answers.answer("1", "bad", make);
  await assert.rejects(failing, /locked/);
  assert.equal(await (await after).text(), "2");
  assert.equal(made(), 2);
});

Deno.test("errors, and what has no version or has a nonce, are not kept", async () => {
  const answers = new KeptAnswers({ clock: () => 0 });
  const failing = counting(() => new Response("", { status: 400 }));
  await answers.answer("1", "q", failing.make);
  await answers.answer("1", "q", failing.make);
  assert.equal(failing.made(), 2);
  const hidden = counting();
  await answers.answer("", "hidden", hidden.make);
  await answers.answer("", "hidden", hidden.make);
  assert.equal(hidden.made(), 2);
  const nonce = counting((time) =>
    Object.assign(new Response(), {
      [Symbol.for("__freshNonce")]: `nonce-${time}`,
    })
  );
  await answers.answer("1", "nonce", nonce.make);
  await answers.answer("1", "nonce", nonce.make);
  assert.equal(nonce.made(), 2);
  const none = await answers.answer("1", "none", () => Promise.resolve(null));
  assert.equal(none, null);
});

Deno.test("what was not asked for the longest goes where there is no room", async () => {
  const answers = new KeptAnswers({ clock: () => 0, mostBytes: 40 });
  const { make, made } = counting(() => new Response("123456789"));
  for (const question of ["a", "b", "c", "d", "a", "e"]) {
    await answers.answer("1", question, make);
  }
  assert.equal(made(), 5);
  await answers.answer("1", "a", make);
  assert.equal(made(), 5);
  await answers.answer("1", "b", make);
  assert.equal(made(), 6);
  const large = counting(() => new Response("x".repeat(11)));
  await answers.answer("1", "large", large.make);
  await answers.answer("1", "large", large.make);
  assert.equal(large.made(), 2);
});

Deno.test("what a server keeps is never older than what another writer has written", async () => {
  await withService(async (service, kv) => {
    const writer = new Ledger(kv, { limits: LOCAL_LIMITS });
    const send = (id: string): Promise<unknown> =>
      writer.ingest(incoming({ assignments: [assignment(id)] }), 0);
    const users = async (): Promise<unknown> => {
      const answer = await readFlag(service, get("/api/v1/flags/flag"));
      return answer.ok ? (await answer.json()).variants[0].users : null;
    };
    assert.equal(await users(), null);
    // As many as make a writer fold what it has written.
    for (let sent = 1; sent < 80; sent++) {
      await send(`a${sent}`);
      assert.equal(await users(), sent);
      assert.equal(await users(), sent);
    }
    await writer.drain();
    await service.deleteFlag("flag");
    assert.equal(await users(), null);
  });
});

Deno.test("what a server keeps is shown to nobody who may not see the flag", async () => {
  await withService(async (service) => {
    await service.ledger.ingest(
      incoming({ assignments: [assignment("a")] }),
      0,
    );
    const access = { ...OPEN, flagPrefix: "other" };
    const path = "/api/v1/flags/flag";
    assert.equal((await readFlag(service, get(path))).status, 200);
    const limited = serviceFor(service, access);
    assert.equal((await readFlag(limited, get(path))).status, 404);
  });
});
