/** An uploaded function: its configuration, and its files by path. */
export type UploadedFunction = {
  metadata: Record<string, unknown>;
  files: Map<string, string>;
  version: number;
  updatedAt: number;
};

/** An API key of the project, as the Management API shows it. */
export type ApiKey = { name: string; type: 'publishable' | 'secret' | 'legacy'; api_key: string };

/** What the stand-in knows of its project. Tests read and change it. */
export type ProjectState = {
  status: string;
  /** Whether it is a preview branch of another project. */
  isBranch: boolean;
  /** The requests, such as `GET /functions`, without the common part of all paths. */
  requests: string[];
  /** Requests and answers that break the official document; always empty in a correct test. */
  violations: string[];
  functions: Map<string, UploadedFunction>;
  secrets: Map<string, string>;
  authConfig: Record<string, unknown>;
  apiKeys: ApiKey[];
  /** Answers to give instead of the next ones, by request, such as `GET /functions`. */
  failures: Map<string, Failure[]>;
};

/** An answer that the real API gives when it does not do what it is asked. */
export type Failure = { status: number; message: string; headers?: Record<string, string> };
