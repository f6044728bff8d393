const NAMESPACE = "http://www.w3.org/2000/svg";

/** What style sheets decide about a chart. */
const PROPERTIES = [
  "fill",
  "stroke",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "opacity",
  "font-family",
  "font-size",
  "font-weight",
] as const;

/**
 * A chart of the page as a file that looks the same without the page's styles:
 * they become attributes, since a content security policy takes no `style`.
 *
 * @param svg The chart, in the page.
 * @param background A colour as CSS writes it.
 */
export function svgFile(svg: SVGSVGElement, background: string): string {
  const copy = document.importNode(svg, true);
  copy.setAttribute("xmlns", NAMESPACE);
  copy.removeAttribute("class");
  const copies = copy.querySelectorAll("*");
  for (const [at, element] of svg.querySelectorAll("*").entries()) {
    const styled = copies[at];
    if (styled === undefined) continue;
    const style = getComputedStyle(element);
    for (const name of PROPERTIES) {
      styled.setAttribute(name, style.getPropertyValue(name));
    }
    styled.removeAttribute("class");
  }
  // What only a pointer or a key reaches is no part of the picture.
  for (const control of copy.querySelectorAll("[role=slider]")) {
    control.remove();
  }
  const paper = document.createElementNS(NAMESPACE, "rect");
  paper.setAttribute("width", "100%");
  paper.setAttribute("height", "100%");
  paper.setAttribute("fill", background);
  const title = document.createElementNS(NAMESPACE, "title");
  title.textContent = svg.getAttribute("aria-label");
  copy.prepend(title, paper);
  return new XMLSerializer().serializeToString(copy);
}
