import type { MiddlewareHandler } from 'hono';

/** Other sites in the same browser may not press the buttons here, nor reach this server under a name of their own. */
export const sameOriginOnly: MiddlewareHandler = async (context, next) => {
  const host = new URL(context.req.url).hostname;
  const site = context.req.header('Sec-Fetch-Site');
  const local = host === '127.0.0.1' || host === 'localhost';
  const foreign =
    context.req.method !== 'GET' && site !== undefined && site !== 'same-origin' && site !== 'none';
  if (!local || foreign) return context.text('Only pages of this server itself may ask for this.', 403);
  return next();
};
