// Requests about imports; sending a file says how much of it is gone.

import { getJson, refusalFrom, ServerRefusal } from './client.ts';
import type { ImportJob, ImportOptions } from './import-types.ts';

/** A file being sent: what it came to, and how to stop it. */
export interface Sending {
  answer: Promise<ImportJob>;
  stop(): void;
}

/** What the import desk asks of the server. */
export interface ImportClient {
  list(): Promise<readonly ImportJob[]>;
  get(id: string): Promise<ImportJob>;
  features(id: string): Promise<unknown>;
  send(options: ImportOptions, files: readonly File[], onSent: (bytes: number, all: number) => void): Sending;
  look(id: string, options: ImportOptions): Promise<ImportJob>;
  confirm(id: string): Promise<ImportJob>;
  cancel(id: string): Promise<ImportJob>;
}

const ROOT = '/api/imports';

async function change(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<ImportJob> {
  const json = body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  const response = await fetch(path, { method, ...json });
  if (!response.ok) throw await refusalFrom(response);
  return (await response.json()) as ImportJob;
}

/** Fields of the form, each in front of the files, as the server wants them. */
export function formOf(options: ImportOptions, files: readonly File[]): FormData {
  const form = new FormData();
  form.append('kind', options.kind);
  if (options.crs !== null) form.append('crs', options.crs);
  if (options.layer !== null) form.append('layer', options.layer);
  if (options.encoding !== null) form.append('encoding', options.encoding);
  if (options.trust_crs) form.append('trust_crs', 'true');
  if (options.partial) form.append('partial', 'true');
  if (options.repair_m !== null) form.append('repair_m', String(options.repair_m));
  for (const pair of options.map) form.append('map', pair);
  for (const file of files) form.append('file', file, file.name);
  return form;
}

/** The only way to learn how much of a body is sent: `fetch` does not tell. */
function send(options: ImportOptions, files: readonly File[], onSent: (bytes: number, all: number) => void): Sending {
  const request = new XMLHttpRequest();
  const answer = new Promise<ImportJob>((resolve, reject) => {
    request.open('POST', ROOT);
    request.upload.onprogress = ({ loaded, total }) => onSent(loaded, total);
    request.onload = () => {
      if (request.status === 202) {
        try {
          resolve(JSON.parse(request.responseText) as ImportJob);
        } catch (error) {
          reject(error as Error);
        }
        return;
      }
      const headers = { status: request.status, statusText: request.statusText };
      void refusalFrom(new Response(request.responseText, headers)).then(reject);
    };
    request.onerror = () => reject(new ServerRefusal(0, ''));
    request.onabort = () => reject(new ServerRefusal(0, ''));
    request.send(formOf(options, files));
  });
  return { answer, stop: () => request.abort() };
}

/** The server this page came from. */
export const importServer: ImportClient = {
  list: async () => (await getJson<{ imports: ImportJob[] }>(ROOT)).imports,
  get: (id) => getJson(`${ROOT}/${id}`),
  features: (id) => getJson(`${ROOT}/${id}/features`),
  look: (id, options) => change('POST', `${ROOT}/${id}/look`, options),
  confirm: (id) => change('POST', `${ROOT}/${id}/confirm`),
  cancel: (id) => change('DELETE', `${ROOT}/${id}`),
  send,
};

/** Where the refused rows of an import are, in a format. */
export function rejectsAddress(id: string, format: string): string {
  return `${ROOT}/${id}/rejects?format=${encodeURIComponent(format)}`;
}
