// Deno's std has no types on npm; this is what the function uses of it.
declare module 'std/http/status.ts' {
  export const STATUS_CODE: {
    readonly OK: 200;
    readonly BadRequest: 400;
    readonly Unauthorized: 401;
    readonly MethodNotAllowed: 405;
    readonly ContentTooLarge: 413;
    readonly TooManyRequests: 429;
    readonly InternalServerError: 500;
    readonly ServiceUnavailable: 503;
  };
}
