import { type Signal, useSignal } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { LIVE_PARTS } from "./live_parts.ts";
import type { ParetoSectionProps } from "./pareto_section.tsx";

/** How near it has to come to be kept fresh, in pixels. */
const NEAR = 300;

/**
 * Cost against success, once it comes near the window: who does not scroll to
 * it need not load what keeps it fresh.
 */
export function useParetoSection(): Signal<
  ComponentType<ParetoSectionProps> | null
> {
  const section = useSignal<ComponentType<ParetoSectionProps> | null>(null);
  useEffect(() => {
    const element = document.getElementById(LIVE_PARTS.pareto);
    if (element === null) return;
    const observer = new IntersectionObserver(async (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      section.value = (await import("./pareto_section.tsx")).ParetoSection;
    }, { rootMargin: `${NEAR}px` });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return section;
}
