import { showUser, signOut } from './account.ts';
import { type AuthResult, refusalResponse, refused } from './auth-error.ts';
import type { AuthDeps } from './deps.ts';
import { grant } from './grants.ts';
import { createUser, invite } from './invite.ts';
import { changePassword, openRecovery, requestRecovery } from './recovery.ts';

/** Answers a request whose path begins after `/auth/v1`; `address` is the client's. */
export async function handleAuth(
  request: Request,
  path: string,
  address: string,
  deps: AuthDeps,
): Promise<Response> {
  if (`${request.method} ${path}` === 'GET /verify') return await openRecovery(request, deps);
  const result = await route(request, path, address, deps);
  if (!result.ok) return refusalResponse(result.refusal, request);
  return result.value === null ? new Response(null, { status: 204 }) : Response.json(result.value);
}

async function route(
  request: Request,
  path: string,
  address: string,
  deps: AuthDeps,
): Promise<AuthResult<unknown>> {
  const { searchParams } = new URL(request.url);
  const authorization = request.headers.get('authorization');
  switch (`${request.method} ${path}`) {
    case 'POST /token': {
      const body = await readBody(request);
      return body.ok
        ? await grant(searchParams.get('grant_type'), body.value, address, deps)
        : body;
    }
    case 'POST /logout':
      return await signOut(authorization, searchParams.get('scope') ?? 'global', deps);
    case 'POST /invite': {
      const body = await readBody(request);
      return body.ok ? await invite(authorization, body.value, deps) : body;
    }
    case 'POST /admin/users': {
      const body = await readBody(request);
      return body.ok ? await createUser(authorization, body.value, deps) : body;
    }
    case 'POST /recover': {
      const body = await readBody(request);
      return body.ok ? await requestRecovery(body.value, deps) : body;
    }
    case 'PUT /user': {
      const body = await readBody(request);
      return body.ok ? await changePassword(authorization, body.value, deps) : body;
    }
    case 'GET /user':
      return await showUser(authorization, deps);
    case 'GET /health':
      return { ok: true, value: { name: 'GoTrue', version: 'stand-in of the local stack' } };
    case 'GET /.well-known/jwks.json':
      // Tokens are signed with a shared secret, as those of `supabase start` used to be.
      return { ok: true, value: { keys: [] } };
    default:
      return refused(
        404,
        'validation_failed',
        'The local stack only invites, signs in, renews, signs out and changes passwords',
      );
  }
}

async function readBody(request: Request): Promise<AuthResult<Record<string, unknown>>> {
  const body: unknown = await request.json().catch(() => null);
  if (typeof body === 'object' && body !== null) return { ok: true, value: { ...body } };
  return refused(400, 'bad_json', 'Could not parse request body as JSON');
}
