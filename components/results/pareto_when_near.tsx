import { useSignal } from "@preact/signals";
import type { ComponentChildren, ComponentType, JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { ParetoSectionProps } from "./pareto_section.tsx";

/** Props of {@linkcode ParetoWhenNear}. */
export interface ParetoWhenNearProps extends ParetoSectionProps {
  /** The section as the server rendered it. */
  children: ComponentChildren;
}

/** How near it has to come to be kept fresh, in pixels. */
const NEAR = 300;

/**
 * Cost against success, as the server rendered it until it comes near the
 * window: who does not scroll to it need not load what keeps it fresh.
 */
export function ParetoWhenNear(
  { analysis, flagName, children }: ParetoWhenNearProps,
): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const section = useSignal<ComponentType<ParetoSectionProps> | null>(null);
  const Section = section.value;
  useEffect(() => {
    if (box.current === null) return;
    const observer = new IntersectionObserver(async (entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      section.value = (await import("./pareto_section.tsx")).ParetoSection;
    }, { rootMargin: `${NEAR}px` });
    observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={box}>
      {Section === null
        ? children
        : <Section analysis={analysis} flagName={flagName} />}
    </div>
  );
}
