import { useSignal } from "@preact/signals";
import type { ComponentChildren, ComponentType, JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { FlagEvaluation } from "../engine/evaluation.ts";
import { Star } from "./lead_mark.tsx";
import type { VariantTableProps } from "./variant_table.tsx";

/** Props of {@linkcode FlagFigures}. */
export interface FlagFiguresProps {
  evaluation: FlagEvaluation;
  /** Whether they are shown at once; else on demand. */
  open: boolean;
  /** The table as the server rendered it. */
  children: ComponentChildren;
}

/**
 * Every figure of every variant, as it was counted. Few unfold them: the others
 * need not load what keeps them fresh.
 */
export function FlagFigures(
  { evaluation, open, children }: FlagFiguresProps,
): JSX.Element {
  const table = useSignal<ComponentType<VariantTableProps> | null>(null);
  const Table = table.value;

  async function load(): Promise<void> {
    table.value = (await import("./variant_table.tsx")).VariantTable;
  }

  useEffect(() => {
    if (open) void load();
  }, []);
  return (
    <details class="flag-figures" open={open} onToggle={load}>
      <summary>
        <h2>All figures by variant</h2>
      </summary>
      <p class="note">
        <Star />
        The variant that is ahead so far. Whether a difference could be chance
        is judged above.
      </p>
      {Table === null ? children : <Table variants={evaluation.variants} />}
    </details>
  );
}
