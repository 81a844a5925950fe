/** The shape of remit.yaml. remit.schema.json is made from it, so editors and the parser say the same. */
import { z } from "zod";
import { sourceTypes } from "../../signals/sources.ts";
import { logLevels, mergeMethods } from "./config.ts";
import { durationPattern } from "./duration.ts";

const httpUrl = /^https?:\/\/[A-Za-z0-9.[\]:-]+(?:\/[A-Za-z0-9._~%/-]*)?$/;

/** Sentences that say what was expected, where the type alone doesn't. */
const duration = z
  .string()
  .regex(durationPattern, "expected a duration such as 30s, 15m or 1h30m")
  .meta({ description: "A duration such as 30s, 15m or 1h30m" });
const url = z.string().regex(httpUrl, "expected an http or https URL without a query");

/** Empty never means all. */
const names = z.array(z.string().min(1)).min(1);

const source = z
  .strictObject({
    name: z
      .string()
      .regex(
        /^(?!(?:github|remit)$)[a-z0-9][a-z0-9-]{0,62}$/,
        "expected lowercase letters, digits and dashes, and neither github nor remit",
      )
      .meta({ description: "Part of the webhook's URL, and of the variable that holds its token" }),
    type: z.enum(sourceTypes),
    repository: z
      .string()
      .regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})\/[A-Za-z0-9._-]{1,100}$/, "expected owner/name")
      .meta({ description: "The GitOps repository that it speaks for: owner/name" }),
    environments: names.optional().meta({ description: "The only environments that it may speak of" }),
    services: names.optional().meta({ description: "The only services that it may speak of" }),
    alerts: names.optional().meta({ description: "The only alerts that it may raise, by their names" }),
    watchdog: z
      .strictObject({
        silence: duration,
        alert: z.string().min(1).max(200).optional().meta({
          description:
            "Of Alertmanager: the alert that always fires, and opens no incident; Watchdog unless said otherwise",
        }),
      })
      .optional()
      .meta({ description: "It speaks regularly: longer silence is trouble that people are told of" }),
  })
  .meta({ description: "Who may send alerts or sync notifications" });

const host = z
  .string()
  .regex(
    /^[a-z0-9](?:[a-z0-9.-]{0,253}[a-z0-9])?(?::[1-9]\d{0,4})?$/,
    "expected a host in small letters, with a port where there is one, such as ghcr.io",
  );

const hostName = z
  .string()
  .regex(
    /^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$/,
    "expected a name without scheme and port, such as remit.internal",
  );

const registry = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "expected lowercase letters, digits and dashes")
      .meta({ description: "Part of the variables that hold its credentials" }),
    host: host.meta({ description: "As images name it: ghcr.io, docker.io, registry.example.com:5000" }),
    referrals: z
      .array(host)
      .min(1)
      .optional()
      .meta({ description: "Other hosts that it may send Remit to, for a token or by a redirect" }),
    plainHttp: z.boolean().optional().meta({ description: "It has no TLS" }),
  })
  .meta({ description: "A registry that Remit may ask whether an image is still there" });

export const fileSchema = z
  .strictObject({
    github: z
      .strictObject({
        appId: z.number().int().min(1).max(2_147_483_647).optional().meta({ description: "The GitHub App's id" }),
        apiUrl: url.optional().meta({ description: "https://api.github.com unless it is an Enterprise Server" }),
      })
      .optional(),
    listen: z
      .strictObject({
        host: z.string().min(1).optional(),
        port: z.number().int().min(0).max(65_535).optional(),
      })
      .optional(),
    admin: z
      .strictObject({
        host: z.string().min(1).optional(),
        port: z.number().int().min(0).max(65_535).optional(),
        hosts: z.array(hostName).min(1).optional().meta({
          description: "Names that it answers to, beside localhost, any address and the one that it listens on",
        }),
      })
      .optional()
      .meta({ description: "Where metrics and state are read; 127.0.0.1:8081 unless said otherwise" }),
    oauth: z
      .strictObject({
        clientId: z
          .string()
          .regex(/^[A-Za-z0-9._-]{1,100}$/, "expected the App's client id, such as Iv23abcdef")
          .meta({ description: "The GitHub App's client id" }),
        url: z
          .string()
          .regex(/^https?:\/\/[A-Za-z0-9.[\]:-]+\/?$/, "expected an http or https URL without a path")
          .meta({
            description: "Where people reach the status page; the App's callback URL is this and /sign-in/callback",
          }),
      })
      .optional()
      .meta({
        description: "People may sign in on the status page with their GitHub account, to stop and start Remit",
      }),
    publicUrl: url.optional().meta({ description: "Where people reach this server" }),
    dataDirectory: z.string().min(1).optional().meta({ description: "Relative to this file" }),
    database: z
      .strictObject({ poolSize: z.number().int().min(2).max(200).optional() })
      .optional()
      .meta({ description: "How to use the PostgreSQL that DATABASE_URL names; 10 connections unless said otherwise" }),
    retention: z
      .strictObject({
        deliveries: duration.optional(),
        incidents: duration.optional(),
        syncs: duration.optional(),
        shadows: duration.optional(),
      })
      .optional()
      .meta({ description: "How long what is over is kept: 30d, 90d, 30d and 180d unless said otherwise" }),
    logLevel: z.enum(logLevels).optional(),
    stop: z.boolean().optional().meta({ description: "Look, but write nothing" }),
    mergeMethod: z.enum(mergeMethods).optional(),
    autoMerge: z.boolean().optional().meta({
      description: "Let GitHub's auto-merge do what waits for GitHub's rules only; false unless said otherwise",
    }),
    dashboard: z
      .boolean()
      .optional()
      .meta({ description: "An issue in each repository that tells how it stands; true unless said otherwise" }),
    onboarding: z.boolean().optional().meta({
      description: "One pull request in each repository without a policy, that adds one; true unless said otherwise",
    }),
    ledger: z.boolean().optional().meta({
      description: "Record every decision on the branch remit/ledger of its repository; true unless said otherwise",
    }),
    watchdog: z.boolean().optional().meta({
      description:
        "An issue in each repository that a source speaks for, while something that Remit needs is broken; true unless said otherwise",
    }),
    review: z.boolean().optional().meta({
      description:
        "An issue in each repository once a month, that reviews the last one; as ledger unless said otherwise",
    }),
    response: z
      .strictObject({
        stood: duration.optional(),
        suspectWindow: duration.optional(),
        checksWithin: duration.optional(),
        reviewWithin: duration.optional(),
        deliverWithin: duration.optional(),
        verifyWithin: duration.optional(),
        observeEvery: duration.optional(),
        pollEvery: duration.optional(),
        settle: duration.optional(),
        recoveredStreak: z.number().int().min(1).max(100).optional(),
      })
      .optional()
      .meta({ description: "How long Remit waits for what" }),
    policySigning: z
      .strictObject({
        allowedSigners: z.string().min(1).meta({ description: "OpenSSH's allowed signers; relative to this file" }),
        threshold: z
          .number()
          .int()
          .min(1)
          .max(20)
          .optional()
          .meta({ description: "Signers that it takes to raise what Remit may do; 1 unless said otherwise" }),
      })
      .optional()
      .meta({ description: "Policies count only when these people have signed them" }),
    registries: z.array(registry).optional(),
    sources: z.array(source).optional(),
  })
  .meta({ title: "remit.yaml", description: "Remit's configuration. Secrets come from the environment." });

export type ConfigFile = z.infer<typeof fileSchema>;
