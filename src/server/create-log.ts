/** Structured logs on stdout. An error is written by its code and words alone: its other properties may hold requests or payloads. */
import { type DestinationStream, type Logger, type LoggerOptions, pino } from "pino";
import { RemitError } from "../errors.ts";
import { redact } from "../redact.ts";
import type { LogLevel } from "./config/config.ts";

const secretNames = [
  "authorization",
  "token",
  "tokens",
  "secret",
  "secrets",
  "privateKey",
  "password",
  "body",
  "payload",
];

export function createLog(level: LogLevel, destination?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { error: plainError, err: plainError },
    redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`]), censor: "[secret]" },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

function plainError(error: unknown): object {
  if (!(error instanceof Error)) return { message: redact(String(error)) };
  return {
    code: error instanceof RemitError ? error.code : error.name,
    message: redact(error.message),
    stack: redact(error.stack ?? ""),
    ...(error.cause === undefined ? {} : { cause: plainCause(error.cause) }),
  };
}

function plainCause(cause: unknown): string {
  return redact(cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause));
}
