/** One check of the project. */
export interface Check {
  name: string;
  /** Resolves with null when it passes, or with what is wrong and what to do. */
  problem(): Promise<string | null>;
}
