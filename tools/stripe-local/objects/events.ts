import type { Stripe } from 'stripe';
import { z } from 'zod';
import { missing } from '../errors.ts';
import { page } from '../list.ts';
import { bool, id, PAGE, params, seconds, text } from '../params.ts';
import { route } from '../route.ts';

export const eventRoutes = [
  route('GET', '/v1/events/:id', params<object>()({}), (world, _input, { id }) =>
    world.store.need('event', id),
  ),
  route(
    'GET',
    '/v1/events',
    params<Stripe.EventListParams>()({
      ...PAGE,
      created: seconds.optional(),
      delivery_success: bool.optional(),
      type: text.optional(),
      types: z.array(text).max(20).optional(),
    }),
    (world, input) => {
      const matches = (type: string, wanted: string) =>
        wanted.endsWith('.*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
      const undelivered = (event: string) =>
        world.store.all('delivery').some((each) => each.event === event && each.state !== 'delivered');
      const found = world.store
        .all('event')
        .filter(
          (event) =>
            (input.type === undefined || matches(event.type, input.type)) &&
            (input.types === undefined || input.types.some((type) => matches(event.type, type))) &&
            (input.delivery_success === undefined || undelivered(event.id) !== input.delivery_success),
        );
      return page('/v1/events', found, input);
    },
  ),
  route('GET', '/v2/core/events/:id', z.object({}), (world, _input, { id: eventId }) => {
    const event = world.store.get('thin_event', id.parse(eventId));
    if (!event) throw missing('event', eventId);
    return event;
  }),
];
