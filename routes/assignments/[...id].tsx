import { page } from "fresh";
import { MessagePage } from "../../components/message_page.tsx";
import { StoryView } from "../../components/records/story_view.tsx";
import { TakeAway } from "../../components/take_away.tsx";
import { define } from "../../server/define.ts";
import { pageFile } from "../../server/page_file.ts";

export const handler = define.handlers({
  async GET(ctx) {
    const { pathname } = new URL(ctx.req.url);
    const [, rest = ""] = /^\/+assignments\/(.*)$/.exec(pathname) ?? [];
    const id = decoded(rest);
    const story = await ctx.state.reader.readStory(id);
    const file = story &&
      pageFile(ctx.url, `assignment ${id}`, { json: () => story });
    if (file) return file;
    ctx.state.title = story === null
      ? "No such assignment · modelab"
      : "Assignment · modelab";
    return page({ id, story }, { status: story === null ? 404 : 200 });
  },
});

export default define.page<typeof handler>(({ data: { id, story } }) =>
  story === null
    ? (
      <MessagePage title="There is no such assignment">
        <p>
          Nothing is known of <bdi class="name quoted">{id.slice(0, 600)}</bdi>.
        </p>
        <p>
          <a href="/">All flags</a>
        </p>
      </MessagePage>
    )
    : (
      <main id="main" tabIndex={-1}>
        <StoryView assignmentId={id} story={story} />
        <TakeAway links={[["This story as JSON", "?format=json"]]} />
      </main>
    )
);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
