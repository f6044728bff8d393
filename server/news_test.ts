import assert from "node:assert/strict";
import { News } from "./news.ts";

const decoder = new TextDecoder();

/** A flag's version that a test sets, and how often it was asked for. */
class Scene {
  version = "1";
  asked = 0;
  readonly news: News;

  constructor(maxStreams = 10) {
    this.news = new News({
      versionOf: () => {
        this.asked++;
        return Promise.resolve(this.version);
      },
      intervalMs: 1,
      maxStreams,
    });
  }

  /** Resolves when the version has been asked for again. */
  async look(): Promise<void> {
    const before = this.asked;
    while (this.asked < before + 2) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  }
}

function readerOf(
  stream: ReadableStream<Uint8Array> | null,
): ReadableStreamDefaultReader<Uint8Array> {
  assert.ok(stream !== null);
  return stream.getReader();
}

async function textOf(
  reader: ReadableStreamDefaultReader<Uint8Array>,
): Promise<string | undefined> {
  const { value } = await reader.read();
  return value && decoder.decode(value);
}

Deno.test("News tells every listener of a change, and asks once for all", async () => {
  const scene = new Scene();
  const readers = [1, 2, 3].map(() => readerOf(scene.news.open("a")));
  for (const reader of readers) {
    assert.equal(await textOf(reader), "data: open\n\n");
  }
  for (const reader of readers) {
    assert.equal(await textOf(reader), "data: changed\n\n");
  }
  await scene.look();
  scene.version = "2";
  for (const reader of readers) {
    assert.equal(await textOf(reader), "data: changed\n\n");
  }
  for (const reader of readers) await reader.cancel();
  const { asked } = scene;
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert.equal(scene.asked, asked, "nobody listens any more");
});

Deno.test("News holds back nothing for a listener that does not read", async () => {
  const scene = new Scene();
  const stream = scene.news.open("a");
  for (let n = 0; n < 5; n++) {
    await scene.look();
    scene.version = `v${n}`;
  }
  await scene.look();
  const reader = readerOf(stream);
  assert.equal(await textOf(reader), "data: open\n\n");
  const pending = textOf(reader);
  scene.version = "new";
  assert.equal(await pending, "data: changed\n\n");
  await reader.cancel();
});

Deno.test("News refuses more streams than it can hold, until one has left", async () => {
  const scene = new Scene(1);
  const reader = readerOf(scene.news.open("a"));
  assert.equal(scene.news.open("b"), null);
  await reader.cancel();
  const next = readerOf(scene.news.open("b"));
  await next.cancel();
});

Deno.test("News.close() ends every stream", async () => {
  const scene = new Scene();
  const reader = readerOf(scene.news.open(null));
  await textOf(reader);
  scene.news.close();
  assert.equal((await reader.read()).done, true);
  assert.equal(scene.news.open(null), null);
});
