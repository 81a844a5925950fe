/** Where the owners keep the bot's authority. Read from the base branch only. */
export const policyDirectory = ".github/remit";
export const authorityPath = `${policyDirectory}/authority.yaml`;
/** Signatures of it, one after the other, where the deployment asks for them. */
export const signaturePath = `${authorityPath}.sig`;
export const runbookDirectory = `${policyDirectory}/runbooks/`;
