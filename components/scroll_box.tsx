import type { ComponentChildren, JSX } from "preact";

/** Props of {@linkcode ScrollBox}. */
export interface ScrollBoxProps {
  /** What is in it, for those who reach it by keyboard. */
  label: string;
  children: ComponentChildren;
}

/** Scrolls what is too wide, so that the page itself never does. */
export function ScrollBox({ label, children }: ScrollBoxProps): JSX.Element {
  return (
    // Without a tab stop, only a pointer could scroll it.
    <div class="scroll-box" role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
