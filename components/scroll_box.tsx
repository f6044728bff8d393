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
    // Without a tab stop, only a pointer could scroll it. The attribute's own
    // name keeps the focus where scripts take over what a server rendered.
    <div class="scroll-box" role="region" aria-label={label} tabindex={0}>
      {children}
    </div>
  );
}
