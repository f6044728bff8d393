import type { DeliveryStats } from "../storage/http/stats.ts";

/** Where the records of a client stand. */
export interface ClientStats extends DeliveryStats {
  /** Records of which something was replaced, cut or left out. */
  readonly altered: number;
  /** LLM calls of whose tokens nothing is known, though there was an answer. */
  readonly usageUnknown: number;
}
