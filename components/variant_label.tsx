import type { JSX } from "preact";
import { Marker } from "./chart/marker.tsx";
import { seriesStyle } from "./chart/series_style.ts";
import { Name, type NameProps } from "./name.tsx";

/** Props of {@linkcode VariantLabel}. */
export interface VariantLabelProps extends NameProps {
  /** The place of the variant among the flag's. */
  index: number;
}

/** A variant's name beside the line and shape that it has in charts. */
export function VariantLabel(
  { name, index, lines = 3 }: VariantLabelProps,
): JSX.Element {
  const { colour, dash, marker } = seriesStyle(index);
  return (
    <span class="variant-label">
      <svg
        class={`swatch series-${colour}`}
        width="26"
        height="12"
        viewBox="0 0 26 12"
        aria-hidden="true"
      >
        <path class="line" d="M0 6H26" stroke-dasharray={dash} />
        <Marker shape={marker} x={13} y={6} />
      </svg>
      <Name name={name} lines={lines} />
    </span>
  );
}
