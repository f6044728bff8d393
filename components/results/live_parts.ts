import { type ComponentChild, render } from "preact";

/** The elements of the results page whose content stays fresh, by their ids. */
export const LIVE_PARTS = {
  decision: "live-decision",
  table: "live-table",
  pareto: "live-pareto",
  figures: "live-figures",
  files: "live-files",
} as const;

/**
 * Renders into an element that holds what the server rendered. What is the
 * same stays, with focus and scrolling; what differs takes its new form. So a
 * page need not carry the figures once more for scripts to start from.
 */
export function takeOver(id: string, content: ComponentChild): void {
  const element = document.getElementById(id);
  if (element === null) return;
  // Whoever unfolded them did so before there was anything that knows of it.
  const unfolded = element.querySelectorAll("details[open]");
  render(content, element);
  for (const details of unfolded) details.setAttribute("open", "");
}
