import { type Signal, useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import type { VariantTableProps } from "../variant_table.tsx";
import { LIVE_PARTS } from "./live_parts.ts";

/**
 * The table of every variant's figures, once it is unfolded. Few unfold it:
 * the others need not load what keeps it fresh.
 */
export function useVariantTable(): Signal<
  ComponentType<VariantTableProps> | null
> {
  const table = useSignal<ComponentType<VariantTableProps> | null>(null);
  useEffect(() => {
    const folded = document.getElementById(LIVE_PARTS.figures)
      ?.closest("details");
    const load = async (): Promise<void> => {
      table.value = (await import("../variant_table.tsx")).VariantTable;
    };
    if (folded?.open) void load();
    folded?.addEventListener("toggle", load, { once: true });
    return () => folded?.removeEventListener("toggle", load);
  }, []);
  return table;
}
