import { UXFlow } from '@uxflow/sdk';
import { createContext, useContext, useMemo, type ReactElement, type ReactNode } from 'react';

/** `system` follows the operating system's setting. */
export type Theme = 'light' | 'dark' | 'system';

interface Context {
  client: UXFlow;
  theme: Theme;
  className: string | undefined;
}
const UXFlowContext = createContext<Context | null>(null);

interface Common {
  /** Default `system`. */
  theme?: Theme | undefined;
  /** Added to the root element of each component inside, e.g. a class of yours that sets `--uxf-*` variables. */
  className?: string | undefined;
  children?: ReactNode;
}

/** Who is calling: a client of your own making, or where to get tokens. */
export type UXFlowProviderProps = Common &
  (
    | { client: UXFlow; authEndpoint?: undefined; baseUrl?: undefined }
    | {
        client?: undefined;
        /** A URL of your own that mints a client token for the signed-in user and answers `{token, expiresAt}`. */
        authEndpoint: string;
        /** Where the API is. Default: the local backend. */
        baseUrl?: string | undefined;
      }
  );

/** Gives every UX Flow component inside one client and one theme. Renders no element of its own. */
export function UXFlowProvider(props: UXFlowProviderProps): ReactElement {
  const { client: given, authEndpoint, baseUrl, theme = 'system', className, children } = props;
  const client = useMemo(
    () => given ?? new UXFlow({ authEndpoint, baseUrl }),
    [given, authEndpoint, baseUrl],
  );
  const value = useMemo(() => ({ client, theme, className }), [client, theme, className]);
  return <UXFlowContext.Provider value={value}>{children}</UXFlowContext.Provider>;
}

/** The client of the nearest provider, for calls of your own. */
export function useUXFlow(): UXFlow {
  return useUXFlowContext().client;
}

export function useUXFlowContext(): Context {
  const context = useContext(UXFlowContext);
  if (!context) throw new Error('Wrap this in <UXFlowProvider>: it says who is calling and where the API is');
  return context;
}
