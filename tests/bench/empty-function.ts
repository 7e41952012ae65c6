/** The least a function can be: what starting Deno costs by itself. */
export default { fetch: (): Response => new Response() };
