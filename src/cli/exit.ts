// Exit codes, as in the public contract.

export const EXIT = {
  done: 0,
  /** Of ours. */
  fault: 1,
  /** Wrong usage or configuration. */
  usage: 2,
  /** A source is failing or something is quarantined; the rest was done. */
  source: 3,
  /** A notice was given up, or mail waits for the operator to mend something. */
  notice: 4,
} as const;
