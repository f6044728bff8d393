import type { JSX } from "preact";
import type {
  CheckName,
  CheckStatus,
  HealthCheck,
} from "../../engine/analysis/health_report.ts";

const NAMES: Readonly<Record<CheckName, string>> = {
  sample_ratio: "Split of users",
  users_in_several_variants: "Users in several variants",
  config_changed: "Configs",
  setup_changed: "Weights and rollout",
  unmarked: "Unmarked assignments",
  unknown_usage: "Unknown usage",
};

/** What a check came to, and the sign that stands before it. */
const STATUS: Readonly<
  Record<CheckStatus, { readonly word: string; readonly sign: string }>
> = {
  ok: { word: "Passed", sign: "✓" },
  warning: { word: "Take care", sign: "!" },
  failed: { word: "Failed", sign: "✗" },
  unknown: { word: "Not checked", sign: "?" },
};

/** Props of {@linkcode CheckMark}. */
export interface CheckMarkProps {
  status: CheckStatus;
}

/** How a check came out: a sign, a word, and only then a colour. */
export function CheckMark({ status }: CheckMarkProps): JSX.Element {
  const { word, sign } = STATUS[status];
  return (
    <span class={`check check-${status}`}>
      <span aria-hidden="true">{sign}</span> {word}
    </span>
  );
}

/** Props of {@linkcode CheckList}. */
export interface CheckListProps {
  checks: readonly HealthCheck[];
}

/** What needs somebody stands first. */
const URGENCY: readonly CheckStatus[] = ["failed", "warning", "unknown", "ok"];

/** Every check, with what was found and what to do. */
export function CheckList({ checks }: CheckListProps): JSX.Element {
  return (
    <ul class="check-list">
      {inUrgency(checks).map(({ check, status, message }) => (
        <li key={check} class={`card check-card-${status}`}>
          <h3>{NAMES[check]}</h3>
          <CheckMark status={status} />
          <p>{message}</p>
        </li>
      ))}
    </ul>
  );
}

function inUrgency(checks: readonly HealthCheck[]): readonly HealthCheck[] {
  return checks.toSorted((a, b) =>
    URGENCY.indexOf(a.status) - URGENCY.indexOf(b.status)
  );
}
