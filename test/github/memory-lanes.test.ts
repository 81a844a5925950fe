import { memoryLanes } from "../../src/github/memory-lanes.ts";
import { lanesContract } from "../store/lanes-contract.ts";

lanesContract("a process's memory", async () => ({ lanes: memoryLanes(), close: async () => undefined }));
