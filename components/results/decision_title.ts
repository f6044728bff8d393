import type {
  Decision,
  DecisionAction,
} from "../../engine/analysis/analysis.ts";

/** What a decision is called, and the sign that stands before it. */
export const ACTIONS: Readonly<
  Record<DecisionAction, { readonly words: string; readonly sign: string }>
> = {
  ship: { words: "Ship", sign: "✓" },
  keep_control: { words: "Keep", sign: "■" },
  keep_running: { words: "Keep running", sign: "…" },
  fix_experiment: { words: "Fix the experiment first", sign: "!" },
};

/** The decision in a few words: `Ship small`. */
export function decisionTitle(
  { action, variant }: Pick<Decision, "action" | "variant">,
): string {
  const { words } = ACTIONS[action];
  return variant === null || action === "keep_running" ||
      action === "fix_experiment"
    ? words
    : `${words} ${variant}`;
}

/** The longest name in a reason, in characters. */
const LONGEST = 60;

/**
 * The reason below a title that says its first words already.
 */
export function decisionReason(
  { action, variant, reason }: Pick<Decision, "action" | "variant" | "reason">,
): string {
  // A name may have a colon in it, too.
  const least = ACTIONS[action].words.length +
    Math.min(variant?.length ?? 0, LONGEST);
  const at = reason.indexOf(": ", least);
  if (at < 0) return reason;
  const rest = reason.slice(at + 2);
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}
