import type { Flag } from "@modelab/sdk";
import type { ModelName } from "./models.ts";

/** What a variant tells the app: a type, since configs are JSON objects. */
export type ReplyConfig = {
  readonly model: ModelName;
  readonly prompt: string;
};

const control: ReplyConfig = {
  model: "reply-small",
  prompt: "Answer the customer's question.",
};
const treatment: ReplyConfig = {
  model: "reply-large",
  prompt: "Answer the customer's question. Follow the handbook below. …",
};

/** The experiment: which model and prompt answer a customer. */
export const REPLY_FLAG = {
  name: "support-reply-demo",
  variants: [
    { name: "control", config: control },
    { name: "treatment", config: treatment },
  ],
} satisfies Flag;

/** By variant: how many of those who say so found their problem solved. */
export const SOLVED_RATE: { readonly [variant: string]: number } = {
  control: 0.58,
  treatment: 0.71,
};
