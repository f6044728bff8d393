import assert from "node:assert/strict";
import { addressFaults } from "./address_faults.tsx";
import { RECORD_CHOICES } from "./records/record_query.ts";
import { TIMELINE_CHOICES } from "./timeline_view.ts";

Deno.test("addressFaults() says what an address must be and what it is, and nothing of one that can be", () => {
  const faults = (text: string): string[] =>
    addressFaults(new URLSearchParams(text), RECORD_CHOICES);
  assert.deepEqual(faults("outcome=failure&error=no&format=csv&user=any"), []);
  assert.deepEqual(faults("outcome=&error= &variant="), []);
  assert.deepEqual(faults("outcome=maybe&error=perhaps&format=xml"), [
    "outcome must be one of success, failure, none, got “maybe”",
    "error must be yes or no, got “perhaps”",
    "format must be csv or json, got “xml”",
  ]);
  const query = new URLSearchParams("metric=constructor&granularity=minute");
  assert.match(
    addressFaults(query, TIMELINE_CHOICES).join(),
    /^metric must be one of success_rate, .*, got “constructor”$/,
  );
});
