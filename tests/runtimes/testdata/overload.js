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

async function assign(from, to) {
  for (let user = from; user < to; user++) {
    lab.assign("tone", { userId: `user-${user}` });
    // Lets requests go out and fail.
    if (user % 1_000 === 0) await new Promise((done) => setTimeout(done));
  }
}

const empty = heap();
await assign(0, users);
const end = heap() - empty;
console.log(JSON.stringify({ end, stats: lab.stats() }));
process.exit(0);
