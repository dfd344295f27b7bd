/** Brings a draft of the lists to the engine: a short one in the request itself, a long one in pieces before it, and once. */
import { type AccessChange, mostStagedLines } from '../../core/contract/access.ts';
import { ContractError } from '../../core/contract/errors.ts';
import type { ConsoleApi } from '../../core/contract/index.ts';
import { phrase } from '../../core/contract/phrase.ts';
import { type AccessDraft, changeOf, draftSize, wireAddition } from './access-draft.ts';

/** Lines of one message: with the longest notes half a megabyte, which a page writes in a few milliseconds. */
const pieceLines = 1_000;

type Api = Pick<ConsoleApi, 'request'>;

/** The draft that each engine got last, and its ticket. */
const carriedBy = new WeakMap<Api, { readonly draft: AccessDraft; readonly ticket: Promise<string> }>();

/**
 * Asks with the draft as the engine takes it. What the engine has forgotten is carried again, once.
 * @throws ContractError `refused` before anything is sent when the draft is longer than the engine takes; what `ask` throws.
 */
export async function askWithDraft<Answer>(
  api: Api,
  draft: AccessDraft,
  ask: (change: AccessChange) => Promise<Answer>,
): Promise<Answer> {
  const size = draftSize(draft);
  if (size > mostStagedLines) {
    throw new ContractError('refused', phrase('change.too-long', { most: mostStagedLines }));
  }
  if (size <= pieceLines) {
    return ask(changeOf(draft));
  }
  const named = async (): Promise<AccessChange> => ({
    staged: await carried(api, draft),
    expectedRevision: draft.revision,
  });
  try {
    return await ask(await named());
  } catch (error) {
    if (!(error instanceof ContractError) || error.code !== 'not-found') {
      throw error;
    }
    carriedBy.delete(api);
    return ask(await named());
  }
}

/** The ticket of a draft that the engine has, or gets now. */
function carried(api: Api, draft: AccessDraft): Promise<string> {
  const known = carriedBy.get(api);
  if (known?.draft === draft) {
    return known.ticket;
  }
  const ticket = carry(api, draft);
  carriedBy.set(api, { draft, ticket });
  ticket.catch(() => {
    if (carriedBy.get(api)?.ticket === ticket) {
      carriedBy.delete(api);
    }
  });
  // Of the former draft the engine need not keep anything.
  known?.ticket.then((former) => api.request('access.stage', { ticket: former, from: 0 })).catch(() => undefined);
  return ticket;
}

async function carry(api: Api, draft: AccessDraft): Promise<string> {
  const ticket = crypto.randomUUID();
  const { add, remove } = draft;
  for (let from = 0; from < draftSize(draft); from += pieceLines) {
    await api.request('access.stage', {
      ticket,
      from,
      add: add.slice(from, from + pieceLines).map(wireAddition),
      remove: remove.slice(Math.max(0, from - add.length), Math.max(0, from + pieceLines - add.length)),
    });
  }
  return ticket;
}
