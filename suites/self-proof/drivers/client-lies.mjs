// Lies about a client that is made or used in another way than the ordinary one: lies.mjs tells them.
import { exchange, honest, unsettled } from './stand-in.mjs';

export const clientLies = {
  'doubles-slash': { basePath: ({ base_url: base }) => new URL(`${base}/`).pathname.replace(/\/$/, '') },
  'drops-base-path': { basePath: () => '' },
  'speaks-plain-text': { baseOfBareHost: (host) => `http://${host}` },
  'drops-additional-header': { added: () => ({}) },
  'doubles-the-key': {
    headers: ({ key, order }) => ({
      ...honest.headers({ key }),
      'Api-Key': [
        key,
        ...Object.entries(order.client.headers ?? {}).flatMap(([name, value]) =>
          /^api-key$/i.test(name) ? [value] : [],
        ),
      ],
    }),
  },
  'sends-both-versions': {
    headers: ({ key, order }) => {
      const own = honest.headers({ key });
      const [added] = Object.entries(order.client.headers ?? {}).filter(([name]) =>
        /^x-pinecone-api-version$/i.test(name),
      );
      const both = [own['X-Pinecone-Api-Version'], ...(added?.slice(1) ?? [])];
      return { ...own, 'X-Pinecone-Api-Version': both };
    },
  },
  'logs-the-key-when-it-debugs': {
    before: (order) => {
      if (process.env.PINECONE_DEBUG_CURL === 'true') process.stderr.write(`curl -H "Api-Key: ${order.api_key}"\n`);
    },
  },
  'takes-the-key-of-the-environment': {
    headers: ({ key }) => honest.headers({ key: process.env.PINECONE_API_KEY ?? key }),
  },
  'takes-the-host-of-the-environment': {
    exchange: (self, order, index) =>
      exchange(self, { ...order, base_url: process.env.PINECONE_CONTROLLER_HOST ?? order.base_url }, index),
  },
  'takes-headers-of-the-environment': {
    headers: ({ key }) => {
      const added = JSON.parse(process.env.PINECONE_ADDITIONAL_HEADERS ?? '{}');
      const other = added['api-key'];
      return { ...honest.headers({ key }), ...(other === undefined ? {} : { 'Api-Key': [key, other] }) };
    },
  },
  'gives-the-key-to-the-proxy': {
    headers: ({ key }) => ({
      ...honest.headers({ key }),
      ...(process.env.NO_PROXY === '' ? { 'Proxy-Authorization': `Bearer ${key}` } : {}),
    }),
  },
  'swallows-the-first-error': { succeeds: (answer, _, turn) => turn === 0 || honest.succeeds(answer) },
  'stays-broken': { succeeds: (answer, { client }) => client.repeat === undefined && honest.succeeds(answer) },
  'tells-of-no-other-call': { result: ({ also, ...result }) => result },
  'cannot-be-cancelled': {
    cancels: () => undefined,
    exchange: (self, order, index) =>
      Promise.race([
        exchange(self, order, index),
        new Promise((_, reject) => setTimeout(() => reject(unsettled), order.deadline_ms)),
      ]),
  },
  // Later than the case allows, but within what a slow machine is given.
  'waits-for-its-time-out': {
    cancels: () => undefined,
    exchange: (self, order, index) =>
      Promise.race([
        exchange(self, { ...order, client: { ...order.client, timeout_ms: 6500 } }, index),
        new Promise((_, reject) => setTimeout(() => reject(unsettled), order.deadline_ms)),
      ]),
  },
  'sends-again-when-cancelled': {
    exchange: (self, order, index) => exchange(self, order, index).catch(() => exchange(self, order, index)),
  },
  'one-key-for-all': { keyOfSecond: ({ api_key: key }) => key },
};
