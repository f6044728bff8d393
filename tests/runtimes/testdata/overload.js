// Assigns far more users than the queue holds while the server is down, and
// writes by how much the heap has grown, in bytes.
import process from "node:process";
import { Modelab } from "@modelab/sdk";

const users = Number(process.argv[3]);
const lab = new Modelab({
  server: process.argv[2],
  flags: [{
    name: "tone",
    variants: [
      { name: "a", config: { model: "gpt-4.1-mini" } },
      { name: "b", config: { model: "gpt-4.1" } },
    ],
  }],
  flushTimeoutMs: 0,
  onError() {},
});
const collect = globalThis.gc ?? (() => globalThis.Bun?.gc(true));

function heap() {
  collect();
  return process.memoryUsage().heapUsed;
}

const decoder = new TextDecoder();
const filler = new TextEncoder().encode(`${"x".repeat(10_000)} user=`);

/** A user id as a server gets it: cut out of the text of a long request. */
function cutOut(user) {
  const bytes = new Uint8Array(filler.length + 32);
  bytes.set(filler);
  bytes.set(
    new TextEncoder().encode(String(user).padStart(32, "0")),
    filler.length,
  );
  const [, userId] = /user=(\d+)/.exec(decoder.decode(bytes));
  return userId;
}

const empty = heap();
for (let user = 0; user < users; user++) {
  // So many of the latest that all that is kept was cut out.
  const userId = user < users - 12_000 ? `user-${user}` : cutOut(user);
  lab.assign("tone", { userId });
  // Lets requests go out and fail, however long the first may take.
  do {
    if (user % 1_000 === 0) await new Promise((done) => setTimeout(done));
  } while (user === users - 20_000 && lab.stats().retried === 0);
}
// The last that was assigned may still be looked at.
await new Promise((done) => setTimeout(done, 50));
const end = heap() - empty;
console.log(JSON.stringify({ end, stats: lab.stats() }));
process.exit(0);
