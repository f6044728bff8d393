import assert from "node:assert/strict";
import { SessionEndedError } from "./api_client.ts";
import { pollDelay, Poller, type PollStatus } from "./poller.ts";

/** Runs what a poller schedules, when told to. */
class Scene {
  readonly statuses: PollStatus[] = [];
  readonly delays: number[] = [];
  loads = 0;
  signal: AbortSignal | undefined;
  now = 1_000;
  announced = false;
  answer: () => Promise<void> = () => Promise.resolve();
  readonly poller: Poller;
  #due: (() => void) | null = null;

  constructor() {
    this.poller = new Poller({
      load: (signal) => {
        this.loads++;
        this.signal = signal;
        return this.answer();
      },
      onStatus: (status) => this.statuses.push(status),
      announced: () => this.announced,
      now: () => this.now,
      schedule: (run, delayMs) => {
        this.delays.push(delayMs);
        this.#due = run;
        return () => {
          this.#due = null;
        };
      },
    });
  }

  /** Whether another attempt is due some time. */
  get isDue(): boolean {
    return this.#due !== null;
  }

  async next(): Promise<void> {
    this.#due?.();
    await this.settled();
  }

  async settled(): Promise<void> {
    for (let i = 0; i < 5; i++) await Promise.resolve();
  }
}

Deno.test("pollDelay() doubles from two seconds to a minute", () => {
  assert.deepEqual([0, 1, 2, 4, 5, 50].map(pollDelay), [
    2_000,
    4_000,
    8_000,
    32_000,
    60_000,
    60_000,
  ]);
});

Deno.test("Poller loads at once and again after every answer", async () => {
  const scene = new Scene();
  scene.poller.refresh();
  await scene.settled();
  await scene.next();
  assert.equal(scene.loads, 2);
  assert.deepEqual(scene.statuses, [{ kind: "live" }, { kind: "live" }]);
  assert.deepEqual(scene.delays, [2_000, 2_000]);
});

Deno.test("Poller says since when nothing arrives, backs off, and recovers", async () => {
  const scene = new Scene();
  scene.poller.refresh();
  await scene.settled();
  scene.now = 9_000;
  scene.answer = () => Promise.reject(new Error("down"));
  await scene.next();
  await scene.next();
  scene.answer = () => Promise.resolve();
  await scene.next();
  assert.deepEqual(scene.statuses, [
    { kind: "live" },
    { kind: "stale", since: 1_000 },
    { kind: "stale", since: 1_000 },
    { kind: "live" },
  ]);
  assert.deepEqual(scene.delays, [2_000, 4_000, 8_000, 2_000]);
});

Deno.test("Poller stops when the session has ended", async () => {
  const scene = new Scene();
  scene.answer = () => Promise.reject(new SessionEndedError("no"));
  scene.poller.refresh();
  await scene.settled();
  assert.deepEqual(scene.statuses, [{ kind: "signed_out" }]);
  assert.equal(scene.isDue, false);
});

Deno.test("Poller.pause() drops what is due, and what is under way", async () => {
  const scene = new Scene();
  scene.poller.refresh();
  await scene.settled();
  scene.poller.pause();
  assert.equal(scene.isDue, false);

  const { promise, resolve } = Promise.withResolvers<void>();
  scene.answer = () => promise;
  scene.poller.refresh();
  scene.poller.pause();
  assert.equal(scene.signal?.aborted, true);
  resolve();
  await scene.settled();
  assert.equal(scene.statuses.length, 1);
  assert.equal(scene.isDue, false);
});

Deno.test("Poller.refresh() twice keeps one attempt, the later one", async () => {
  const scene = new Scene();
  const { promise, resolve } = Promise.withResolvers<void>();
  scene.answer = () => promise;
  scene.poller.refresh();
  scene.poller.refresh();
  resolve();
  await scene.settled();
  assert.equal(scene.loads, 2);
  assert.equal(scene.statuses.length, 1);
});

Deno.test("Poller asks seldom while the server announces news, and at once when it does", async () => {
  const scene = new Scene();
  scene.announced = true;
  scene.poller.refresh();
  await scene.settled();
  assert.deepEqual(scene.delays, [30_000]);
  scene.poller.announce();
  await scene.settled();
  assert.equal(scene.loads, 2);
});

Deno.test("Poller.announce() cuts no attempt short, and is not forgotten", async () => {
  const scene = new Scene();
  scene.announced = true;
  const { promise, resolve } = Promise.withResolvers<void>();
  scene.answer = () => promise;
  scene.poller.refresh();
  scene.poller.announce();
  scene.poller.announce();
  assert.equal(scene.loads, 1);
  assert.equal(scene.signal?.aborted, false);
  scene.answer = () => Promise.resolve();
  resolve();
  await scene.settled();
  await scene.settled();
  assert.equal(scene.loads, 2);
  assert.deepEqual(scene.delays, [30_000]);
});

Deno.test("Poller backs off from failures whatever is announced", async () => {
  const scene = new Scene();
  scene.announced = true;
  scene.answer = () => Promise.reject(new Error("down"));
  scene.poller.refresh();
  await scene.settled();
  assert.deepEqual(scene.delays, [4_000]);
});
