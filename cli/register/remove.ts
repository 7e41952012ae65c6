import { deleteWebhook } from './webhooks.ts';
import { type Account, readWebhooks } from './account.ts';
import { valueOf } from './advice.ts';

/** Deletes a salon's webhook, first in Cal.com. True if there was one. */
export async function remove(account: Account): Promise<boolean> {
  const { own } = await readWebhooks(account);
  if (own !== null) valueOf(await deleteWebhook(account.api, own.id));
  await account.vault.retire();
  return own !== null;
}
