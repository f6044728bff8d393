import assert from "node:assert/strict";
import { nextTurn } from "./turn.ts";

Deno.test("nextTurn() gives turns in the order in which they were asked for", async () => {
  const turns: number[] = [];
  await Promise.all(Array.from({ length: 20 }, async (_, n) => {
    await nextTurn();
    turns.push(n);
  }));
  assert.deepEqual(turns, Array.from({ length: 20 }, (_, n) => n));
});

Deno.test("nextTurn() lets the network be heard between two turns", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { hostname, port } = listener.addr;
  let heard = false;
  const accepted = listener.accept().then((connection) => {
    heard = true;
    connection.close();
  });
  const client = await Deno.connect({ hostname, port });
  let turns = 0;
  for (; !heard && turns < 1000; turns++) await nextTurn();
  assert.ok(turns < 1000, "A connection was not heard of in 1,000 turns");
  client.close();
  await accepted;
  listener.close();
});
