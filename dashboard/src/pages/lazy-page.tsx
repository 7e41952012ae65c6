import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Failure, Loading } from '../ui/states.tsx';

/** A page whose code is loaded when it is first opened, or before with `prefetch`. */
export type LazyPage<Props> = ComponentType<Props> & { prefetch(): void };

/** Makes a page of code that is loaded later. */
export function lazyPage<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): LazyPage<Props> {
  let loaded: ComponentType<Props> | null = null;

  async function ensureLoaded(): Promise<void> {
    loaded ??= await load();
  }

  function Page(props: Props) {
    const [, redraw] = useState(0);
    const [failure, setFailure] = useState<Error | null>(null);
    useEffect(() => {
      // Also if it has been loaded since this was drawn.
      ensureLoaded().then(() => redraw((times) => times + 1), setFailure);
    }, []);
    useEffect(() => {
      if (!failure) return;
      addEventListener('online', reload);
      return () => removeEventListener('online', reload);
    }, [failure]);
    if (loaded) {
      const Loaded = loaded;
      return <Loaded {...props} />;
    }
    return failure ? <Failure error={failure} retry={reload} /> : <Loading />;
  }

  return Object.assign(Page, { prefetch: () => void ensureLoaded().catch(() => {}) });
}

/**
 * Some browsers remember that code could not be loaded, and after a deployment it has another
 * name. So retrying reloads everything.
 */
function reload(): void {
  location.reload();
}
