// The list of channels. A new channel is one file here and one line below.

import { setFlagsFromString } from 'node:v8';
import type { ChannelName } from '../match/notice.ts';
import type { Carrier, CarrierOptions } from './carrier.ts';
import type { Channel } from './channel.ts';
import type { EmailOptions } from './email.ts';
import type { OperatorOptions } from './operator.ts';
import type { WebhookOptions } from './webhook.ts';

export type ChannelOptions = EmailOptions & OperatorOptions & WebhookOptions & CarrierOptions;

type OpenCarrier = () => Promise<Carrier>;

/** Loaded when first used: most runs have nothing to send. */
const CHANNELS: {
  [Name in ChannelName]: (options: ChannelOptions, carrier: OpenCarrier) => Promise<Channel<Name>>;
} = {
  email: async (options, carrier) => (await import('./email.ts')).openEmail(options, await carrier()),
  letter: async (options, carrier) => (await import('./letter.ts')).openLetter(options, await carrier()),
  operator: async (options, carrier) =>
    (await import('./operator.ts')).openOperator(options, await carrier()),
  webhook: async (options) => (await import('./webhook.ts')).openWebhook(options),
};

/** The channels of one run: each is opened when first used, and all that were are closed together. */
export interface Channels {
  open<Name extends ChannelName>(name: Name): Promise<Channel<Name>>;
  close(): Promise<void>;
}

export function openChannels(options: ChannelOptions): Channels {
  const opened = new Map<ChannelName, Promise<Pick<Channel, 'close'>>>();
  let carrier: Promise<Carrier> | undefined;
  /** One for all mails: the limits of the mail server hold for both together. */
  const openCarrier: OpenCarrier = () => {
    carrier ??= import('./carrier.ts').then((module) => module.openCarrier(options));
    carrier.catch(() => {
      carrier = undefined;
    });
    return carrier;
  };
  return {
    open<Name extends ChannelName>(name: Name) {
      const before = opened.get(name) as Promise<Channel<Name>> | undefined;
      if (before !== undefined) return before;
      growSlowly(name);
      const channel = CHANNELS[name](options, openCarrier);
      opened.set(name, channel);
      // What cannot be opened is tried anew: a key file may have been mended meanwhile.
      channel.catch(() => opened.delete(name));
      return channel;
    },
    async close() {
      // One that could not be opened was told of when it was used.
      const channels = await Promise.allSettled(opened.values());
      await Promise.all(channels.map((channel) => channel.status === 'fulfilled' && channel.value.close()));
      await carrier?.then(
        ({ close }) => close(),
        () => undefined,
      );
    },
  };
}

/**
 * A message is made of much that lives for a moment, and the engine would rather take more memory than clear it away.
 * It looks at these each time it decides: a delivery of any length holds a third less, at the same speed for mails. So
 * much less is made for webhooks that keeping its youngest part small would only slow them down.
 */
function growSlowly(name: ChannelName): void {
  setFlagsFromString('--heap-growing-percent=20');
  if (name !== 'webhook') setFlagsFromString('--semi-space-growth-factor=1');
}
