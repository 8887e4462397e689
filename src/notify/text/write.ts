// verdict -> words: the message to one reader, by the kind of event it tells of.

import type { EventOf, EventType } from '../../event/event.ts';
import type { NoticeOf } from '../../match/notice.ts';
import { writeCorrected } from './corrected.ts';
import type { Message, Sender } from './message.ts';
import { writePublished } from './published.ts';
import { writeWithdrawn } from './withdrawn.ts';

type Write<Type extends EventType> = (
  event: EventOf<Type>,
  notice: NoticeOf<'email'>,
  sender: Sender,
) => Message | null;

/** `null`: readers get no message of it. What is special about a draw is said when it is published. */
const WRITERS: { [Type in EventType]: Write<Type> | null } = {
  'draw.published': writePublished,
  'draw.corrected': writeCorrected,
  'draw.withdrawn': writeWithdrawn,
  'draw_type.new': null,
  'draw_type.returned': null,
  'category.revised': null,
  'record.set': null,
  'source.failing': null,
  'source.recovered': null,
  'source.quiet': null,
  'source.quarantined': null,
  'source.moved': null,
  'endpoint.disabled': null,
  'mail.stopped': null,
  'mail.resumed': null,
};

/** What a notice says to its reader; `null` where nothing is to be said. */
export function writeMessage(notice: NoticeOf<'email'>, sender: Sender): Message | null {
  const write = WRITERS[notice.event.type] as Write<EventType> | null;
  return write === null ? null : write(notice.event, notice, sender);
}
