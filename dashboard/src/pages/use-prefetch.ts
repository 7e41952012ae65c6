import { useEffect } from 'preact/hooks';
import type { LazyPage } from './lazy-page.tsx';

/** The time for browsers that cannot tell when they are idle. */
const IDLE_MS = 2_000;

/** Loads the code of pages once the browser has nothing else to do, so that they open at once. */
export function usePrefetch(pages: readonly Pick<LazyPage<never>, 'prefetch'>[]): void {
  useEffect(() => {
    const prefetch = () => pages.forEach((page) => page.prefetch());
    if ('requestIdleCallback' in globalThis) {
      const handle = requestIdleCallback(prefetch);
      return () => cancelIdleCallback(handle);
    }
    const timer = setTimeout(prefetch, IDLE_MS);
    return () => clearTimeout(timer);
  }, []);
}
