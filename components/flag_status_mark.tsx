import type { JSX } from "preact";
import type { OverviewFlag } from "../engine/flag_overview.ts";
import { Name } from "./name.tsx";
import { ACTIONS } from "./results/decision_title.ts";

const WORDS = {
  collecting: { word: "Collecting", sign: "…" },
  decided: { word: "Decided", sign: "✓" },
  needs_attention: { word: "Needs attention", sign: "!" },
} as const;

/** Props of {@linkcode FlagStatusMark}. */
export interface FlagStatusMarkProps {
  flag: Pick<OverviewFlag, "status" | "action" | "variant">;
}

/** What a flag is in, and what to do: signs and words before colours. */
export function FlagStatusMark(
  { flag: { status, action, variant } }: FlagStatusMarkProps,
): JSX.Element {
  const { word, sign } = WORDS[status];
  return (
    <span class="flag-status">
      <span class={`flag-status-${status}`} key={status}>
        <span aria-hidden="true">{sign}</span> {word}
      </span>
      <span class="muted">
        {action !== null && ACTIONS[action].words}
        {variant !== null && (
          <>
            {" "}
            <Name name={variant} lines={1} />
          </>
        )}
      </span>
    </span>
  );
}
