import { bucketing } from "../../engine/bucket.ts";
import { FLAG, USERS } from "./bucket_keys.ts";
import { rate } from "./rate.ts";

// Prints how many buckets a second this runtime computes, for each kind of key.
const rates: Record<string, number> = {};
const bucketOf = bucketing(FLAG);
let sum = 0;
for (const [kind, users] of Object.entries(USERS)) {
  const round = (): number => {
    // A variable of the module would be allocated anew for every sum.
    let buckets = 0;
    for (const user of users) buckets += bucketOf(user);
    sum += buckets;
    return users.length;
  };
  await rate(round, 0.2);
  rates[kind] = await rate(round, 0.4);
}
console.log(JSON.stringify({ ...rates, sum: sum > 0 }));
