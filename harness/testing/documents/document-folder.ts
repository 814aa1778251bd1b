import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { HarnessError } from '../../core/errors.ts';
import type { OasDocument } from '../../model/document.ts';
import { readDocument } from '../../openapi/document/document.ts';

/** A folder with these files, for as long as the test runs. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'spec-room-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** What a page of a site is: its text, or a function that answers by itself. */
type Page = string | ((response: ServerResponse) => unknown);

/** A server on loopback that answers each path with its page, for as long as the test runs. */
export async function siteOf(
  pages: Readonly<Record<string, Page>>,
): Promise<{ readonly origin: string; readonly asked: readonly string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const page = pages[request.url ?? ''] ?? ((missing) => missing.writeHead(404).end());
    if (typeof page === 'string') response.end(page);
    else page(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

/** A page that sends the reader on. */
export function redirect(location: string): Page {
  return (response) => response.writeHead(302, { location }).end();
}

/** Reads a document of one file. */
export async function documentOf(text: string): Promise<OasDocument> {
  return readDocument(join(folderOf({ 'api.yaml': text }), 'api.yaml'));
}

export const head = (version = '3.0.3'): string => `openapi: ${version}\ninfo: { title: Shop, version: '1' }\n`;

/** What a user sees of the error, with the names of temporary places taken out. */
export async function refusal(work: Promise<unknown> | (() => unknown), ...places: readonly string[]): Promise<string> {
  try {
    await (typeof work === 'function' ? work() : work);
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error;
    const text = `${error.code} exit ${error.exit}\n${error.message}\n→ ${error.hint ?? 'no hint'}`;
    return places.reduce((shown, place) => shown.replaceAll(place, '…'), text);
  }
  throw new Error('nothing was refused');
}
