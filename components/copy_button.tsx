import { useSignal } from "@preact/signals";
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";

/** Props of {@linkcode CopyButton}. */
export interface CopyButtonProps {
  text: string;
}

/** Copies a text. It is there only where a browser would let it. */
export function CopyButton({ text }: CopyButtonProps): JSX.Element | null {
  const state = useSignal<"hidden" | "ready" | "copied" | "failed">("hidden");

  useEffect(() => {
    // Browsers offer the clipboard to secure pages alone.
    if (navigator.clipboard !== undefined) state.value = "ready";
  }, []);

  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      state.value = "copied";
    } catch {
      state.value = "failed";
    }
  }

  if (state.value === "hidden") return null;
  return (
    <>
      <button type="button" class="copy" onClick={copy}>Copy</button>
      <span class="copy-state" role="status">
        {state.value === "copied" && "Copied"}
        {state.value === "failed" && "Select the text to copy it"}
      </span>
    </>
  );
}
