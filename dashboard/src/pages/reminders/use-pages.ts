import { useState } from 'preact/hooks';

const PAGE = 50;
/** The limit of one response of the Data API. */
const MOST = 1_000;

/** How much of a list is shown: a page, and more on request. */
export function usePages() {
  const [limit, setLimit] = useState(PAGE);
  return {
    limit,
    /** Shows the next page; null if everything is shown, or as much as can be. */
    moreThan: (count: number) =>
      count < limit || limit >= MOST ? null : () => setLimit(Math.min(limit + PAGE, MOST)),
    isCut: (count: number) => count >= MOST,
  };
}
