import { ANY_BODY, bad, body, type Family, header, invalid, long, post, query, raw } from './family.ts';
import { COMMIT, CREATE_FLOW } from './documents.ts';
import { documentOf, edge, times } from './samples.ts';

const RUN: Family = {
  name: 'POST /v1/flows/:id/runs',
  good: ({ flowId }) =>
    post(`/v1/flows/${flowId}/runs`, { agent: 'designer', prompt: 'The visitor signs in.' }),
  succeeds: 201,
  bad: [
    ...ANY_BODY,
    invalid('no prompt', body({ prompt: undefined }), 'prompt'),
    invalid('an empty prompt', body({ prompt: '' }), 'prompt'),
    invalid('a blank prompt', body({ prompt: ' \n\t\u3000 ' }), 'prompt'),
    invalid('a prompt of invisible characters', body({ prompt: '\u200b\u2060\ufeff' }), 'prompt'),
    invalid('a prompt of 100 KB', body({ prompt: 'word '.repeat(20_480) }), 'prompt'),
    bad('a prompt of 300 KB', body({ prompt: long(300_000) }), 413, 'payload_too_large'),
    invalid('a prompt that is a list', body({ prompt: ['sign in'] }), 'prompt'),
    invalid('no agent', body({ agent: undefined }), 'agent'),
    invalid('an unknown agent', body({ agent: 'wizard' }), 'agent'),
    invalid('an unknown model', body({ model: 'gpt-nothing' }), 'model'),
    bad(
      'a model that is not configured',
      body({ model: 'openai-compatible' }),
      503,
      'model_unavailable',
      'model',
    ),
    invalid('an unknown mode', body({ mode: 'dream' }), 'mode'),
    invalid('maxCredits 0', body({ maxCredits: 0 }), 'maxCredits'),
    invalid('maxCredits below the minimum', body({ maxCredits: 499_999 }), 'maxCredits'),
    invalid('negative maxCredits', body({ maxCredits: -1 }), 'maxCredits'),
    invalid('half a micro-credit', body({ maxCredits: 600_000.5 }), 'maxCredits'),
    invalid(
      'maxCredits beyond any number',
      raw('{"agent":"designer","prompt":"x","maxCredits":1e400}'),
      'maxCredits',
    ),
    {
      ...invalid(
        'an empty prompt of someone who wants a stream',
        (good) => header('accept', 'text/event-stream')(body({ prompt: '' })(good)),
        'prompt',
      ),
    },
  ],
};

const TOKEN: Family = {
  name: 'POST /v1/client-tokens',
  good: () => post('/v1/client-tokens', { user: { id: 'mia', name: 'Mia' }, flows: { '*': 'edit' } }),
  succeeds: 201,
  bad: [
    ...ANY_BODY,
    invalid('no user', body({ user: undefined }), 'user'),
    invalid('a user without name', body({ user: { id: 'mia', name: ' ' } }), 'user.name'),
    invalid(
      'a script as avatar',
      body({ user: { id: 'mia', name: 'Mia', avatarUrl: 'javascript:alert(1)' } }),
      'user.avatarUrl',
    ),
    invalid('no flows', body({ flows: undefined }), 'flows'),
    invalid('an unknown permission', body({ flows: { '*': 'own' } }), 'flows.*'),
    invalid('a scope that is none', body({ flows: { 'workspace:x': 'edit' } }), 'flows.workspace:x'),
    invalid(
      '101 scopes',
      body({ flows: Object.fromEntries(times(101, (at) => [`tenant:t${at}`, 'view'])) }),
      'flows',
    ),
    invalid('16 minutes', body({ expiresInSeconds: 960 }), 'expiresInSeconds'),
    invalid('an origin with a path', body({ origins: ['https://app.example/embed'] }), 'origins.0'),
    invalid('a negative budget', body({ budget: { credits: -1, per: 'day' } }), 'budget.credits'),
    invalid('a budget per year', body({ budget: { credits: 1, per: 'year' } }), 'budget.per'),
    invalid(
      'an unknown field of the user',
      body({ user: { id: 'mia', name: 'Mia', admin: true } }),
      'user.admin',
    ),
  ],
};

const OTHERS: Family[] = [
  {
    name: 'PATCH /v1/flows/:id',
    good: ({ flowId }) => ({ method: 'PATCH', path: `/v1/flows/${flowId}`, json: { name: 'Another name' } }),
    succeeds: 200,
    bad: [
      ...ANY_BODY.filter(({ name }) => !name.includes('Idempotency')),
      invalid('a name of 201 characters', body({ name: long(201) }), 'name'),
      invalid('half a surrogate pair', raw('{"name":"\\udc00"}'), 'name'),
      invalid('the document', body({ document: documentOf() }), 'document'),
    ],
  },
  {
    name: 'POST /v1/flows/:id/layout',
    good: ({ flowId }) => post(`/v1/flows/${flowId}/layout`, { direction: 'LR' }),
    succeeds: 200,
    bad: [
      ...ANY_BODY,
      invalid('an unknown direction', body({ direction: 'UP' }), 'direction'),
      invalid('no nodes at all', body({ nodeIds: [] }), 'nodeIds'),
      bad('a missing node', body({ nodeIds: ['a', 'gone'] }), 422, 'unknown_record', 'nodeIds.1'),
    ],
  },
  {
    name: 'POST /v1/flows/import',
    good: () => post('/v1/flows/import', { format: 'mermaid', source: 'flowchart TD\n A-->B' }),
    succeeds: 201,
    bad: [
      ...ANY_BODY,
      invalid('an unknown format', body({ format: 'visio' }), 'format'),
      invalid('an empty source', body({ source: '' }), 'source'),
      invalid('Mermaid that is none', body({ source: 'hello' }), 'source'),
      invalid('JSON that is none', body({ format: 'json', source: '{' }), 'source'),
      invalid('JSON that is no flow', body({ format: 'json', source: '{"name": 1}' }), 'source.name'),
      bad(
        'an edge to a missing node',
        body({ format: 'json', source: JSON.stringify(documentOf({ edges: [edge('e', 'a', 'gone')] })) }),
        422,
        'dangling_reference',
        'source.edges.e.target',
      ),
    ],
  },
  {
    name: 'POST /v1/api-keys',
    good: () => post('/v1/api-keys', { name: 'Server' }),
    succeeds: 201,
    bad: [
      ...ANY_BODY,
      invalid('a blank name', body({ name: ' ' }), 'name'),
      invalid('an unknown mode', body({ mode: 'prod' }), 'mode'),
    ],
  },
  {
    name: 'POST /v1/api-keys/:id/rotate',
    good: ({ spareKeyId }) => post(`/v1/api-keys/${spareKeyId}/rotate`, { overlapSeconds: 60 }),
    succeeds: 201,
    bad: [
      ...ANY_BODY,
      invalid('a negative overlap', body({ overlapSeconds: -1 }), 'overlapSeconds'),
      invalid('an overlap of a year', body({ overlapSeconds: 31_536_000 }), 'overlapSeconds'),
    ],
  },
  {
    name: 'POST /v1/client-tokens/revoke',
    good: () => post('/v1/client-tokens/revoke', { userId: 'nobody' }),
    succeeds: 204,
    bad: [
      ...ANY_BODY.filter(({ field }) => field !== 'color' && field !== '__proto__' && field !== 'deep'),
      invalid('neither token nor user', body({ userId: undefined })),
    ],
  },
  {
    name: 'GET /v1/flows/:id',
    good: ({ flowId }) => ({ path: `/v1/flows/${flowId}` }),
    succeeds: 200,
    bad: [
      invalid('a negative clock', query('at=-1'), 'at'),
      invalid('a clock in words', query('at=yesterday'), 'at'),
      bad('a clock in the future', query('at=100000'), 404, 'not_found'),
      invalid('an unknown parameter', query('verbose=1'), 'verbose'),
    ],
  },
  {
    name: 'GET /v1/flows/:id/export',
    good: ({ flowId }) => ({ path: `/v1/flows/${flowId}/export` }),
    succeeds: 200,
    bad: [invalid('an unknown format', query('format=exe'), 'format')],
  },
  {
    name: 'GET /v1/usage',
    good: () => ({ path: '/v1/usage' }),
    succeeds: 200,
    bad: [
      invalid('an unknown grouping', query('groupBy=planet'), 'groupBy'),
      invalid('a day that does not exist', query('from=2026-02-30'), 'from'),
      invalid('an end before the beginning', query('from=2026-02-02&to=2026-01-01'), 'from'),
      invalid('ten years', query('from=2016-01-01&to=2026-01-01'), 'from'),
    ],
  },
  {
    name: 'GET /v1/runs/:id/stream',
    good: ({ runId }) => ({ path: `/v1/runs/${runId}/stream` }),
    succeeds: 200,
    bad: [invalid('an event id that is none', header('last-event-id', 'first'), 'last-event-id')],
  },
  ...['/v1/flows', '/v1/flows/:id/commits', '/v1/flows/:id/runs', '/v1/api-keys', '/v1/credits/entries'].map(
    (path): Family => ({
      name: `GET ${path}`,
      good: ({ flowId }) => ({ path: path.replace(':id', flowId) }),
      succeeds: 200,
      bad: [
        invalid('a limit of 0', query('limit=0'), 'limit'),
        invalid('a limit of 101', query('limit=101'), 'limit'),
        invalid('a limit in words', query('limit=all'), 'limit'),
        invalid('two limits', query('limit=1&limit=2'), 'limit'),
        invalid('a cursor of nobody', query('cursor=abc'), 'cursor'),
        invalid('a cursor of another shape', query(`cursor=${btoa('[{"id":1}]')}`), 'cursor'),
        invalid('a cursor of 600 characters', query(`cursor=${long(600)}`), 'cursor'),
        invalid('an unknown parameter', query('page=2'), 'page'),
      ],
    }),
  ),
];

/** Every kind of request, and what can be wrong with each. */
export const FAMILIES: Family[] = [CREATE_FLOW, COMMIT, RUN, TOKEN, ...OTHERS];
