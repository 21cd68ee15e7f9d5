import { ApiError } from '../platform/errors.ts';

/** What one model costs. Amounts: integer micro-credits (1 credit = 1,000,000 = one US cent at list price). */
export interface ModelPrice {
  /** Per 1,000 prompt tokens that were not read from a cache. */
  readonly inputPer1k: number;
  /** Per 1,000 prompt tokens read from the provider's cache. */
  readonly cachedPer1k: number;
  /** Per 1,000 tokens the model wrote, thinking included. */
  readonly outputPer1k: number;
  /** The least that a run costs which costs anything at all. */
  readonly minimumPerRun: number;
}

/**
 * The price table: twice the provider's undiscounted list price, so that the end of an introductory price never
 * makes a run a loss; where long prompts cost more (2.5 Pro), the higher tier. A model that is not here cannot be run.
 * `openai-compatible` stands for every model behind the configured endpoint.
 */
export const PRICES = {
  local: { inputPer1k: 50_000, cachedPer1k: 10_000, outputPer1k: 250_000, minimumPerRun: 500_000 },
  'openai-compatible': {
    inputPer1k: 100_000,
    cachedPer1k: 50_000,
    outputPer1k: 400_000,
    minimumPerRun: 500_000,
  },
  'gemini-4-argon': {
    inputPer1k: 800_000,
    cachedPer1k: 40_000,
    outputPer1k: 4_000_000,
    minimumPerRun: 1_000_000,
  },
  'gemini-4-carbon': {
    inputPer1k: 800_000,
    cachedPer1k: 40_000,
    outputPer1k: 4_000_000,
    minimumPerRun: 1_000_000,
  },
  'gemini-4-hydrogen': {
    inputPer1k: 300_000,
    cachedPer1k: 30_000,
    outputPer1k: 1_500_000,
    minimumPerRun: 1_000_000,
  },
  'gemini-3.8-flash': {
    inputPer1k: 300_000,
    cachedPer1k: 30_000,
    outputPer1k: 1_500_000,
    minimumPerRun: 1_000_000,
  },
  'gemini-3.7-flash': {
    inputPer1k: 300_000,
    cachedPer1k: 30_000,
    outputPer1k: 1_500_000,
    minimumPerRun: 1_000_000,
  },
  'gemini-3.5-flash': {
    inputPer1k: 300_000,
    cachedPer1k: 30_000,
    outputPer1k: 1_800_000,
    minimumPerRun: 1_000_000,
  },
  'gemini-3.5-flash-lite': {
    inputPer1k: 60_000,
    cachedPer1k: 6_000,
    outputPer1k: 500_000,
    minimumPerRun: 500_000,
  },
  'gemini-2.5-pro': {
    inputPer1k: 500_000,
    cachedPer1k: 50_000,
    outputPer1k: 3_000_000,
    minimumPerRun: 1_000_000,
  },
  'gemini-2.5-flash': {
    inputPer1k: 60_000,
    cachedPer1k: 6_000,
    outputPer1k: 500_000,
    minimumPerRun: 500_000,
  },
  'gemini-2.5-flash-lite': {
    inputPer1k: 20_000,
    cachedPer1k: 2_000,
    outputPer1k: 80_000,
    minimumPerRun: 500_000,
  },
} as const satisfies Record<string, ModelPrice>;

const OPENAI_COMPATIBLE = 'openai-compatible';

/**
 * The price of `model`, or null when it has none. `openai-compatible/<name>` and `openai-compatible:<name>` are priced as
 * `openai-compatible`.
 */
export function priceOf(model: string): ModelPrice | null {
  const id = /^openai-compatible[/:]/.test(model) ? OPENAI_COMPATIBLE : model;
  return Object.hasOwn(PRICES, id) ? PRICES[id as keyof typeof PRICES] : null;
}

function requirePrice(model: string): ModelPrice {
  const price = priceOf(model);
  if (price) return price;
  throw new ApiError(
    'invalid_request',
    `There is no price for the model '${model}'. Use one of GET /v1/credits/pricing.`,
    {
      param: 'model',
    },
  );
}

/** Tokens that one model used in a run, all its steps summed. */
export interface ModelUsage {
  model: string;
  /** Every prompt token, cached ones included (as the AI SDK's `usage.inputTokens`). */
  inputTokens: number;
  /** Those of `inputTokens` that came from the provider's cache. */
  cachedTokens: number;
  /** Every token the model wrote, thinking included. */
  outputTokens: number;
}

/** One line of a run's bill. */
export interface CostItem extends ModelUsage {
  cost: number;
}

/**
 * What these tokens cost, in micro-credits, before the minimum of a run. Integer arithmetic; rounded up once per item
 * to the next micro-credit, so splitting an item never makes it cheaper.
 */
export function itemCost(usage: ModelUsage): number {
  const { inputPer1k, cachedPer1k, outputPer1k } = requirePrice(usage.model);
  const input = count(usage.inputTokens, 'inputTokens');
  const cached = Math.min(count(usage.cachedTokens, 'cachedTokens'), input);
  const output = count(usage.outputTokens, 'outputTokens');
  return Math.ceil(((input - cached) * inputPer1k + cached * cachedPer1k + output * outputPer1k) / 1000);
}

/** What bounds a run beforehand. The agent loop must keep to these caps, or the quote bounds nothing. */
export interface QuoteInput {
  model: string;
  /** Tokens of the user's prompt. */
  promptTokens: number;
  /** Tokens of the flow document as the model is shown it. */
  documentTokens: number;
  /** Tokens of instructions and tool schemas, sent again with each step. */
  overheadTokens: number;
  /** Model calls of the run at most. */
  maxSteps: number;
  /** Tokens the model may write in the whole run. */
  maxOutputTokens: number;
  /** Tokens of tool results that one step adds to the conversation at most. */
  toolResultTokens: number;
}

/**
 * The most that a run within these caps can cost, in micro-credits; this is what is held. Worst case: nothing cached, all
 * output written in the first step and read again by every later one, full tool results after each step. Never below
 * the model's minimum per run. The same input gives the same quote.
 */
export function quote(input: QuoteInput): number {
  const steps = Math.max(1, count(input.maxSteps, 'maxSteps'));
  const output = count(input.maxOutputTokens, 'maxOutputTokens');
  const sentEachStep =
    count(input.promptTokens, 'promptTokens') +
    count(input.documentTokens, 'documentTokens') +
    count(input.overheadTokens, 'overheadTokens');
  const toolResults = ((steps * (steps - 1)) / 2) * count(input.toolResultTokens, 'toolResultTokens');
  const inputTokens = steps * sentEachStep + toolResults + (steps - 1) * output;
  const cost = itemCost({ model: input.model, inputTokens, cachedTokens: 0, outputTokens: output });
  return Math.max(cost, requirePrice(input.model).minimumPerRun);
}

/**
 * The bill of a run: one item per usage, and `cost` = Σ `items`, to the unit. When something was used, the last item is
 * raised to the highest minimum of the models used; when a provider counts more than was quoted, items are cut from the
 * last one back so that `cost` never passes `held`. Nothing used costs nothing.
 */
export function price(usages: readonly ModelUsage[], held: number): { items: CostItem[]; cost: number } {
  const items = usages.map((usage) => ({ ...usage, cost: itemCost(usage) }));
  const last = items.at(-1);
  const used = items.reduce((sum, item) => sum + item.cost, 0);
  if (!last || used === 0) return { items, cost: 0 };
  const minimum = Math.max(...items.map((item) => requirePrice(item.model).minimumPerRun));
  last.cost += Math.max(0, minimum - used);
  let excess = Math.max(used, minimum) - held;
  for (const item of items.toReversed()) {
    if (excess <= 0) break;
    const cut = Math.min(excess, item.cost);
    item.cost -= cut;
    excess -= cut;
  }
  return { items, cost: items.reduce((sum, item) => sum + item.cost, 0) };
}

/** Token counts come from providers, so they are checked where they turn into money. */
function count(value: number, name: string): number {
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new ApiError(
    'invalid_request',
    `${name} must be a whole number of tokens, 0 or more, not ${value}.`,
    { param: name },
  );
}
