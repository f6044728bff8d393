import { createDefine, page } from "fresh";

const define = createDefine<unknown>();

export const handler = define.handlers({
  GET: () =>
    page({ names: ["Ada"] }, { status: 203, headers: { "X-Own": "1" } }),
});

export default define.page<typeof handler>(({ data }) => (
  <ul>{data.names.map((name) => <li key={name}>{name}</li>)}</ul>
));
