import type { Stripe } from 'stripe';
import { advanceTestClock } from '../engine/due.ts';
import { invalid } from '../errors.ts';
import type { Objects } from '../kinds.ts';
import { page } from '../list.ts';
import { PAGE, params, text, time } from '../params.ts';
import { route } from '../route.ts';
import { DAY } from '../world.ts';

type TestClock = Objects['test_helpers.test_clock'];

export const testClockRoutes = [
  route(
    'POST',
    '/v1/test_helpers/test_clocks',
    params<Stripe.TestHelpers.TestClockCreateParams>()({ frozen_time: time, name: text.optional() }),
    (world, input) => {
      const clock = {
        id: world.newId('clock'),
        object: 'test_helpers.test_clock',
        created: world.now(),
        deletes_after: world.now() + 30 * DAY,
        frozen_time: input.frozen_time,
        livemode: false,
        name: input.name ?? null,
        status: 'ready',
        status_details: {},
      } satisfies TestClock;
      world.store.put('test_helpers.test_clock', clock);
      world.emit('test_helpers.test_clock.created', clock);
      return clock;
    },
  ),
  route('GET', '/v1/test_helpers/test_clocks/:id', params<object>()({}), (world, _input, { id }) =>
    world.store.need('test_helpers.test_clock', id),
  ),
  route(
    'GET',
    '/v1/test_helpers/test_clocks',
    params<Stripe.TestHelpers.TestClockListParams>()(PAGE),
    (world, input) => page('/v1/test_helpers/test_clocks', world.store.all('test_helpers.test_clock'), input),
  ),
  route('DELETE', '/v1/test_helpers/test_clocks/:id', params<object>()({}), (world, _input, { id }) => {
    const clock = world.store.need('test_helpers.test_clock', id);
    for (const customer of world.store.all('customer')) {
      if ('test_clock' in customer && customer.test_clock === id) world.store.remove('customer', customer.id);
    }
    for (const subscription of world.store.all('subscription')) {
      if (subscription.test_clock === id)
        world.update('subscription', subscription.id, { status: 'canceled' });
    }
    world.store.remove('test_helpers.test_clock', id);
    world.emit('test_helpers.test_clock.deleted', clock);
    return {
      id,
      object: 'test_helpers.test_clock',
      deleted: true,
    } satisfies Stripe.TestHelpers.DeletedTestClock;
  }),
  route(
    'POST',
    '/v1/test_helpers/test_clocks/:id/advance',
    params<Stripe.TestHelpers.TestClockAdvanceParams>()({ frozen_time: time }),
    (world, input, { id }) => {
      const before = world.store.need('test_helpers.test_clock', id);
      if (input.frozen_time <= before.frozen_time) {
        throw invalid('A test clock goes forward alone.', 'frozen_time');
      }
      const advancing = world.update('test_helpers.test_clock', id, {
        status: 'advancing',
        status_details: { advancing: { target_frozen_time: input.frozen_time } },
      });
      world.emit('test_helpers.test_clock.advancing', advancing);
      advanceTestClock(world, id, input.frozen_time);
      const ready = world.update('test_helpers.test_clock', id, { status: 'ready', status_details: {} });
      world.emit('test_helpers.test_clock.ready', ready);
      // As Stripe answers: it takes a while there, and whoever asks next finds it ready here.
      return { ...advancing, frozen_time: before.frozen_time };
    },
  ),
];
