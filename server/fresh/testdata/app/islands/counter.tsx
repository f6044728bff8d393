import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";

export interface CounterProps {
  count: Signal<number>;
  label: string;
  children?: ComponentChildren;
}

export default function Counter({ count, label, children }: CounterProps) {
  return (
    <div class="counter">
      <button type="button" onClick={() => count.value++}>{label}</button>
      <output>{count}</output>
      {children}
    </div>
  );
}
