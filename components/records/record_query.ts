import type { Outcome, RecordQuery } from "../../engine/record_list.ts";
import { type ChoiceParameter, FILE_FORMATS } from "../address_faults.tsx";

const OUTCOMES: readonly Outcome[] = ["success", "failure", "none"];

/** What has some values alone in the address of a page of records. */
export const RECORD_CHOICES: readonly ChoiceParameter[] = [
  { name: "outcome", values: OUTCOMES },
  { name: "error", values: ["yes", "no"] },
  FILE_FORMATS,
];

/** Reads what a page of records asks for from its address; empty is not asked. */
export function recordQuery(params: URLSearchParams): RecordQuery {
  const text = (name: string): string => params.get(name)?.trim() ?? "";
  const outcome = OUTCOMES.find((one) => one === text("outcome"));
  const variant = params.get("variant") ?? "";
  const user = params.get("user") ?? "";
  const id = text("id");
  return {
    cursor: text("cursor") || null,
    ...(variant ? { variant } : {}),
    ...(outcome ? { outcome } : {}),
    ...(text("error") === "yes" ? { error: true } : {}),
    ...(text("error") === "no" ? { error: false } : {}),
    ...(user ? { user } : {}),
    ...(id ? { assignmentId: id } : {}),
  };
}

/** The address of a page of records. */
export function recordParams(
  { variant, outcome, error, user, assignmentId, cursor }: RecordQuery,
): URLSearchParams {
  const params = new URLSearchParams();
  if (variant) params.set("variant", variant);
  if (outcome) params.set("outcome", outcome);
  if (error !== undefined) params.set("error", error ? "yes" : "no");
  if (user) params.set("user", user);
  if (assignmentId) params.set("id", assignmentId);
  if (cursor) params.set("cursor", cursor);
  return params;
}
