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
