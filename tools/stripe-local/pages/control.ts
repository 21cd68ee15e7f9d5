import { Hono } from 'hono';
import { html } from 'hono/html';
import { z } from 'zod';
import type { Scheduler } from '../delivery/scheduler.ts';
import { closeDispute, openDispute, warnOfFraud } from '../engine/disputes.ts';
import { advanceClock } from '../engine/due.ts';
import { authenticateIntent } from '../engine/payments.ts';
import { StripeError } from '../errors.ts';
import { failRefund } from '../objects/refunds.ts';
import { payAsPerson } from '../person.ts';
import type { World } from '../world.ts';
import { act } from './act.ts';
import { type Html, layout } from './layout.ts';

const HOUR = 3_600;
const STEPS: [string, number][] = [
  ['1 hour', HOUR],
  ['1 day', 24 * HOUR],
  ['3 days', 72 * HOUR],
  ['1 week', 7 * 24 * HOUR],
  ['31 days', 31 * 24 * HOUR],
];
const SHOWN = 60;

const probability = z.coerce.number().min(0).max(1);
const faults = z.strictObject({
  duplicates: z.coerce.number().int().min(0).max(5),
  reorder: probability,
  delay: z.coerce.number().int().min(0).max(60_000),
  drop: probability,
});

/**
 * What only a stand-in has: its clock, its webhook deliveries and their faults, and what banks and buyers do, as a page at
 * `/` and as JSON under `/_local`.
 */
export function controlPages(world: World, deliveries: Scheduler): Hono {
  const app = new Hono();

  app.get('/', (context) => context.html(controlPage(world, deliveries)));
  app.get('/healthz', (context) => context.json({ ok: true, now: world.now() }));

  app.get('/_local/clock', (context) => context.json({ now: world.now() }));
  app.get('/_local/deliveries', (context) => context.json({ data: world.store.all('delivery') }));

  const actions: Record<string, (id: string, body: unknown) => unknown> = {
    clock: (_id, body) => {
      const { seconds = 0, days = 0 } = z
        .strictObject({
          seconds: z.coerce.number().int().min(0).optional(),
          days: z.coerce.number().min(0).optional(),
        })
        .parse(body);
      advanceClock(world, seconds + Math.round(days * 24 * HOUR));
      return { now: world.now() };
    },
    faults: (_id, body) => (deliveries.faults = faults.parse(body)),
    resend: (id) => {
      deliveries.resend(id);
      return { event: id };
    },
    pay: (id, body) => {
      const how = z
        .strictObject({
          card: z.string().optional(),
          email: z.string().optional(),
          authenticate: z.boolean().optional(),
        })
        .parse(body);
      return act(world, () => payAsPerson(world, id, how));
    },
    authenticate: (id, body) =>
      act(world, () =>
        authenticateIntent(world, id, z.strictObject({ agreed: z.boolean() }).parse(body).agreed),
      ),
    dispute: (id, body) => {
      const how = z
        .strictObject({
          reason: z.string().optional(),
          inquiry: z.boolean().optional(),
          amount: z.number().int().optional(),
        })
        .parse(body);
      return act(world, () => openDispute(world, id, how));
    },
    'close-dispute': (id, body) =>
      act(world, () =>
        closeDispute(world, id, z.strictObject({ outcome: z.enum(['won', 'lost']) }).parse(body).outcome),
      ),
    'fail-refund': (id) => act(world, () => failRefund(world, id)),
    'warn-of-fraud': (id) => act(world, () => warnOfFraud(world, id)),
  };

  app.post('/_local/deliveries/drain', async (context) => {
    await deliveries.drain();
    return context.json({ data: world.store.all('delivery') });
  });
  app.post('/_local/:action/:id?', async (context) => {
    const { action, id = '' } = context.req.param();
    const run = actions[action];
    if (!run) return context.json({ error: { message: `There is no action ${action}.` } }, 404);
    const fromPage = (context.req.header('Content-Type') ?? '').startsWith(
      'application/x-www-form-urlencoded',
    );
    try {
      const sent = fromPage ? '' : await context.req.text();
      const body: unknown = fromPage ? await context.req.parseBody() : sent === '' ? {} : JSON.parse(sent);
      const result = run(id, body);
      return fromPage ? context.redirect('/', 303) : context.json(result as object);
    } catch (error) {
      if (error instanceof StripeError) return context.json({ error: error.body }, 400);
      if (error instanceof SyntaxError) return context.json({ error: { message: error.message } }, 400);
      if (error instanceof z.ZodError)
        return context.json({ error: { message: z.prettifyError(error) } }, 400);
      throw error;
    }
  });
  return app;
}

function controlPage(world: World, deliveries: Scheduler): Html {
  const events = [...world.store.all('event'), ...world.store.all('thin_event')].slice(-SHOWN).toReversed();
  const sent = world.store.all('delivery');
  const now = new Date(world.now() * 1_000).toISOString().replace('T', ' ').slice(0, 16);
  const { duplicates, reorder, delay, drop } = deliveries.faults;
  const field = (name: string, label: string, value: number, step: string) =>
    html`<div>
      <label for="${name}">${label}</label
      ><input id="${name}" name="${name}" type="number" min="0" step="${step}" value="${value}" />
    </div>`;
  return layout(
    'Control',
    html`<h1>stripe-local</h1>
      <section>
        <h2>Clock</h2>
        <p>
          It is <strong>${now} UTC</strong> here. Renewals, trials, retries and expiries happen as the clock
          passes them.
        </p>
        <div class="actions">
          ${STEPS.map(
            ([label, seconds]) =>
              html`<form method="post" action="/_local/clock" class="inline">
                <input type="hidden" name="seconds" value="${seconds}" /><button>Advance ${label}</button>
              </form>`,
          )}
        </div>
      </section>
      <section>
        <h2>Faults of webhook delivery</h2>
        <form method="post" action="/_local/faults">
          <div class="row">
            ${field('duplicates', 'Extra copies, up to', duplicates, '1')}
            ${field('reorder', 'Held back (0 to 1)', reorder, '0.05')}
            ${field('delay', 'Delay, up to ms', delay, '1')}
            ${field('drop', 'Lost on the way (0 to 1)', drop, '0.05')}
          </div>
          <div class="actions"><button>Set faults</button></div>
        </form>
      </section>
      <section>
        <h2>Endpoints</h2>
        <ul class="lines">
          ${[...world.store.all('webhook_endpoint'), ...world.store.all('event_destination')].map(
            (each) =>
              html`<li>
                <code>${'url' in each ? each.url : (each.webhook_endpoint?.url ?? '')}</code
                ><span class="tag">${each.status}</span>
              </li>`,
          )}
        </ul>
      </section>
      <section>
        <h2>The last ${SHOWN} events</h2>
        <div class="scroll" tabindex="0" role="region" aria-label="Events">
          <table>
            <thead>
              <tr>
                <th>Event</th>
                <th>When</th>
                <th>Deliveries</th>
                <th></th>
              </tr>
            </thead>
            <tbody>
              ${events.map((event) => {
                const own = sent.filter((each) => each.event === event.id);
                const at =
                  typeof event.created === 'number'
                    ? new Date(event.created * 1_000).toISOString()
                    : event.created;
                return html`<tr>
                  <td>${event.type}<br /><code>${event.id}</code></td>
                  <td>${at.slice(0, 16).replace('T', ' ')}</td>
                  <td>
                    ${own.map((each) => html`<span class="tag">${each.state} · ${each.attempts.length}</span> `)}
                  </td>
                  <td>
                    <form method="post" action="/_local/resend/${event.id}" class="inline">
                      <button aria-label="Send again: ${event.type}">Send again</button>
                    </form>
                  </td>
                </tr>`;
              })}
            </tbody>
          </table>
        </div>
      </section>`,
    true,
  );
}
