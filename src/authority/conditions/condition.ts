/** A CEL expression over the declared variables, checked when the policy was read; `message` says what it asks for. */
export interface Condition {
  readonly expression: string;
  readonly message: string;
}
