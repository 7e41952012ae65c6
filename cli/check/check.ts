/** One thing that is right or wrong. */
export interface Check {
  name: string;
  /** Resolves with null, or with what is wrong and what to do. */
  problem(): Promise<string | null>;
}
