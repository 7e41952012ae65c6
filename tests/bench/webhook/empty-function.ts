/** The smallest possible function, to measure the start of Deno alone. */
export default { fetch: (): Response => new Response() };
