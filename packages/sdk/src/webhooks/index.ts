export { WebhookEndpoints } from './endpoints.ts';
export type * from './types.ts';
export {
  verifyWebhook,
  WebhookVerificationError,
  type VerifyOptions,
  type WebhookFault,
  type WebhookHeaders,
} from './verify.ts';
