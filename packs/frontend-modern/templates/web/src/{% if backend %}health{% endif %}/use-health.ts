import { useEffect, useState } from 'react';
import { fetchHealth, type Health } from './client';

/** The state of the API, asked for now and again after each interval. */
export function useHealth(intervalMilliseconds: number): Health {
  const [health, setHealth] = useState<Health>({ state: 'unknown' });

  useEffect(() => {
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;

    async function ask() {
      const answer = await fetchHealth(controller.signal).catch(() => undefined);
      if (answer === undefined || controller.signal.aborted) return;
      setHealth(answer);
      timer = setTimeout(() => void ask(), intervalMilliseconds);
    }

    void ask();
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
  }, [intervalMilliseconds]);

  return health;
}
