/** What is in the form of one request; it outlives a walk to another view. */
import type { z } from 'zod';
import { create } from 'zustand';
import {
  methodsWithoutBody,
  type RequestMethod,
  requestBounds,
  requestWishSchema,
} from '../../../core/contract/requests.ts';
import { wholeIp } from '../../base/ip-key.ts';
import type { RequestDraft } from '../../store/sent-requests.ts';

export interface RequestForm {
  readonly method: RequestMethod;
  /** null: the first watched host. */
  readonly host: string | null;
  /** null: the host's own. */
  readonly path: string | null;
  /** `Name: value`, one a line. */
  readonly headers: string;
  readonly body: string;
  /** Empty: the pool chooses. */
  readonly ip: string;
  readonly priority: 'interactive' | 'background';
  readonly timeoutS: number;
}

export const emptyForm: RequestForm = {
  method: 'GET',
  host: null,
  path: null,
  headers: '',
  body: '',
  ip: '',
  priority: 'interactive',
  timeoutS: requestBounds.timeoutMs.default / 1_000,
};

export const useRequestForm = create<RequestForm>()(() => emptyForm);

export function changeRequestForm(change: Partial<RequestForm>): void {
  useRequestForm.setState(change);
}

export interface Watched {
  readonly host: string;
  readonly path: string;
}

/** The host that the form is for: the one chosen while it is watched, else the first. */
export function hostOf<Host extends Watched>(form: Pick<RequestForm, 'host'>, watched: readonly Host[]): Host | null {
  return watched.find(({ host }) => host === form.host) ?? watched[0] ?? null;
}

/** What is typed as a path; a whole URL of a watched host chooses that host as well. */
export function withPath(typed: string, watched: readonly Watched[]): Partial<RequestForm> {
  const url = /^https:\/\//i.test(typed.trim()) ? URL.parse(typed.trim()) : null;
  const host = watched.find((one) => one.host === url?.host)?.host;
  return url === null || host === undefined ? { path: typed } : { host, path: `${url.pathname}${url.search}`, ip: '' };
}

interface HeaderLine {
  readonly line: number;
  readonly name: string;
  readonly value: string;
}

/** Empty lines are none. A line without a colon is a name without a value. */
function headerLines(text: string): HeaderLine[] {
  return text.split('\n').flatMap((row, index) => {
    const colon = row.includes(':') ? row.indexOf(':') : row.length;
    return row.trim() === ''
      ? []
      : [{ line: index + 1, name: row.slice(0, colon).trim(), value: row.slice(colon + 1).trim() }];
  });
}

/** What stands in the way, by field. */
export type FormIssues = Readonly<Partial<Record<'path' | 'headers' | 'body' | 'ip', string>>>;

/** What is said of each; the contract's own messages are English. */
export interface FormWords {
  readonly pathBegins: string;
  readonly pathLength: string;
  readonly onLine: (line: number, message: string) => string;
  readonly ofConnection: (name: string) => string;
  readonly headerName: string;
  readonly headerValue: string;
  readonly headersLength: string;
  readonly bodyLength: string;
  readonly noIp: string;
}

/** The request that the form stands for; null while something stands in its way. */
export function draftOf(
  form: RequestForm,
  target: Watched,
  words: FormWords,
): { readonly draft: RequestDraft | null; readonly issues: FormIssues } {
  const path = (form.path ?? target.path).trim();
  const lines = headerLines(form.headers);
  const draft: RequestDraft = {
    method: form.method,
    url: `https://${target.host}${path}`,
    headers: lines.map(({ name, value }) => ({ name, value })),
    body: form.body === '' || methodsWithoutBody.includes(form.method) ? null : form.body,
    priority: form.priority,
    // As a URL writes it, too: `[::1]`.
    ip: form.ip.trim() === '' ? null : (wholeIp(form.ip.trim()) ?? form.ip.trim()),
    timeoutMs: Math.round(form.timeoutS * 1_000),
  };
  if (!path.startsWith('/')) {
    return { draft: null, issues: { path: words.pathBegins } };
  }
  const parsed = requestWishSchema.safeParse({ ...draft, ticket: 'form' });
  if (parsed.success) {
    return { draft, issues: {} };
  }
  return { draft: null, issues: issuesByField(parsed.error.issues, lines, words) };
}

type Issue = z.core.$ZodIssue;

/** The first of each field. */
function issuesByField(issues: readonly Issue[], lines: readonly HeaderLine[], words: FormWords): FormIssues {
  const byField: Partial<Record<keyof FormIssues, string>> = {};
  for (const issue of issues) {
    const [field, index] = issue.path;
    if (field === 'headers') {
      byField.headers ??= headerIssue(issue, lines[Number(index)], words);
    } else if (field === 'body') {
      byField.body ??= words.bodyLength;
    } else if (field === 'ip') {
      byField.ip ??= words.noIp;
    } else {
      byField.path ??= words.pathLength;
    }
  }
  return byField;
}

/** `header`: the one that is wrong; undefined: all together are too many. */
function headerIssue({ path, code }: Issue, header: HeaderLine | undefined, words: FormWords): string {
  if (header === undefined || code === 'too_big') {
    return words.headersLength;
  }
  if (path.at(-1) === 'value') {
    return words.onLine(header.line, words.headerValue);
  }
  return words.onLine(header.line, code === 'custom' ? words.ofConnection(header.name) : words.headerName);
}

/** The form that stands for a request that was sent before. */
export function formOf(draft: RequestDraft): RequestForm {
  const url = new URL(draft.url);
  return {
    method: draft.method ?? 'GET',
    host: url.host,
    path: `${url.pathname}${url.search}`,
    headers: (draft.headers ?? []).map(({ name, value }) => `${name}: ${value}`).join('\n'),
    body: draft.body ?? '',
    ip: draft.ip ?? '',
    priority: draft.priority ?? 'interactive',
    timeoutS: (draft.timeoutMs ?? requestBounds.timeoutMs.default) / 1_000,
  };
}
