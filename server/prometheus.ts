/**
 * Figures in the text format of Prometheus.
 *
 * Source: https://prometheus.io/docs/instrumenting/exposition_formats/
 *
 * @module
 */

/** A counter for each combination of labels. */
export class Counters {
  readonly #head: string;
  readonly #name: string;
  readonly #labels: readonly string[];
  readonly #values: Map<string, number> = new Map();

  constructor(name: string, help: string, labels: readonly string[]) {
    this.#head = `# HELP ${name} ${help}\n# TYPE ${name} counter\n`;
    this.#name = name;
    this.#labels = labels;
  }

  add(labels: readonly string[], amount = 1): void {
    const id = labelled(this.#labels, labels);
    this.#values.set(id, (this.#values.get(id) ?? 0) + amount);
  }

  render(): string {
    const lines = [...this.#values].map(([labels, value]) =>
      `${this.#name}${labels} ${value}\n`
    );
    return this.#head + lines.join("");
  }
}

interface Buckets {
  readonly labels: readonly string[];
  readonly counts: number[];
  sum: number;
  count: number;
}

/** A distribution for each combination of labels. */
export class Histogram {
  readonly #head: string;
  readonly #name: string;
  readonly #labels: readonly string[];
  readonly #bounds: readonly number[];
  readonly #values: Map<string, Buckets> = new Map();

  /** @param bounds Upper bounds of the buckets, ascending. */
  constructor(
    name: string,
    help: string,
    labels: readonly string[],
    bounds: readonly number[],
  ) {
    this.#head = `# HELP ${name} ${help}\n# TYPE ${name} histogram\n`;
    this.#name = name;
    this.#labels = labels;
    this.#bounds = bounds;
  }

  observe(labels: readonly string[], value: number): void {
    const id = labels.join("\0");
    let buckets = this.#values.get(id);
    if (buckets === undefined) {
      const counts = this.#bounds.map(() => 0);
      buckets = { labels, counts, sum: 0, count: 0 };
      this.#values.set(id, buckets);
    }
    for (const [at, bound] of this.#bounds.entries()) {
      if (value <= bound) buckets.counts[at] = (buckets.counts[at] ?? 0) + 1;
    }
    buckets.sum += value;
    buckets.count++;
  }

  render(): string {
    const name = this.#name;
    const lines = [...this.#values.values()].flatMap((buckets) => {
      const { labels, counts, sum, count } = buckets;
      const plain = labelled(this.#labels, labels);
      const bucket = (bound: string, value: number): string =>
        `${name}_bucket${
          labelled([...this.#labels, "le"], [...labels, bound])
        } ${value}\n`;
      return [
        ...this.#bounds.map((bound, at) =>
          bucket(String(bound), counts[at] ?? 0)
        ),
        bucket("+Inf", count),
        `${name}_sum${plain} ${sum}\n${name}_count${plain} ${count}\n`,
      ];
    });
    return this.#head + lines.join("");
  }
}

function labelled(
  names: readonly string[],
  values: readonly string[],
): string {
  if (names.length === 0) return "";
  const pairs = names.map((name, at) => {
    const value = (values[at] ?? "").replaceAll("\\", "\\\\")
      .replaceAll('"', '\\"').replaceAll("\n", "\\n");
    return `${name}="${value}"`;
  });
  return `{${pairs.join(",")}}`;
}
