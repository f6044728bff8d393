import { type Signal, useSignal } from "@preact/signals";
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** An element whose content is drawn for the width that it has. */
export interface MeasuredWidth {
  ref: RefObject<HTMLDivElement>;
  /** Null until a browser has measured it. */
  width: Signal<number | null>;
  /**
   * The element's tab stop: until it is measured, it may have to be scrolled.
   * Who is there already is not sent away.
   */
  tabindex: 0 | undefined;
}

/** Measures an element, and goes on measuring it. */
export function useWidth(): MeasuredWidth {
  const ref = useRef<HTMLDivElement>(null);
  const width = useSignal<number | null>(null);
  const isStop = useSignal(true);

  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const measure = (): void => {
      width.value = Math.max(240, Math.floor(element.clientWidth));
    };
    const leave = (): void => {
      isStop.value = false;
    };
    measure();
    if (document.activeElement !== element) leave();
    else element.addEventListener("blur", leave, { once: true });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  return { ref, width, tabindex: isStop.value ? 0 : undefined };
}
