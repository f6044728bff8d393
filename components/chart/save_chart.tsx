import { useSignal } from "@preact/signals";
import type { JSX, RefObject } from "preact";
import { useEffect } from "preact/hooks";

/** Props of {@linkcode SaveChart}. */
export interface SaveChartProps {
  /** What the chart stands in. */
  box: RefObject<HTMLElement>;
  /** The file's name, without its ending. */
  name: string;
}

/** Saves a chart as SVG. Its room is there before the script that does it. */
export function SaveChart({ box, name }: SaveChartProps): JSX.Element {
  const ready = useSignal(false);
  useEffect(() => {
    ready.value = true;
  }, []);

  async function save(): Promise<void> {
    const svg = box.current?.querySelector("svg");
    const card = box.current?.closest(".card");
    if (!svg || !card) return;
    // Few save a chart: the others need not load what writes it.
    const { svgFile } = await import("./svg_file.ts");
    const text = svgFile(svg, getComputedStyle(card).backgroundColor);
    const url = URL.createObjectURL(
      new Blob([text], { type: "image/svg+xml" }),
    );
    const link = document.createElement("a");
    link.href = url;
    link.download = `${name.slice(0, 100).replace(/[^\w.-]+/g, "_")}.svg`;
    link.click();
    // The browser has to have taken it before it goes.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }

  return (
    <div class="chart-tools">
      {ready.value && (
        <button type="button" class="quiet" onClick={save}>
          Save as SVG<span class="visually-hidden">: {name}</span>
        </button>
      )}
    </div>
  );
}
