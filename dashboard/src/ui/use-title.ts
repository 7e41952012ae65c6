import { useEffect } from 'preact/hooks';

/** Sets the title of the page in the browser's tab and history. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · BarkBook`;
  }, [title]);
}
