import { app } from './app.ts';

export { AgentRun } from './agents/run.do.ts';
export { WorkspaceAccount } from './credits/account.do.ts';
export { FlowRoom } from './flows/room.do.ts';

export default app;
