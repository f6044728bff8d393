import type { JSX } from "preact";
import { LeadMark } from "./lead_mark.tsx";
import { Unknown } from "./value.tsx";

/** Props of {@linkcode FigureCell}. */
export interface FigureCellProps {
  /** The value as text; null when unknown. */
  text: string | null;
  /** What it is, where the table's head cannot be seen. */
  label?: string;
  /** What it is over. */
  detail?: string | null | undefined;
  /** How far it is from the leading one. */
  difference?: string | null | undefined;
  /** Whether it is the leading one. */
  leads?: boolean;
}

/** One figure of one variant. */
export function FigureCell(
  { text, label, detail, difference, leads = false }: FigureCellProps,
): JSX.Element {
  return (
    <td class={leads ? "figure leads" : "figure"} data-label={label}>
      <div class="cell">
        {/* Another figure takes its place: figures end where they end. */}
        <span class="number" key={text}>
          {leads && <LeadMark />}
          {text ?? <Unknown />}
        </span>
        <span class="detail">
          {detail && <span key={detail}>{detail}</span>}
          {difference && (
            <span
              class="difference"
              key={difference}
              title="difference from the leading one"
            >
              {difference}
            </span>
          )}
        </span>
      </div>
    </td>
  );
}
