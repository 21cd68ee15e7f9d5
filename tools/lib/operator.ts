/** What the tools ask of a running API as its operator. */
export interface Operator {
  baseUrl: string;
  operatorToken: string;
}

const TIMEOUT = 15_000;

/** One JSON request with the operator token; throws with the problem's text when it is refused. */
async function post<T>({ baseUrl, operatorToken }: Operator, path: string, body: unknown): Promise<T> {
  const response = await fetch(baseUrl + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${operatorToken}`,
      'content-type': 'application/json',
      'idempotency-key': crypto.randomUUID(),
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`POST ${path} answered ${response.status}: ${text}`);
  return JSON.parse(text) as T;
}

export interface DemoWorkspace {
  id: string;
  key: string;
}

/** A new workspace with this many micro-credits and a demo key. */
export async function createWorkspace(
  operator: Operator,
  name: string,
  credits: number,
): Promise<DemoWorkspace> {
  const { workspace, key } = await post<{ workspace: { id: string }; key: { value: string } }>(
    operator,
    '/v1/admin/workspaces',
    { name, demo: true },
  );
  if (credits > 0) await grantCredits(operator, workspace.id, credits);
  return { id: workspace.id, key: key.value };
}

/** @param amount micro-credits */
async function grantCredits(operator: Operator, workspaceId: string, amount: number): Promise<void> {
  await post(operator, `/v1/admin/workspaces/${workspaceId}/grants`, { amount, note: 'demo credits' });
}
