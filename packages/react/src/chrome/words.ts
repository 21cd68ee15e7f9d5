import { APIError, UXFlowError } from '@uxflow/sdk';
import { formatCredits } from './credits.ts';

export interface Explanation {
  title: string;
  text: string;
  /** Trying again may help. */
  retry: boolean;
}

/** What an error means for the person in front of the editor, and what they can do. */
export function explain(error: unknown): Explanation {
  if (!(error instanceof UXFlowError)) {
    return {
      title: 'Something went wrong',
      text: 'The editor met an unexpected problem. Try again.',
      retry: true,
    };
  }
  const detail = error instanceof APIError ? error.detail : error.message;
  switch (error.code) {
    case 'not_found':
      return {
        title: 'This flow is not here',
        text: 'It may have been deleted, or it was never shared with you.',
        retry: false,
      };
    case 'forbidden':
      return {
        title: 'You have no access',
        text: 'You are not allowed to do that in this flow. Ask its owner for access.',
        retry: false,
      };
    case 'unauthenticated':
    case 'token_expired':
    case 'auth_failed':
    case 'origin_not_allowed':
      return {
        title: 'Your session could not be confirmed',
        text: 'Signing in to the editor failed. Try again, or reload the page.',
        retry: true,
      };
    case 'insufficient_credits':
      return {
        title: 'Not enough credits',
        text: `${creditsNeeded(error)}Ask the workspace owner to top up, then send it again.`,
        retry: false,
      };
    case 'budget_exceeded':
      return {
        title: 'Your budget is used up',
        text: `${creditsNeeded(error)}It renews with the next period, or the workspace owner can raise it.`,
        retry: false,
      };
    case 'rate_limited':
      return { title: 'Too many requests', text: 'Wait a moment, then try again.', retry: true };
    case 'credits_unavailable':
      return {
        title: 'Credits cannot be checked right now',
        text: 'Nothing was charged. Try again in a moment.',
        retry: true,
      };
    case 'model_unavailable':
      return {
        title: 'The agent is not available right now',
        text: 'Nothing was charged. Try again in a moment.',
        retry: true,
      };
    case 'connection_error':
    case 'timeout':
      return {
        title: 'No connection',
        text: 'The server could not be reached. Check your connection, then try again.',
        retry: true,
      };
    case 'unknown_record':
    case 'dangling_reference':
      return {
        title: 'Somebody else was faster',
        text: 'What you changed has been deleted meanwhile, so your change was taken back.',
        retry: false,
      };
    case 'limit_exceeded':
    case 'payload_too_large':
      return { title: 'That is too much', text: `${detail}.`.replace(/\.\.$/, '.'), retry: false };
    case 'invalid_request':
      return { title: 'That did not work', text: detail, retry: false };
    case 'internal':
    case 'invalid_response':
      return {
        title: 'The server had a problem',
        text: 'Nothing was changed. Try again in a moment.',
        retry: true,
      };
    default:
      return { title: 'That did not work', text: detail, retry: false };
  }
}

function creditsNeeded(error: UXFlowError): string {
  if (!(error instanceof APIError) || error.required === undefined) return '';
  const available = error.available === undefined ? '' : ` and ${formatCredits(error.available)} are left`;
  return `This run needs up to ${formatCredits(error.required)} credits${available}. `;
}
