import assert from "node:assert/strict";

/** Text needs 4.5:1, what is not text 3:1: WCAG 2.2, 1.4.3 and 1.4.11. */
const TEXT = 4.5;
const SHAPE = 3;

const SERIES = Array.from({ length: 8 }, (_, index) => `series-${index}`);

/** What is drawn on what. */
const PAIRS: readonly [string, string, number][] = [
  ...["page", "surface", "raised"].flatMap((back) =>
    ["ink", "muted", "accent"].map((ink): [string, string, number] => [
      ink,
      back,
      TEXT,
    ])
  ),
  ...["page", "surface"].flatMap((back) =>
    ["lead", "danger", "warning"].map((ink): [string, string, number] => [
      ink,
      back,
      TEXT,
    ])
  ),
  ["ink", "lead-surface", TEXT],
  ["muted", "lead-surface", TEXT],
  ["lead", "lead-surface", TEXT],
  ["on-accent", "accent", TEXT],
  ["control", "surface", SHAPE],
  ["control", "page", SHAPE],
  ["control", "raised", SHAPE],
  ...SERIES.flatMap((
    series,
  ): [string, string, number][] => [[series, "surface", SHAPE], [
    series,
    "raised",
    SHAPE,
  ]]),
];

const css = Deno.readTextFileSync(
  new URL("../static/styles/tokens.css", import.meta.url),
);
const tokens = new Map(
  [...css.matchAll(/--([\w-]+):\s*light-dark\((#\w{6}),\s*(#\w{6})\)/g)].map(
    ([, name, light, dark]) => [name ?? "", { light, dark }],
  ),
);

for (const scheme of ["light", "dark"] as const) {
  Deno.test(`every colour in use stands out enough in ${scheme}`, () => {
    const weak = PAIRS
      .map(([ink, back, least]) => {
        const ratio = contrast(colour(ink, scheme), colour(back, scheme));
        return { ink, back, least, ratio: Math.floor(ratio * 100) / 100 };
      })
      .filter(({ ratio, least }) => ratio < least);
    assert.deepEqual(weak, []);
  });
}

Deno.test("contrast is measured as WCAG measures it", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
  assert.equal(contrast("#777777", "#ffffff").toFixed(2), "4.48");
});

Deno.test("styles take their colours from the tokens alone", () => {
  for (
    const name of [
      "base",
      "figures",
      "tables",
      "stacked",
      "controls",
      "chart",
      "decision",
      "results",
      "health",
      "records",
    ]
  ) {
    const text = Deno.readTextFileSync(
      new URL(`../static/styles/${name}.css`, import.meta.url),
    );
    assert.deepEqual(text.match(/#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(/gi), null);
  }
});

function colour(name: string, scheme: "light" | "dark"): string {
  const hex = tokens.get(name)?.[scheme];
  assert.ok(hex !== undefined, `--${name} is not in tokens.css`);
  return hex;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  assert.ok(dark !== undefined && light !== undefined);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (red ?? 0) + 0.7152 * (green ?? 0) + 0.0722 * (blue ?? 0);
}
