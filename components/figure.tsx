import type { JSX } from "preact";

/** Props of {@linkcode Figure}. */
export interface FigureProps {
  /** The figure as text. */
  text: string;
  /** What it is over. */
  detail?: string | undefined;
  /** What that is, on demand. */
  title?: string | undefined;
}

/**
 * A figure, and small below it what it is over. Another figure takes its place
 * instead of growing into it: figures end where they end, and nothing moves.
 */
export function Figure({ text, detail, title }: FigureProps): JSX.Element {
  return (
    <span class="cell">
      <span class="number" key={text}>{text}</span>
      {detail !== undefined && (
        <span class="detail" key={detail} title={title}>{detail}</span>
      )}
    </span>
  );
}
