import { useEffect, useState } from 'preact/hooks';

const TICK_MS = 30_000;

/** The time, as a page that stays open for days needs it. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
