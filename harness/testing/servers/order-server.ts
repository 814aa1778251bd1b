import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

const json = (schema: string): string =>
  `content: { application/json: { schema: { $ref: '#/components/schemas/${schema}' } } }`;

/** A document in which only links say that the `ref` of an order is its `order_no`, and where a receipt is to be had. */
export const orderDocument = `openapi: 3.0.3
info: { title: Orders, version: '1' }
security: [{ key: [] }]
paths:
  /orders:
    post:
      operationId: create_order
      requestBody: { required: true, ${json('NewOrder')} }
      responses:
        '201':
          description: Made
          ${json('Order')}
          links:
            GetOrder: { operationId: get_order, parameters: { order_no: '$response.body#/ref' } }
            CancelOrder: { operationId: cancel_order, parameters: { path.order_no: '$response.body#/ref' } }
            PayOrder: { $ref: '#/components/links/PayOrder' }
        '401': { description: Unknown key, ${json('Error')} }
  /orders/{order_no}:
    parameters: [{ name: order_no, in: path, required: true, schema: { type: string } }]
    get:
      operationId: get_order
      responses:
        '200': { description: The order, ${json('Order')} }
        '404': { description: No such order, ${json('Error')} }
    delete:
      operationId: cancel_order
      responses: { '204': { description: Gone }, '404': { description: No such order, ${json('Error')} } }
  /orders/{order_no}/payments:
    parameters: [{ name: order_no, in: path, required: true, schema: { type: string } }]
    post:
      operationId: pay_order
      parameters: [{ name: currency, in: query, schema: { type: string } }]
      requestBody: { required: true, ${json('NewPayment')} }
      responses:
        '201':
          description: Paid
          ${json('Payment')}
          links:
            Receipt:
              operationRef: '#/paths/~1receipts~1%7Bid%7D/get'
              parameters: { path.id: '$response.body#/receipt/no', of: $request.path.order_no, X-Note: 'by {$method}, {$statusCode}', marks: ['$request.body#/amount', '{x}'] }
        '404': { description: No such order, ${json('Error')} }
  /receipts/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      operationId: get_receipt
      parameters:
        - { name: of, in: query, schema: { type: string } }
        - { name: marks, in: query, explode: false, schema: { type: array, items: {} } }
        - { name: X-Note, in: header, schema: { type: string } }
      responses:
        '200': { description: The receipt, ${json('Receipt')} }
        '404': { description: No such receipt, ${json('Error')} }
    delete:
      operationId: shred_receipt
      responses: { '204': { description: Gone }, '404': { description: No such receipt, ${json('Error')} } }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: Api-Key } }
  links:
    PayOrder:
      operationId: pay_order
      parameters: { order_no: '$response.body#/ref', currency: '$response.body#/code' }
      requestBody: { amount: '$response.body#/total', note: 'for {$response.body#/ref}' }
  schemas:
    NewOrder: { type: object, required: [item, total], properties: { item: { type: string, minLength: 1 }, total: { type: integer, minimum: 1 } } }
    Order:
      type: object
      required: [ref, item, total, code]
      properties: { ref: { type: string }, item: { type: string }, total: { type: integer }, code: { type: string } }
    NewPayment: { type: object, required: [amount], properties: { amount: { type: integer }, note: { type: string } } }
    Payment: { type: object, required: [receipt], properties: { receipt: { type: object, required: [no], properties: { no: { type: string } } } } }
    Receipt: { type: object, required: [amount], properties: { amount: { type: integer } } }
    Error: { type: object, required: [error], properties: { error: { type: string } } }
`;

/** What the server does where it is not honest. */
export type OrderMistake =
  'gives another ref' | 'forgets receipts' | 'tells the amount as a text' | 'answers a payment with 200';

export interface OrderServer {
  readonly origin: string;
  /** What is there now. */
  readonly orders: Map<string, unknown>;
  readonly receipts: Map<string, unknown>;
  /** Every request: its line, its header X-Note and its body. */
  readonly requests: readonly string[];
}

export const orderKey = 'key_orders-0123456789';

interface State {
  readonly orders: Map<string, unknown>;
  readonly receipts: Map<string, unknown>;
  readonly mistake: OrderMistake | undefined;
  /** The other ref that it gives. */
  readonly otherRef: string | undefined;
}

/** A server of that document which knows nothing of this tool, for as long as the test runs. */
export async function openOrderServer(
  mistake?: OrderMistake,
  address = '127.0.0.1',
  otherRef?: string,
): Promise<OrderServer> {
  const state: State = { orders: new Map(), receipts: new Map(), mistake, otherRef };
  const requests: string[] = [];
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8').on('data', (part: string) => (text += part));
    request.on('end', () => {
      const note = request.headers['x-note'];
      requests.push([request.method, request.url, ...(note === undefined ? [] : [note]), text].join(' ').trim());
      const { status, body } = answerTo(request, text, state);
      response.writeHead(status, body === undefined ? {} : { 'Content-Type': 'application/json' });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const { orders, receipts } = state;
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, orders, receipts, requests };
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

function answerTo({ method = '', url = '', headers }: IncomingMessage, text: string, state: State): Answer {
  const { orders, receipts, mistake, otherRef } = state;
  const refuse = (status: number, error: string): Answer => ({ status, body: { error } });
  if (headers['api-key'] !== orderKey) return refuse(401, 'The key is not known.');
  const [, collection, no, part] = new URL(url, 'http://orders').pathname.split('/').map(decodeURIComponent);
  if (no === undefined) {
    const { item, total } = parsed(text);
    if (typeof item !== 'string' || item === '' || !Number.isInteger(total) || Number(total) < 1) {
      return refuse(400, 'The order is not valid.');
    }
    const order = { ref: fresh('or'), item, total, code: 'EUR' };
    orders.set(order.ref, order);
    return { status: 201, body: mistake === 'gives another ref' ? { ...order, ref: otherRef ?? fresh('or') } : order };
  }
  const shelf = collection === 'orders' ? orders : receipts;
  const found = shelf.get(no);
  if (found === undefined) return refuse(404, 'It is not there.');
  if (part === 'payments') {
    const { amount } = parsed(text);
    if (!Number.isInteger(amount)) return refuse(400, 'The amount is not valid.');
    const receipt = fresh('re {x}');
    if (mistake !== 'forgets receipts')
      receipts.set(receipt, { amount: mistake === 'tells the amount as a text' ? String(amount) : amount });
    return { status: mistake === 'answers a payment with 200' ? 200 : 201, body: { receipt: { no: receipt } } };
  }
  if (method === 'GET') return { status: 200, body: found };
  shelf.delete(no);
  return { status: 204 };
}

function fresh(prefix: string): string {
  return `${prefix}-${randomBytes(6).toString('hex')}`;
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
