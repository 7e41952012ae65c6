import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Failure, Loading } from '../ui/states.tsx';

/** A page whose code is loaded when it is first opened. */
export function lazyPage<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;

  return function LazyPage(props: Props) {
    const [, redraw] = useState(0);
    const [failure, setFailure] = useState<Error | null>(null);
    useEffect(() => {
      if (loaded) return;
      load().then((page) => {
        loaded = page;
        redraw((times) => times + 1);
      }, setFailure);
    }, []);
    if (loaded) {
      const Page = loaded;
      return <Page {...props} />;
    }
    // After a deployment the files have other names, so retrying reloads the page.
    return failure ? <Failure error={failure} retry={() => location.reload()} /> : <Loading />;
  };
}
