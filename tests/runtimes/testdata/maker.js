// Makes users, each with three records, and writes a line for each user that
// is queued; or sends what earlier processes left.
import { Modelab } from "@modelab/sdk";
import { fileSpool } from "@modelab/sdk/spool";
import process from "node:process";

const {
  server,
  name,
  users,
  pauseMs,
  spool,
  leaseMs = 500,
  exit = false,
  options,
} = JSON.parse(process.argv[2]);
const modelab = new Modelab({
  server,
  flags: [{ name: "kept", variants: [{ name: "a" }, { name: "b" }] }],
  onError: ({ code, message }) => console.error(code, message),
  ...(spool && { spool: fileSpool(spool, { leaseMs }) }),
  ...options,
});
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

for (let user = 0; user < users; user++) {
  const assignment = modelab.assign("kept", { userId: `${name}-${user}` });
  assignment.record(
    { usage: { prompt_tokens: 10, completion_tokens: 5 } },
    { latencyMs: user % 100, cost: 0.001 },
  );
  if (user % 3 === 0) assignment.markFailure();
  else assignment.markSuccess();
  console.log(user);
  if (user % 10 === 9) await pause(pauseMs);
}
if (exit) process.exit(0);
// Until nothing has been queued for longer than a lease.
for (let quiet = 0; quiet < 20;) {
  quiet = modelab.stats().queued === 0 ? quiet + 1 : 0;
  await modelab.flush();
  await pause(spool ? 50 : 5);
}
await modelab.shutdown();
console.log(JSON.stringify(modelab.stats()));
