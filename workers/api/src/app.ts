import { agentRoutes } from './agents/routes.ts';
import { revenueRoutes } from './billing/revenue/routes.ts';
import { billingRoutes } from './billing/routes.ts';
import { stripeEventRoutes } from './billing/stripe-events.routes.ts';
import { liveCreditsRoutes } from './credits/live.routes.ts';
import { creditsRoutes } from './credits/routes.ts';
import { createRouter } from './platform/router.ts';
import { cors } from './platform/cors.ts';
import { envelope, notFound } from './platform/http.ts';
import { openApiDocument, registerComponents } from './platform/openapi.ts';
import { addPages } from './platform/pages/routes.ts';
import { renderError } from './platform/problem.ts';
import { platformRoutes } from './platform/routes.ts';
import { identityRoutes } from './identity/routes.ts';
import { operatorRoutes } from './identity/operator.routes.ts';
import { editRoutes } from './flows/edit.routes.ts';
import { historyRoutes } from './flows/history.routes.ts';
import { toolRoutes } from './flows/tool.routes.ts';
import { liveRoutes } from './flows/live.routes.ts';
import { pathsRoutes } from './flows/paths.routes.ts';
import { proposalRoutes } from './flows/proposal.routes.ts';
import { flowsRoutes } from './flows/routes.ts';
import { lintRoutes } from './lint/routes.ts';
import { reconciliationRoutes } from './reconciliation/routes.ts';
import { usageRoutes } from './usage/routes.ts';
import { webhookRoutes } from './webhooks/routes.ts';

/** The API as one Hono app. Its imports stay clear of the Workers runtime, so that tools can load it under Node. */
export const app = createRouter();

registerComponents(app);
app.use(envelope);
app.use(cors);
app.onError(renderError);
app.notFound((c) => renderError(notFound(app, c.req.method, c.req.path), c));

app.route('/', platformRoutes);
app.route('/', identityRoutes);
app.route('/', operatorRoutes);
app.route('/', flowsRoutes);
app.route('/', editRoutes);
app.route('/', historyRoutes);
app.route('/', proposalRoutes);
app.route('/', toolRoutes);
app.route('/', pathsRoutes);
app.route('/', lintRoutes);
app.route('/', liveRoutes);
app.route('/', agentRoutes);
app.route('/', creditsRoutes);
app.route('/', liveCreditsRoutes);
app.route('/', billingRoutes);
app.route('/', stripeEventRoutes);
app.route('/', revenueRoutes);
app.route('/', reconciliationRoutes);
app.route('/', usageRoutes);
app.route('/', webhookRoutes);

/** The OpenAPI description of all of it. */
export const describe = () => openApiDocument(app);

addPages(app, describe);
