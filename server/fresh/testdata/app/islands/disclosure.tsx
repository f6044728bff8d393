import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";

export default function Disclosure(
  { children }: { children: ComponentChildren },
) {
  const isOpen = useSignal(false);
  return (
    <div class="disclosure">
      <button type="button" onClick={() => isOpen.value = !isOpen.value}>
        Details
      </button>
      {isOpen.value && <div class="content">{children}</div>}
    </div>
  );
}
