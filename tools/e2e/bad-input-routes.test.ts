import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorkspace } from '../lib/operator.ts';
import { type Product, startProduct } from '../lib/product.ts';
import { BODIES, documentedOperations, type Operation, WITHOUT_BODY } from './bad-input/operations.ts';
import { documentOf } from './bad-input/samples.ts';
import {
  type Call,
  caller,
  endOf,
  expectProblem,
  type JsonObject,
  possessions,
  proposedTo,
  type Send,
} from './black-box.ts';

const RUN = { agent: 'designer', prompt: 'The visitor pays.' };

describe('every documented route', () => {
  let product: Product;
  let key: string;
  let call: Call;
  let before: JsonObject;
  const expectUnchanged = async () => expect(await possessions(call)).toEqual(before);

  beforeAll(async () => {
    product = await startProduct();
    const operator = { baseUrl: product.api, operatorToken: product.operatorToken };
    ({ key } = await createWorkspace(operator, 'Mine', 500_000_000));
    call = caller(product.api, key);
    await call({ method: 'POST', path: '/v1/flows', json: { name: 'Mine', document: documentOf() } });
    before = await possessions(call);
  });
  afterAll(() => product?.stop());

  describe('another workspace', () => {
    test('cannot reach a flow, run or key by its id on any documented route; its owner can', async () => {
      const other = await createWorkspace(
        { baseUrl: product.api, operatorToken: product.operatorToken },
        'Other',
        500_000_000,
      );
      const victim = caller(product.api, other.key);
      const flow = String(
        (
          await victim({
            method: 'POST',
            path: '/v1/flows',
            json: { name: 'Secret', document: documentOf() },
          })
        ).body['id'],
      );
      const run = String(
        (await victim({ method: 'POST', path: `/v1/flows/${flow}/runs`, json: RUN })).body['id'],
      );
      await endOf(victim, run);
      const spare = String(
        (await victim({ method: 'POST', path: '/v1/api-keys', json: { name: 'Spare' } })).body['id'],
      );
      const claims = {
        user: { id: 'mia', name: 'Mia' },
        flows: { '*': 'edit', [flow]: 'edit' },
        agents: true,
      };
      const minted = await call({ method: 'POST', path: '/v1/client-tokens', json: claims });
      const token = String(minted.body['token']);
      const named = await victim({
        method: 'POST',
        path: `/v1/flows/${flow}/versions`,
        json: { name: 'Kept' },
      });
      const version = String(named.body['id']);
      const [proposal, rejected] = [await proposedTo(victim, flow), await proposedTo(victim, flow)];
      const theirs = await possessions(victim);

      const operations = (await documentedOperations(call)).filter(({ path }) =>
        /\{(flow|run|key)Id\}/.test(path),
      );
      expect(operations.length).toBeGreaterThan(15);
      const request = ({ operationId, method, path }: Operation): Send => {
        const filled =
          path
            .replace('{flowId}', flow)
            .replace('{versionId}', version)
            .replace('{proposalId}', operationId === 'rejectProposal' ? rejected : proposal)
            .replace('{runId}', run)
            .replace('{keyId}', spare) + (operationId === 'diffFlow' ? '?from=0' : '');
        const json = BODIES[operationId];
        if (['POST', 'PATCH', 'PUT'].includes(method) && !json && !WITHOUT_BODY.includes(operationId))
          throw new Error(`${operationId} needs a sample body here`);
        return { method, path: filled, ...(json && { json }) };
      };
      for (const operation of operations) {
        for (const credential of operation.path.includes('{keyId}') ? [key] : [key, token]) {
          expectProblem(await call({ ...request(operation), as: credential }), {
            status: 404,
            code: 'not_found',
          });
        }
      }
      expect(await possessions(victim)).toEqual(theirs);
      await expectUnchanged();

      // What others need is ended last; a plain GET cannot open the socket.
      const last = ['undo', 'redo', 'revokeApiKey', 'deleteFlow', 'restoreFlow'];
      const ordered = [
        ...operations.filter(({ operationId }) => !last.includes(operationId)),
        ...last.flatMap((id) => operations.filter(({ operationId }) => operationId === id)),
      ];
      for (const operation of ordered.filter(({ operationId }) => operationId !== 'connectFlow')) {
        const answer = await victim(request(operation));
        expect(answer.status, `${operation.operationId}: ${answer.text.slice(0, 200)}`).toBeLessThan(300);
        if (operation.operationId === 'createRun') await endOf(victim, String(answer.body['id']));
      }
    });
  });

  describe('a body', () => {
    test.each([
      ['a field', { json: { at: 3 } }],
      ['a list', { json: [] }],
      ['half an object', { raw: '{' }],
      ['bytes that are no text', { raw: new Uint8Array([0xff, 0xfe, 0x00]) }],
    ])('where none belongs is refused, not ignored: %s', async (_, sent) => {
      const [flow] = (await call({ method: 'GET', path: '/v1/flows' })).body['data'] as { id: string }[];
      for (const path of [`/v1/flows/${flow?.id}/undo`, `/v1/flows/${flow?.id}/redo`]) {
        expectProblem(await call({ method: 'POST', path, ...sent }), {
          status: 422,
          code: 'invalid_request',
        });
      }
      await expectUnchanged();
    });
  });

  describe('a method', () => {
    test('that a path does not have is 405 with those that it has, for whoever asks', async () => {
      const operations = await documentedOperations(call);
      const paths = [...new Set(operations.map(({ path }) => path))];
      expect(paths.length).toBeGreaterThan(20);
      const id = '01KA3Y5V0D3T0X1W9G2B7C4M8Q';
      for (const path of paths) {
        const has = operations
          .filter((operation) => operation.path === path)
          .map(({ method }) => method)
          .sort();
        const filled = path
          .replace('{flowId}', `flw_${id}`)
          .replace('{versionId}', `ver_${id}`)
          .replace('{proposalId}', `prp_${id}`)
          .replace('{runId}', `run_${id}`)
          .replace('{keyId}', `key_${id}`)
          .replace('{endpointId}', `whk_${id}`)
          .replace('{deliveryId}', `dlv_${id}`)
          .replace('{workspaceId}', `ws_${id}`);
        for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].filter(
          (wanted) => !has.includes(wanted),
        )) {
          // `import` stands where an id would: flows have these methods, and no flow has that id.
          if (path === '/v1/flows/import') continue;
          const answer = await call({
            method,
            path: filled,
            as: method === 'PUT' ? null : key,
            ...(method !== 'GET' && { json: {} }),
          });
          expectProblem(answer, { status: 405, code: 'method_not_allowed' });
          expect(answer.headers.get('allow')?.split(', ').sort(), `${method} ${path}`).toEqual(has);
        }
      }
      await expectUnchanged();
    });

    test.each([
      '/v1/nothing',
      '/v1/flows/',
      '//v1/flows',
      '/v2/flows',
      '/.env',
      '/v1/flows/..%2f..',
      '/v1/flows/%00',
      '/v1/flows/%E0%A4%A',
      '/__scheduled',
    ])('on %s finds nothing', async (path) => {
      expectProblem(await call({ path }), { status: 404, code: 'not_found' });
    });
  });
});
