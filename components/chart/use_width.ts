import { type Signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** The width of an element, null until a browser has measured it. */
export function useWidth(): {
  ref: RefObject<HTMLDivElement>;
  width: Signal<number | null>;
} {
  const ref = useRef<HTMLDivElement>(null);
  const width = useSignal<number | null>(null);

  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = (): void => {
      width.value = Math.max(240, Math.floor(element.clientWidth));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  return { ref, width };
}
