import { createHash } from "node:crypto";
import { bucketOf } from "../engine/bucket.ts";
import { md5 } from "../engine/md5.ts";

// Read the ratio that stands under each group, not the times.

const users = Array.from(
  { length: 1_000 },
  (_, i) => `user_${i}_0123456789abc`,
);
const scripts = Array.from({ length: 1_000 }, (_, i) => `利用者_${i}_😀`);
const long = "0123456789".repeat(10_000);

function referenceBucket(flagName: string, userId: string): number {
  const digest = createHash("md5").update(`${flagName}:${userId}`).digest();
  return Number(
    (digest.readBigUInt64BE(0) << 64n | digest.readBigUInt64BE(8)) % 10_000n,
  );
}

for (
  const [group, ids] of [["ASCII users", users], [
    "other scripts",
    scripts,
  ]] as const
) {
  Deno.bench("bucketOf()", { group, baseline: true }, () => {
    for (const id of ids) bucketOf("summarizer_v2", id);
  });
  Deno.bench("node:crypto and BigInt", { group }, () => {
    for (const id of ids) referenceBucket("summarizer_v2", id);
  });
}

Deno.bench("md5()", { group: "100,000 bytes", baseline: true }, () => {
  md5(long);
});

Deno.bench("node:crypto", { group: "100,000 bytes" }, () => {
  createHash("md5").update(long).digest("hex");
});
