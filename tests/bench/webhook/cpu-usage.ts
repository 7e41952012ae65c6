import process from 'node:process';

type Fetch = (request: Request) => Promise<Response>;

/** Answers a GET with the milliseconds of CPU that the process has used; a POST is a delivery. */
export function withCpuUsage(receive: Fetch): Fetch {
  return async (request) => {
    if (request.method === 'POST') return await receive(request);
    const { user, system } = process.cpuUsage();
    return Response.json((user + system) / 1000);
  };
}

/** Reads what {@link withCpuUsage} answers. */
export async function readCpuMs(url: string): Promise<number> {
  const response = await fetch(url);
  return Number(await response.text());
}
