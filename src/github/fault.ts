/** One entry of `errors` in a GraphQL answer. */
import { z } from "zod";

export const faultSchema = z.object({
  message: z.string().catch("unknown error"),
  type: z.string().optional().catch(undefined),
  path: z
    .array(z.union([z.string(), z.number()]))
    .optional()
    .catch(undefined),
});

export type Fault = z.infer<typeof faultSchema>;
