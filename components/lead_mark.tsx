import type { JSX } from "preact";

/** Marks the variant that is ahead on a figure, in shape and in words. */
export function LeadMark(): JSX.Element {
  return (
    <>
      <Star />
      <span class="visually-hidden">leads:</span>
    </>
  );
}

/** The mark alone, beside words that explain it. */
export function Star(): JSX.Element {
  return (
    <svg
      class="lead-mark"
      width="12"
      height="12"
      viewBox="0 0 12 12"
      aria-hidden="true"
    >
      <path d="M6 .4 7.6 4.1l4 .4-3 2.6.9 3.9L6 9 2.5 11l.9-3.9-3-2.6 4-.4Z" />
    </svg>
  );
}
