import { type ComponentChildren, Fragment, h } from "preact";
import { Slot } from "./_island_root.ts";
import type { RenderState } from "./_render_state.ts";
import { serialize } from "./_serialize.ts";
import type { PagePayload } from "./_payload.ts";
import { PAYLOAD_ID, templateId } from "./_payload.ts";
import type { Island } from "./_build_cache.ts";

/**
 * The end of a body: JSX that islands were given and did not render yet, then
 * the islands' props and the script that hydrates them. Nothing on a page
 * without islands. No script is inline, so that a policy may forbid those.
 */
export function PageScripts(
  { render }: { render: RenderState },
): ComponentChildren {
  return h(
    Fragment,
    null,
    h(RemainingSlots, { render, from: 0 }),
    h(Scripts, { render }),
  );
}

function RemainingSlots(
  { render, from }: { render: RenderState; from: number },
): ComponentChildren {
  const id = render.slots.findIndex((slot, index) =>
    index >= from && !slot.rendered
  );
  if (id === -1) return null;
  const content = render.slots[id]?.children;
  return h(
    Fragment,
    null,
    h("template", { id: templateId(id) }, h(Slot, { id }, content)),
    // Asked for after this one rendered, which may have brought more.
    h(RemainingSlots, { render, from: id + 1 }),
  );
}

function Scripts(
  { render }: { render: RenderState },
): ComponentChildren {
  const { build, basePath, roots } = render;
  const reload = build.reloadScript === null
    ? null
    : h("script", { type: "module", src: basePath + build.reloadScript });
  if (roots.length === 0) return h(Fragment, null, reload);

  const islands: Island[] = [...new Set(roots.map(({ island }) => island))];
  const payload: PagePayload = {
    buildId: build.buildId,
    islands: islands.map(({ script, exportName }) => [
      basePath + script,
      exportName,
    ]),
    roots: roots.map(({ island }) => islands.indexOf(island)),
    props: serialize(roots.map(({ props }) => props), { slotId }),
  };
  const json = JSON.stringify(payload)
    // An HTML parser would end the element, or see a comment, at these.
    .replaceAll("<", "\\u003c")
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029");
  return h(
    Fragment,
    null,
    h("script", {
      id: PAYLOAD_ID,
      type: "application/json",
      dangerouslySetInnerHTML: { __html: json },
    }),
    h("script", { type: "module", src: basePath + build.bootScript }),
    reload,
  );
}

function slotId(value: object): number | null {
  if (!("type" in value) || value.type !== Slot || !("props" in value)) {
    return null;
  }
  const { props } = value;
  if (typeof props !== "object" || props === null || !("id" in props)) {
    return null;
  }
  return typeof props.id === "number" ? props.id : null;
}
