/** Why a webhook isn't taken: one line for whoever sent it, which never repeats what they sent. A value, not an error. */
export class Refusal {
  readonly code: RefusalCode;
  readonly message: string;

  constructor(code: RefusalCode, message: string) {
    this.code = code;
    this.message = message;
  }

  get status(): (typeof statuses)[RefusalCode] {
    return statuses[this.code];
  }
}

const statuses = {
  "not-json": 400,
  "header-missing": 400,
  "body-incomplete": 400,
  unauthorized: 401,
  "unknown-source": 404,
  "method-not-allowed": 405,
  "too-large": 413,
  "unsupported-type": 415,
  "unsupported-encoding": 415,
  "wrong-schema": 422,
  full: 429,
  busy: 503,
  "not-stored": 503,
} as const;

export type RefusalCode = keyof typeof statuses;
