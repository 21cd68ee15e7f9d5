import type { CreditsSnapshot, CreditsWatch } from '@uxflow/sdk/credits';
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { useUXFlow } from '../provider.tsx';

const CONNECTING: CreditsSnapshot = Object.freeze({
  credits: null,
  status: 'connecting',
  closedBecause: null,
} satisfies CreditsSnapshot);
const connecting = (): CreditsSnapshot => CONNECTING;
const noSubscription = (): (() => void) => () => undefined;

/**
 * The credits as they stand, for as long as the component is mounted: of `source`, or else what the provider's client
 * may see. A source of your own is yours to stop.
 */
export function useCredits(source?: CreditsWatch): CreditsSnapshot {
  const client = useUXFlow();
  const [own, setOwn] = useState<CreditsWatch | null>(null);
  const given = source !== undefined;

  useEffect(() => {
    if (given) return undefined;
    const leaving = new AbortController();
    const { signal } = leaving;
    import('@uxflow/sdk/credits').then(
      ({ watchCredits }) => {
        if (!signal.aborted) setOwn(watchCredits(client, { signal }));
      },
      // Not loaded, as after a new release of the page: the meter stays empty, nothing else is lost.
      () => undefined,
    );
    return () => {
      leaving.abort();
      setOwn(null);
    };
  }, [client, given]);

  const watching = source ?? own;
  const subscribe = useCallback(
    (listener: () => void) => (watching ? watching.subscribe(listener) : noSubscription()),
    [watching],
  );
  return useSyncExternalStore(subscribe, watching ? watching.getSnapshot : connecting, connecting);
}
