import { FlowEditor, UXFlowProvider } from '@uxflow/react';
import { useCallback, useEffect, useState, type ReactElement } from 'react';
import { Billing } from './Billing.tsx';
import { createFlow, getSession, listFlows, withUser, type FlowItem, type Session } from './api.ts';
import { Header } from './Header.tsx';
import { Sidebar } from './Sidebar.tsx';
import { useTheme } from './use-theme.ts';

export function App(): ReactElement {
  const [session, setSession] = useState<Session | null>(null);
  const [failed, setFailed] = useState(false);
  const [flows, setFlows] = useState<FlowItem[]>([]);
  const [creating, setCreating] = useState(false);
  const [menu, setMenu] = useState(false);
  const [theme, toggleTheme] = useTheme();
  const [{ flowId, billing }, openFlow] = usePlace();

  const refreshFlows = useCallback(() => listFlows().then(setFlows, () => setFailed(true)), []);
  const addFlow = useCallback(async () => {
    // The old flow leaves at once, so that nothing typed meanwhile goes to it.
    setCreating(true);
    setMenu(false);
    try {
      openFlow((await createFlow()).id);
    } finally {
      setCreating(false);
    }
    await refreshFlows();
  }, [openFlow, refreshFlows]);

  useEffect(() => {
    getSession().then(setSession, () => setFailed(true));
    void refreshFlows();
  }, [refreshFlows]);
  useEffect(() => openFirstFlow(refreshFlows, () => setFailed(true)), [refreshFlows]);

  const page = (
    <div className="acme" data-theme={theme}>
      <Header
        session={session}
        theme={theme}
        onToggleTheme={toggleTheme}
        onMenu={() => setMenu(!menu)}
        menu={menu}
      />
      <Sidebar
        flows={flows}
        current={flowId}
        billing={session?.user.admin ? billing : null}
        open={menu}
        onClose={() => setMenu(false)}
        onNew={() => {
          addFlow().catch(() => setFailed(true));
        }}
      />
      <main className="acme-main">
        {!billing && <ProjectTitle />}
        {failed && (
          <p className="acme-error" role="alert">
            Acme’s server does not answer. Reload the page to try again.
          </p>
        )}
        <div className="acme-editor">
          {session && billing && <Billing session={session} />}
          {session && flowId && !creating && (
            <FlowEditor flowId={flowId} onRunEnd={() => void refreshFlows()} />
          )}
        </div>
      </main>
    </div>
  );
  if (!session) return page;
  return (
    <UXFlowProvider
      authEndpoint={withUser('/api/uxflow-token')}
      baseUrl={session.baseUrl}
      theme={theme}
      className="acme-flow"
    >
      {page}
    </UXFlowProvider>
  );
}

function ProjectTitle(): ReactElement {
  return (
    <div className="acme-title">
      <p className="acme-crumbs">
        Projects <i>/</i> Checkout revamp
      </p>
      <h1>User flows</h1>
      <span className="acme-tag">Q1 roadmap</span>
      <span className="acme-tag" data-kind="progress">
        In discovery
      </span>
      <nav aria-label="Project">
        <span>Brief</span>
        <span aria-current="page">Flows</span>
        <span>Tasks</span>
        <span>Research</span>
      </nav>
    </div>
  );
}

const BILLING = '#/billing';
const FLOW_ID = /flw_[0-9A-Z]{26}/;

function flowInHash(): string | null {
  return FLOW_ID.exec(location.hash)?.[0] ?? null;
}

interface Place {
  flowId: string | null;
  billing: boolean;
}
const placeInHash = (): Place => ({ flowId: flowInHash(), billing: location.hash === BILLING });

/** Where the address is: at a flow, `/#flw_…`, or at what Acme pays, `/#/billing`. */
function usePlace(): [Place, (flowId: string) => void] {
  const [place, setPlace] = useState(placeInHash);
  useEffect(() => {
    const read = (): void => setPlace(placeInHash());
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, []);
  const open = useCallback((id: string) => {
    location.hash = id;
    // Not only by the event, which comes a moment later.
    setPlace(placeInHash());
  }, []);
  return [place, open];
}

/** Goes to the newest flow, or to a first one, when the address names none. Returns its own cancellation. */
function openFirstFlow(onCreated: () => Promise<void>, onError: () => void): () => void {
  if (flowInHash() !== null || location.hash === BILLING) return () => undefined;
  let wanted = true;
  const open = async (): Promise<void> => {
    const [newest] = await listFlows();
    // Left meanwhile (React mounts twice in development): do not make a flow that nobody asked for.
    if (!wanted) return;
    const { id } = newest ?? (await createFlow());
    if (flowInHash() === null) location.replace(`#${id}`);
    if (!newest) await onCreated();
  };
  open().catch(onError);
  return () => {
    wanted = false;
  };
}
