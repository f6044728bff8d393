import type { JSX } from "preact";
import { Marker } from "./chart/marker.tsx";
import { seriesStyle } from "./chart/series_style.ts";
import { Name, type NameProps } from "./name.tsx";

/** Props of {@linkcode VariantLabel}. */
export interface VariantLabelProps extends NameProps {
  /** The place of the variant among the flag's. */
  index: number;
  /** The id of an element that draws its mark, where many labels share one. */
  mark?: string;
}

/** A variant's name beside the line and shape that it has in charts. */
export function VariantLabel(
  { name, index, lines = 3, mark }: VariantLabelProps,
): JSX.Element {
  return (
    <span class="variant-label">
      <svg
        class={`swatch series-${seriesStyle(index).colour}`}
        width="26"
        height="12"
        viewBox="0 0 26 12"
        aria-hidden="true"
      >
        {mark === undefined
          ? <VariantMark index={index} />
          : <use href={`#${mark}`} />}
      </svg>
      <Name name={name} lines={lines} />
    </span>
  );
}

/** A variant's line and shape, 26 pixels wide and 12 high. */
export function VariantMark(
  { index }: Pick<VariantLabelProps, "index">,
): JSX.Element {
  const { dash, marker } = seriesStyle(index);
  return (
    <>
      <path class="line" d="M0 6H26" stroke-dasharray={dash} />
      <Marker shape={marker} x={13} y={6} />
    </>
  );
}
