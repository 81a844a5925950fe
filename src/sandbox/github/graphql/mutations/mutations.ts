/** Every mutation that the stand-in performs. */
import { checkMutations } from "./check-mutations.ts";
import { conversationMutations } from "./conversation-mutations.ts";
import { gitMutations } from "./git-mutations.ts";
import { issueMutations } from "./issue-mutations.ts";
import type { Mutation } from "./mutation.ts";
import { pullMutations } from "./pull-mutations.ts";

export const mutations: Readonly<Record<string, Mutation>> = {
  ...checkMutations,
  ...conversationMutations,
  ...gitMutations,
  ...issueMutations,
  ...pullMutations,
};
