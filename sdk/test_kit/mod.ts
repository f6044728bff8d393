/**
 * What unit tests of an app that uses modelab need: records to look at, and
 * variants that do not depend on the user.
 *
 * @example
 * ```ts
 * import { init } from "@modelab/sdk";
 * import { forceVariant, MemoryStorage } from "@modelab/sdk/testing";
 * import assert from "node:assert/strict";
 *
 * const storage = new MemoryStorage();
 * const lab = init({
 *   server: null, // no network
 *   storage,
 *   flags: [{
 *     name: "reply-model",
 *     variants: [{ name: "small" }, { name: "large" }],
 *   }],
 * });
 *
 * // Stands for the code under test.
 * const answer = (userId: string) => lab.assign("reply-model", { userId });
 *
 * using _ = forceVariant("reply-model", "large", lab);
 * answer("user-1")?.markSuccess();
 * assert.equal(storage.assignments[0]?.variant_name, "large");
 * assert.equal(storage.events[0]?.event_type, "success");
 * ```
 *
 * @module
 */

export { type ForcedVariant, forceVariant } from "./force_variant.ts";
export { MemoryStorage } from "./memory_storage.ts";
export type {
  AssignmentRecord,
  CostSource,
  EventRecord,
  EventType,
  ExecutionRecord,
  FlagSetup,
} from "../../engine/records.ts";
export type { QueuedRecord } from "../../storage/http/record_buffer.ts";
export type { RecordStorage } from "../../storage/http/record_storage.ts";
export type { DeliveryStats } from "../../storage/http/stats.ts";
