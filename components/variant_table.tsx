import type { JSX } from "preact";
import type { VariantEvaluation } from "../engine/evaluation.ts";
import { ConfigCell } from "./config_cell.tsx";
import { customEventNames } from "./custom_events.ts";
import { FigureCell } from "./figure_cell.tsx";
import { type Figure, FIGURE_GROUPS } from "./figures.ts";
import { formatCount, formatDifference } from "./format.ts";
import { leadingIndex } from "./leader.ts";
import { Name } from "./name.tsx";
import { ScrollBox } from "./scroll_box.tsx";
import { VariantLabel } from "./variant_label.tsx";

/** Up to so many variants leave room for details beside their figures. */
const ROOMY = 3;

/** Props of {@linkcode VariantTable}. */
export interface VariantTableProps {
  variants: readonly VariantEvaluation[];
}

/** Every figure of every variant: a row per figure, a column per variant. */
export function VariantTable({ variants }: VariantTableProps): JSX.Element {
  const events = customEventNames(variants);
  const columns = variants.length + 1;
  return (
    <ScrollBox label="Figures of every variant">
      <table
        class={variants.length <= ROOMY ? "variants roomy" : "variants"}
      >
        <caption class="visually-hidden">Figures of every variant</caption>
        <thead>
          <tr>
            <th scope="col">Metric</th>
            {variants.map(({ variant_name }, index) => (
              <th key={variant_name} scope="col">
                <VariantLabel name={variant_name} index={index} />
              </th>
            ))}
          </tr>
        </thead>
        {FIGURE_GROUPS.map(({ label, figures }) => (
          <tbody key={label}>
            <GroupRow label={label} columns={columns} />
            {figures.map((figure) => (
              <FigureRow key={figure.id} figure={figure} variants={variants} />
            ))}
          </tbody>
        ))}
        {events.length > 0 && (
          <tbody>
            <GroupRow label="Custom events" columns={columns} />
            {events.map((name) => (
              <EventRow key={name} name={name} variants={variants} />
            ))}
          </tbody>
        )}
        <tbody>
          <GroupRow label="Setting" columns={columns} />
          <tr>
            <th scope="row">Config seen last</th>
            {variants.map(({ variant_name, config }) => (
              <ConfigCell key={variant_name} config={config} />
            ))}
          </tr>
        </tbody>
      </table>
    </ScrollBox>
  );
}

function GroupRow(
  { label, columns }: { label: string; columns: number },
): JSX.Element {
  return (
    <tr class="group">
      <th scope="rowgroup" colSpan={columns}>
        <span>{label}</span>
      </th>
    </tr>
  );
}

interface FigureRowProps extends VariantTableProps {
  figure: Figure;
}

function FigureRow({ figure, variants }: FigureRowProps): JSX.Element {
  const values = variants.map((variant) => figure.read(variant));
  const lead = figure.better && leadingIndex(values, figure.better);
  const best = lead === null ? null : values[lead] ?? null;
  return (
    <tr>
      <th scope="row">{figure.label}</th>
      {variants.map((variant, index) => {
        const value = values[index] ?? null;
        const apart = value !== null && best !== null && index !== lead
          ? formatDifference(value, best, figure.difference)
          : null;
        return (
          <FigureCell
            key={variant.variant_name}
            text={value === null ? null : figure.format(value)}
            detail={figure.detail(variant)}
            difference={apart}
            leads={index === lead}
          />
        );
      })}
    </tr>
  );
}

interface EventRowProps extends VariantTableProps {
  name: string;
}

function EventRow({ name, variants }: EventRowProps): JSX.Element {
  return (
    <tr>
      <th scope="row">
        <Name name={name} />
      </th>
      {variants.map(({ variant_name, custom_events }) => {
        const seen = Object.hasOwn(custom_events, name)
          ? custom_events[name]
          : undefined;
        return (
          <FigureCell
            key={variant_name}
            text={formatCount(seen?.count ?? 0)}
            detail={`in ${formatCount(seen?.assignments ?? 0)} assignments`}
          />
        );
      })}
    </tr>
  );
}
